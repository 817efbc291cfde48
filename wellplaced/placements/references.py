"""How a young person's reference is kept: as it looks. What was pasted with unseen characters is the same reference."""

import unicodedata

LONGEST = 40  # characters, as kept: a single letter may stand for several
UNSEEN = ("Cf", "Cc")  # zero-width spaces and joiners, marks of direction, controls


def as_kept(reference: str) -> str:
    """'4100123' for what was pasted with a zero-width space, with wide digits or with spaces around it."""
    plain = unicodedata.normalize("NFKC", reference)
    seen = "".join(" " if letter.isspace() else letter for letter in plain if letter.isspace() or _is_seen(letter))
    return " ".join(seen.split())


def why_not(reference: str) -> str:
    """Why a reference, as kept, cannot be one; empty where it can."""
    if not reference:
        return "Enter the reference"
    return "" if len(reference) <= LONGEST else f"The reference must be {LONGEST} characters or fewer"


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in UNSEEN
