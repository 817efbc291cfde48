"""Ofsted's words, in the spellings of each year, and what the register calls them."""

import re
import unicodedata

from wellplaced.register.reading.rows import InspectionKind, Outcome, Status, TypeCode

REDACTED = "redacted"
SAYS_NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "none", "null", "not applicable", REDACTED})

# Exact, once `plain` has levelled case, dashes and apostrophes. Every other type is kept, and not monitored.
TYPES: dict[str, TypeCode] = {
    "children's home": "residential",
    "children's homes": "residential",
    "secure children's home": "residential",
    "secure unit": "residential",
    "residential special school (registered as a children's home)": "residential",
    "residential special school registered as a children's home": "residential",
    "residential special school (>295 days/year)": "residential",
    "residential special school (>295 days)": "residential",
    "independent fostering agency": "ifa",
    "independent fostering agencies": "ifa",
    "supported accommodation": "supported_accommodation",
    "supported accommodation provider": "supported_accommodation",
    "residential special school": "sen",
    "residential special schools": "sen",
}

# By how they begin: the supported-accommodation outcomes also come as whole sentences.
OUTCOMES: tuple[tuple[str, Outcome], ...] = (
    ("outstanding", "outstanding"),
    ("good", "good"),
    ("requires improvement", "requires_improvement"),
    ("adequate", "requires_improvement"),
    ("satisfactory", "requires_improvement"),
    ("inadequate", "inadequate"),
    ("consistently strong", "consistently_strong"),
    ("inconsistent quality", "inconsistent"),
    ("serious or widespread weaknesses", "serious_weaknesses"),
    ("not judged", "not_judged"),
    ("not provided as service is inspected as part of the ilacs", "not_judged"),
)

KINDS: tuple[tuple[str, InspectionKind], ...] = (
    ("full", "full"),
    ("monitoring", "monitoring"),
    ("assurance", "assurance"),
)

STATUSES: dict[str, Status] = {
    "active": "active",
    "registered": "active",
    "suspended": "suspended",
    "resigned": "resigned",
    "cancelled": "cancelled",
    "closed": "closed",
    "deregistered": "closed",
    "de registered": "closed",
}


def plain(words: str) -> str:
    """Words without what differs between years: case, kinds of apostrophe and dash, line breaks, double spaces."""
    level = unicodedata.normalize("NFKC", words).replace("\ufeff", "").replace("’", "'").replace("‘", "'")
    return re.sub(r"\s*[-‐‑–—]\s*", " ", " ".join(level.split()).lower()).strip()


def says_nothing(text: str) -> bool:
    """Blank, a dash, REDACTED, or the note that a service is inspected with its authority."""
    return text.lower() in SAYS_NOTHING or text.lower().startswith("not provided as")


def type_code(words: str) -> TypeCode:
    return TYPES.get(plain(words), "not_monitored")


def outcome(words: str) -> Outcome | None:
    """The outcome that these words name, or None where they name none that is known."""
    level = plain(words)
    if says_nothing(level):
        return "not_judged"
    return next((code for begins, code in OUTCOMES if re.match(rf"{begins}\b", level)), None)


def inspection_kind(words: str | None) -> InspectionKind:
    """A file that gives no kind of inspection gives full inspections only."""
    if words is None:
        return "full"
    level = plain(words)
    return next((kind for begins, kind in KINDS if level.startswith(begins)), "other")


def status(words: str) -> Status | None:
    """The registration status that these words name, or None where they name none that is known."""
    return STATUSES.get(plain(words))
