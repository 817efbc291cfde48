"""The page of a provision: who it is, judgements, who of ours is there, what is owed, and one picture of all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from markupsafe import Markup

from wellplaced.design import words
from wellplaced.design.tags import Link, state_tag
from wellplaced.design.timeline import Timeline
from wellplaced.desk.pages import provision_parts as parts
from wellplaced.desk.pages.leading import first_doing, owed_in_short
from wellplaced.desk.pages.nobody import nobody_looks_after
from wellplaced.desk.pages.part import Part
from wellplaced.desk.pages.picture import Found, picture, picture_starts
from wellplaced.desk.queries import provision as read
from wellplaced.monitoring.models import Assignment, Requirement, RequirementState
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.timeframes import closed_days_for
from wellplaced.people.models import Person, ProvisionType
from wellplaced.people.rights import Permission, Role
from wellplaced.register import provision_pages
from wellplaced.register.models import Provision


@dataclass(frozen=True, kw_only=True)
class ProvisionPage:
    """The page of one provision as one authority knows it."""

    provision: Provision
    has_own: bool  # whether the reader's authority records anything there; the operator of the service has none
    owed: str  # the first thing to know, above all else
    nobody: str  # that nobody looks after it
    facts: Sequence[tuple[Any, ...]]
    doings: Sequence[Link]
    timeline: Timeline
    parts: Sequence[Part]

    @property
    def contents(self) -> list[Link]:
        """Links to the parts, each with how many it holds."""
        return [
            *(Link(f"{each.heading} ({each.total})", f"#{each.key}") for each in self.parts),
            Link("What happened here, as a picture", "#timeline-part"),
            *([Link("Who recorded what, and when", self._history)] if self.has_own else []),
        ]

    @property
    def _history(self) -> str:
        return reverse("desk:provision_history", args=[self.provision.pk])


def provision_page(provision: Provision, person: Person, today: date) -> ProvisionPage:
    """The page, in a number of queries that does not depend on how much happened there."""
    found = Found(
        placements=read.placements(provision, person, today),
        requirements=read.requirements(provision, person),
        concerns=read.concerns(provision, person),
        visits=read.visits(provision, person),
        steps=read.steps(provision, person, picture_starts(today)),
        judgements=read.judgements(provision, person),
    )
    has_own = person.may(Permission.SEE)
    own = _own_parts(provision, found, person, today) if has_own else []
    assignment = read.assignment(provision, person, today) if has_own else None
    judged = parts.judgements(found.judgements, with_plans=has_own)
    return ProvisionPage(
        provision=provision,
        has_own=has_own,
        owed=owed_in_short(found.requirements, today) if has_own else "",
        nobody=_nobody(provision, person, found) if has_own and assignment is None else "",
        facts=_facts(provision, person, today, assignment),
        doings=_doings(provision, person, found.requirements, today),
        timeline=picture(found, today),
        parts=[*own, judged, parts.registrations(read.registrations(provision, person))],
    )


def _own_parts(provision: Provision, found: Found, person: Person, today: date) -> list[Part]:
    """What the person's authority recorded, and what follows from it."""
    closed_days = closed_days_for(person.authority_id or 0)
    stays, asks = read.short_stays(provision, person), person.is_a(Role.SENIOR_OFFICER)
    return [
        parts.owed(provision, found.requirements, closed_days, today, stays, asks=asks),
        parts.placements(provision, found.placements, today),
        parts.visits(provision, found.visits, today),
        parts.concerns(provision, found.concerns, Sight.of(person)),
        parts.tasks(provision, read.tasks(provision, person), closed_days, today),
        *parts.premises(provision, read.premises(provision, person)),
    ]


