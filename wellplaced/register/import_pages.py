"""The page of an import: finished words for what a file would change, from what to what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator

from wellplaced.design import words
from wellplaced.history.models import Event
from wellplaced.people.models import ProvisionType
from wellplaced.register.models import Outcome, PremisesKind, RegisterImport, RegistrationStatus, Scale

PAGE_SIZE = 50
STUCK_AFTER = timedelta(minutes=10)
KINDS: Mapping[str, str] = {
    "new": "New registrations",
    "updated": "Changed",
    "judgements": "New judgements",
    "left": "No longer listed",
    "local": "For your authority",
    "refused": "Refused rows",
    "doubts": "Cells left out",
}
FAULTS = ("refused", "doubts")
FIELDS: Mapping[str, str] = {
    "provider": "Owner",
    "local_authority": "Place",
    "ofsted_type": "Ofsted’s type",
    "registered_on": "Registered on",
    "linked_education_urn": "Education URN",
    "public_premises": "Premises",
    "left_marked_on": "Found missing",
    "inspected_on": "Inspected on",
    "published_on": "Published on",
    "event_number": "Number of the inspection",
    "words": "In Ofsted’s words",
    "parts": "Sub-judgements",
    "entered_by": "Entered by an authority",
    "closed_on": "Closed on",
    "from_list_on": "From the list of",
}
CODES: Mapping[str, str] = {
    **dict(ProvisionType.choices),
    **dict(RegistrationStatus.choices),
    **dict(Scale.choices),
    **dict(Outcome.choices),
    **dict(PremisesKind.choices),
}
CODED = {"type", "status", "scale", "outcome", "kind"}


@dataclass(frozen=True)
class ChangedField:
    """One field from what to what, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One line of the preview: what it is about, and what the file says or changes."""

    urn: str
    label: str
    facts: Sequence[str] = ()
    changes: Sequence[ChangedField] = ()


@dataclass(frozen=True)
class Fault:
    """A row or a cell that could not be read: where, what it holds, why not."""

    sheet: str
    row: int
    column: str
    value: str
    why: str


@dataclass(frozen=True)
class Choice:
    """One kind of change: its words with the number of them, and where they are shown."""

    text: str
    href: str
    current: bool
    makes_a_change: bool


@dataclass(frozen=True)
class ImportPage:
    """What the page of an import shows."""

    choices: Sequence[Choice]
    kind: str
    title: str
    lines: Sequence[Line] = ()
    faults: Sequence[Fault] = ()
    page: int = 1
    pages: int = 1
    previous_href: str = ""
    next_href: str = ""
    counts: Sequence[tuple[str, str]] = ()
    read: int = 0
    left: int = 0

    @property
    def may_be_a_part(self) -> bool:
        """Whether more would be marked as no longer listed than the file lists at all: it is hardly the whole list."""
        return self.left > self.read

    @property
    def changes_nothing(self) -> bool:
        return not any(choice.makes_a_change for choice in self.choices)

    @property
    def why_nothing(self) -> str:
        """Why a file changes nothing: all of it is known, or none of it can be read."""
        if self.read:
            return "This file changes nothing: the register says all of it already."
        return "Nothing can be taken from this file: none of its rows can be read. The reasons are below."


def import_page(handed_in: RegisterImport, asked: str, page: str | None) -> ImportPage:
    """The kinds of change that the file has, and one page of those asked for (`?show=`), else of the first kind."""
    found = {**(handed_in.preview or {}), "refused": (handed_in.result or {}).get("refused", [])}
    present = [kind for kind in KINDS if found.get(kind)]
    kind = asked if asked in present else next(iter(present), "")
    choices = [
        Choice(f"{KINDS[each]} ({len(found[each]):,})", f"?show={each}", each == kind, each not in FAULTS)
        for each in present
    ]
    shown = Paginator(found.get(kind, []), PAGE_SIZE).get_page(page)
    is_fault = kind in FAULTS
    rows = list(shown.object_list)
    return ImportPage(
        choices=choices,
        kind=kind,
        title=KINDS.get(kind, ""),
        lines=[] if is_fault else [_line(kind, row) for row in rows],
        faults=[_fault(row) for row in rows] if is_fault else [],
        page=shown.number,
        pages=shown.paginator.num_pages,
        previous_href=f"?show={kind}&page={shown.number - 1}" if shown.has_previous() else "",
        next_href=f"?show={kind}&page={shown.number + 1}" if shown.has_next() else "",
        counts=_counts(handed_in.result or {}),
        read=_read(handed_in.result or {}),
        left=len(found.get("left", [])),
    )


def is_stuck(handed_in: RegisterImport, now: datetime) -> bool:
    """Whether the worker has not answered for so long that somebody may ask again: it was stopped, say."""
    if handed_in.state not in (RegisterImport.State.COMPARING, RegisterImport.State.APPLYING):
        return False
    asked = Event.objects.of(handed_in).last()
    return asked is not None and now - asked.at > STUCK_AFTER


def _counts(result: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the file is and how many of its rows are what."""
    if not result:
        return []
    file, changes = result["file"], result["changes"]
    sheets = [f"{sheet['name'] or 'One table'}: {sheet['rows']:,} rows" for sheet in file["sheets"]]
    return [
        ("As at", words.day(date.fromisoformat(file["as_at"])) if file["as_at"] else "The file does not say"),
        ("Read", "; ".join(sheets)),
        ("Passed over", ", ".join(file["passed_over"]) or "Nothing"),
        (
            "Registrations",
            f"{changes['new']:,} new, {changes['updated']:,} changed, {changes['unchanged']:,} as they are",
        ),
        ("Judgements", f"{changes['new_judgements']:,} new"),
        ("No longer listed", f"{changes['left']:,}"),
        ("Rows refused", f"{len(result['refused']):,}"),
    ]


def _read(result: Mapping[str, Any]) -> int:
    """How many registrations the file speaks of."""
    counts = result.get("changes", {})
    return sum(counts.get(name, 0) for name in ("new", "updated", "unchanged"))


def _line(kind: str, row: Mapping[str, Any]) -> Line:
    facts: list[str | None] = []
    if kind == "new":
        facts = [
            row.get("ofsted_type") or in_words("type", row.get("type")),
            row.get("local_authority"),
            row.get("owner"),
        ]
    elif kind == "judgements":
        facts = [
            in_words("outcome", row["outcome"]),
            f"inspected on {in_words('inspected_on', row['inspected_on'])}" if row.get("inspected_on") else "",
            f"published on {in_words('published_on', row['published_on'])}",
        ]
    elif kind == "left":
        facts = [f"last listed as at {in_words('as_at', row['as_at'])}" if row.get("as_at") else "never listed"]
    changes = [
        ChangedField(FIELDS.get(name, words.words(name)), in_words(name, before), in_words(name, after))
        for name, (before, after) in (row.get("changes") or {}).items()
    ]
    return Line(row["urn"], row.get("label") or "Name not published", [fact for fact in facts if fact], changes)


def _fault(row: Mapping[str, Any]) -> Fault:
    return Fault(row["sheet"] or "", row["row"], row["column"], row["value"] or "Nothing", row["why"])


def in_words(name: str, value: Any) -> str:
    """A value of the preview as a person reads it; 'Nothing' where there is none."""
    if value in (None, "", [], {}):
        return "Nothing"
    if name in CODED:
        return CODES.get(str(value), str(value))
    if name.endswith(("_on", "as_at")):
        return words.day(date.fromisoformat(str(value)))
    return str(value)
