"""`docs/how-to/change-a-timeframe.md`, walked: its examples are read, change something, and move the dates that it names."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.guidance.test_refusals import command
from wellplaced.guidance import default_versions, override

PAGE = (Path(__file__).parents[2] / "docs/how-to/change-a-timeframe.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
BASE = default_versions()[-1]


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) == 6


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_can_be_laid_over_the_guidance_and_changes_it(example: str) -> None:
    assert override(BASE, example).source != BASE.source


def test_all_examples_together_make_one_version() -> None:
    merged = BASE
    for example in EXAMPLES:
        merged = override(merged, example)
    assert (merged.number, merged.choices["R11"], merged.timeframes["uploaded"].number) == ("own 1", "dated", 7)


def test_the_dates_move_as_the_page_says(tmp_path: Path) -> None:
    facts, ours = tmp_path / "facts.json", tmp_path / "ours.toml"
    [written] = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    facts.write_text(written, encoding="utf-8")
    ours.write_text("\n".join(EXAMPLES[:2]), encoding="utf-8")
    moves = re.findall(r"`([a-z0-9:_]+)`,? (?:goes )?from\s([0-9-]+)\sto\s([0-9-]+)", PAGE)
    before, after = dates(str(facts)), dates(str(facts), "--timeframes", str(ours))
    assert {name: (before[name], after[name]) for name, *_ in moves} == {name: (a, b) for name, a, b in moves}
    assert len(moves) == 2


def dates(*arguments: str) -> dict[str, str]:
    """Due dates by requirement and by step, as the command prints them."""
    answered: Any = json.loads(command(*arguments).stdout)
    owed = {row["id"]: row["due_on"] for row in answered["requirements"]}
    return owed | {step["step"]: step["due_on"] for visit in answered["visits"] for step in visit["steps"]}