def _nobody(provision: Provision, person: Person, found: Found) -> str:
    """Said where a visit is to be booked, or somebody of ours is or will be there."""
    to_book = any(row.still and row.state != RequirementState.BOOKED for row in found.requirements)  # type: ignore[attr-defined]
    is_used = to_book or any(row.goes_on for row in found.placements)  # type: ignore[attr-defined]
    if not is_used or provision.type == ProvisionType.NOT_MONITORED:
        return ""
    return nobody_looks_after(provision, person, owed=to_book)


def _facts(provision: Provision, person: Person, today: date, assignment: Assignment | None) -> list[tuple[Any, ...]]:
    own = provision.details
    return [
        ("Type", provision.get_type_display()),
        ("URN", provision.urn or "None"),
        ("Owner", provision.provider.name if provision.provider else ""),
        ("Judgement in force", state_tag(provision.outcome) if provision.outcome else "Not judged"),
        ("Address", _address(provision)),
        *([("Telephone", own.telephone)] if own and own.telephone else []),
        *([("Email", own.email)] if own and own.email else []),
        *([("Known to us as", own.alias)] if own and own.alias else []),
        ("Places", provision.places),
        *(_own_facts(provision, person, today, assignment) if person.may(Permission.SEE) else []),
    ]


def _own_facts(
    provision: Provision, person: Person, today: date, assignment: Assignment | None
) -> list[tuple[Any, ...]]:
    looked_after = ("Looked after by", _officer(assignment), *_reassign(provision, person))
    return [("Contract", _contract(provision, today)), looked_after]


def _address(provision: Provision) -> Markup | str:
    """What the authority typed, else what Ofsted says; a redacted one says where it is known to be."""
    own = provision.details
    typed = [own.address, own.postcode] if own and (own.address or own.postcode) else []
    known = typed or [provision.address, provision.postcode]
    text = "\n".join(each for each in known if each)
    if not text:
        return f"{provision.local_authority} (Ofsted gives no address)" if provision.local_authority else ""
    return Markup('<span class="wp-typed">{}</span>').format(text)


def _contract(provision: Provision, today: date) -> str:
    own = provision.details
    if own is None or own.under_contract_from is None:
        return "Not under contract"
    if own.is_under_contract(today):
        return f"Under contract since {words.day(own.under_contract_from)}"
    return f"Under contract from {words.day(own.under_contract_from)}"


def _officer(assignment: Assignment | None) -> str:
    if assignment is None:
        return "Nobody yet"
    covering = assignment.covered_by  # type: ignore[attr-defined]
    return f"{assignment.officer}, covered by {covering} today" if covering else str(assignment.officer)


def _reassign(provision: Provision, person: Person) -> list[Link]:
    if not person.may(Permission.REASSIGN):
        return []
    return [Link("Change", reverse("monitoring:assign", args=[provision.pk]), "who looks after it")]


BOOKING = "monitoring:book_visit"
DOINGS = (
    (Permission.RECORD_PLACEMENT, "Record a placement", "placements:record_placement"),
    (Permission.RAISE_CONCERN, "Raise a concern", "monitoring:raise_concern"),
    (Permission.BOOK_VISIT, "Book a visit", BOOKING),
    (Permission.BOOK_VISIT, "Add a task", "monitoring:add_task"),
    (Permission.DESCRIBE_PROVISION, "Change our details of it", "register:details"),
)


def _doings(provision: Provision, person: Person, rows: Sequence[Requirement], today: date) -> list[Link]:
    """What the person may do here: the most pressing first, then the visit where one is owed and not booked."""
    with_its_record = provision_pages.doings(provision, person)
    if provision.type == ProvisionType.NOT_MONITORED:
        return with_its_record
    owes = any(row.state == RequirementState.OPEN for row in rows)
    doings = sorted(DOINGS, key=lambda doing: doing[2] != BOOKING) if owes else DOINGS
    own = [Link(text, reverse(name, args=[provision.pk])) for right, text, name in doings if person.may(right)]
    first = first_doing(rows, today) if person.may(Permission.BOOK_VISIT) else None
    return [*([first] if first else []), *own, *with_its_record]
