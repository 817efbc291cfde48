"""Holds that each room's migrations form one line: numbered without gaps, none twice, none left out."""

import re
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "wellplaced"


def problems() -> list[str]:
    """What is wrong, a sentence each."""
    found = []
    for folder in sorted(PACKAGE.glob("*/migrations")):
        names = sorted(path.stem for path in folder.glob("[0-9]*.py"))
        numbers = [int(re.match(r"\d+", name)[0]) for name in names]
        if numbers != list(range(1, len(numbers) + 1)):
            found.append(f"{folder.parent.name}: the migrations are numbered {numbers}")
    return found


if __name__ == "__main__":
    wrong = problems()
    print("\n".join(wrong) or "Migrations are linear.")
    sys.exit(bool(wrong))
