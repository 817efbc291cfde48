"""The page of one requirement: how it stands, by when, who looks after it, and the one thing to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from wellplaced.design.components import HistoryLine
from wellplaced.design.tags import Due, Link, Tag
from wellplaced.design.words import day, plural, weekday_day
from wellplaced.guidance import ClosedDays
from wellplaced.monitoring.columns import due_of, state_of
from wellplaced.monitoring.models import (
    Assignment,
    Concern,
    OtherAuthorityCheck,
    Requirement,
    Visit,
    VisitState,
    Waiver,
)
from wellplaced.monitoring.models.owed import OWED
from wellplaced.monitoring.pages.deciding import booking_of, is_with_manager, whose_decision
from wellplaced.monitoring.pages.other_authorities import awaited, next_of_check
from wellplaced.monitoring.past import history_of
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.words import KINDS, book_by_words, days_late, from_today
from wellplaced.people.covering import standing_in_for
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission

NEEDS_CHECK = "needed"


@dataclass(frozen=True)
class Action:
    """A link that does something: the page's one button, or a quieter one beside it."""

    text: str
    href: str


@dataclass(frozen=True)
class RequirementPage:
    """What the template prints."""

    requirement: Requirement
    heading: str
    state: Tag
    sentence: str
    rows: Sequence[tuple[Any, ...]]
    primary: Action | None
    others: Sequence[Action]
    waivers: Sequence[Waiver]
    is_open: (
        bool  # whether the reader may see the young person: else reasons and answers are closed, which may name them
    )
    checks: Sequence[OtherAuthorityCheck]
    awaited: Sequence[OtherAuthorityCheck]  # those whose answer the reader may record
    may_change_checks: bool  # record an answer, or take back what was recorded by mistake
    history: Sequence[HistoryLine]
    unrecorded: Visit | None
    decision: str  # R14: whose it is, once the plan has not come
    check_next: str  # C4: what to ask, or whose answer is waited for


def requirement_page(requirement: Requirement, person: Person, today: date, closed: ClosedDays) -> RequirementPage:
    """Everything that the page says about one requirement."""
    same = {"provision": requirement.provision_id}
    waivers = list(Waiver.objects.seen_by(person).filter(**same, key=requirement.key).order_by("pk"))
    checks = list(OtherAuthorityCheck.objects.seen_by(person).filter(placement=requirement.placement_id or 0))
    unrecorded = unrecorded_visit(requirement, person, today)
    proposed = proposed_visit(requirement, person, today)
    is_open = may_read(requirement, person)
    primary, others = next_steps(requirement, person, today, unrecorded, proposed, checks=checks if is_open else ())
    may_change_checks = is_open and person.may(Permission.CHECK_OTHER_AUTHORITIES)
    told = [*(waivers if is_open else ()), *(checks if is_open else ()), *_visits(requirement, person)]
    return RequirementPage(
        requirement=requirement,
        heading=KINDS[requirement.kind],
        state=state_of(requirement, today),
        sentence=sentence(requirement, today),
        rows=_rows(requirement, person, today, closed, proposed),
        primary=primary,
        others=others,
        waivers=waivers,
        is_open=is_open,
        checks=checks,
        awaited=awaited(checks) if may_change_checks else (),
        may_change_checks=may_change_checks,
        history=history_of(told, person),
        unrecorded=unrecorded,
        decision=whose_decision([requirement], person, today),
        check_next=next_of_check(checks if is_open else ()) if requirement.fallback == NEEDS_CHECK else "",
    )


def may_read(requirement: Requirement, person: Person) -> bool:
    """Whether what people typed about a requirement may be read: not where its young person's record is closed to them."""
    placement = requirement.placement
    return placement is None or Sight.of(person).sees(placement.young_person)


def _visits(requirement: Requirement, person: Person) -> list[Visit]:
    """Every visit that was ever booked for it."""
    at = Visit.objects.seen_by(person).filter(provision=requirement.provision_id)
    return list(at.filter(discharges__key=requirement.key))


def sentence(requirement: Requirement, today: date) -> str:
    """How it stands, in words."""
    due = requirement.due_on
    if requirement.state not in OWED:
        return _settled(requirement)
    if requirement.state == "waiting":
        return "Waiting for the action plan. The visit has no due date until the plan arrives."
    if requirement.booked_by:
        on = requirement.booked_by.visit_on
        return f"A visit is booked for {day(on)}{_timing(due, on)}."
    if due is None:
        return "Owed, with no due date yet."
    late = days_late(due, today)
    return f"{f'Overdue: {late}' if late else f'Owed, due {from_today(due, today)}'}, and no visit is booked."


def _settled(requirement: Requirement) -> str:
    visit = requirement.discharged_by
    if requirement.state == "discharged" and visit:
        return f"Discharged by the visit on {day(visit.visit_on)}{_timing(requirement.due_on, visit.visit_on)}."
    fixed = {
        "waived": "Waived: a manager decided that this visit is not needed.",
        "superseded": "Superseded: Ofsted published a later judgement, which decides now.",
    }
    return fixed.get(requirement.state) or _lapse(requirement)


def _timing(due: date | None, on: date) -> str:
    if due is None:
        return ""
    return f", {days_late(due, on)}" if on > due else ", in time"


def _lapse(requirement: Requirement) -> str:
    placement = requirement.placement
    if placement and placement.cancelled:
        return "Lapsed: the placement was cancelled."
    if placement and placement.ends_on:
        return f"Lapsed: the placement ended on {day(placement.ends_on)}, before the visit fell due (R18)."
    if requirement.kind == "initial":
        return "Lapsed: a visit held before the placement started counts for it (R7)."
    if requirement.kind == "annual":
        return "Lapsed: nobody was placed here any more, and there was no contract (R6)."
    return "Lapsed: it is not owed any more."


def unrecorded_visit(requirement: Requirement, person: Person, today: date) -> Visit | None:
    """A visit that was booked for it, whose day is past, and of which nobody recorded what became."""
    if requirement.state not in OWED or requirement.booked_by_id:
        return None
    past = Visit.objects.seen_by(person).filter(state=VisitState.BOOKED, visit_on__lt=today)
    found: Visit | None = past.filter(provision=requirement.provision_id, discharges__key=requirement.key).first()
    return found


def proposed_visit(requirement: Requirement, person: Person, today: date) -> Visit | None:
    """A visit to come that is to discharge it, once the provider agrees to the day."""
    if requirement.state not in OWED or requirement.booked_by_id:
        return None
    proposed = Visit.objects.seen_by(person).filter(state=VisitState.PROPOSED, visit_on__gte=today)
    found: Visit | None = proposed.filter(provision=requirement.provision_id, discharges__key=requirement.key).first()
    return found


def next_steps(
    requirement: Requirement,
    person: Person,
    today: date,
    unrecorded: Visit | None,
    proposed: Visit | None,
    *,
    checks: Sequence[OtherAuthorityCheck] = (),
) -> tuple[Action | None, list[Action]]:
    """The one thing to do next, and what may be done besides, as far as the person may do it."""
    record = []
    if proposed:
        record.append((Permission.BOOK_VISIT, Action("Go to the proposed visit", proposed.get_absolute_url())))
    if unrecorded:
        record.append((Permission.BOOK_VISIT, Action("Record the visit", unrecorded.get_absolute_url())))
    possible = _possible(requirement, person, today, checks)
    wanted = [action for permission, action in [*record, *possible] if person.may(permission)]
    wanted = list(dict.fromkeys(wanted))
    settled = requirement.state not in OWED
    return (None, wanted) if settled or not wanted else (wanted[0], wanted[1:])


Possible = list[tuple[Permission, Action]]


def _possible(requirement: Requirement, person: Person, today: date, checks: Sequence[OtherAuthorityCheck]) -> Possible:
    """What can be done about it, the most pressing first."""
    at = (requirement.provision_id, requirement.key)
    if requirement.state == "waived":
        return [(Permission.WAIVE, Action("Withdraw the waiver", reverse("monitoring:withdraw_waiver", args=at)))]
    if requirement.state not in OWED:
        return []
    if requirement.state == "waiting":
        steps = _while_waiting(requirement, person, today)
    elif requirement.booked_by:
        steps = _while_booked(requirement, requirement.booked_by, today, checks)
    else:
        book = Action("Book a visit", booking_of([requirement]))
        steps = [(Permission.BOOK_VISIT, book), *_check(requirement, checks)]
    return [*steps, (Permission.WAIVE, waiving(requirement))]


def waiving(requirement: Requirement) -> Action:
    return Action("Waive this visit", reverse("monitoring:waive", args=[requirement.provision_id, requirement.key]))


def _while_waiting(requirement: Requirement, person: Person, today: date) -> Possible:
    """C8: the plan first; once R14's day is reached, the manager may have the visit made without it."""
    steps: Possible = []
    if requirement.deciding_judgement_id:
        plan = reverse("monitoring:action_plan", args=[requirement.deciding_judgement_id])
        steps.append((Permission.SEE, Action("Go to the action plan", plan)))
    if not is_with_manager(requirement, today):
        return steps
    address = booking_of([requirement])
    if person.may(Permission.WAIVE):
        book = Action("Book the visit without the plan", address)
        return [(Permission.BOOK_VISIT, book), (Permission.WAIVE, waiving(requirement)), *steps]
    decided = Action("Book the visit without the plan, as the manager decided", address)
    return [*steps, (Permission.BOOK_VISIT, decided)]


def _while_booked(
    requirement: Requirement, visit: Visit, today: date, checks: Sequence[OtherAuthorityCheck]
) -> Possible:
    steps: Possible = []
    if visit.visit_on <= today:
        hold = reverse("monitoring:hold_visit", args=[visit.pk])
        steps.append((Permission.BOOK_VISIT, Action("Record the visit", hold)))
    return [
        *steps,
        *_check(requirement, checks),
        (Permission.SEE, Action("See the booked visit", visit.get_absolute_url())),
    ]


def _check(requirement: Requirement, checks: Sequence[OtherAuthorityCheck]) -> Possible:
    """C4: the answer of whoever was asked; another authority."""
    if requirement.fallback != NEEDS_CHECK:
        return []
    address = reverse("monitoring:check", args=[requirement.provision_id, requirement.key])
    ask = Action("Ask about other authorities", address)
    answers = [
        Action(f"Record the answer of {each}", reverse("monitoring:change_check", args=[each.pk]))
        for each in awaited(checks)
    ]
    return [(Permission.CHECK_OTHER_AUTHORITIES, action) for action in [*answers, ask]]


def _rows(
    requirement: Requirement, person: Person, today: date, closed: ClosedDays, proposed: Visit | None
) -> list[tuple[Any, ...]]:
    due: Due = due_of(requirement, today, closed)
    place, is_owed = requirement.provision, requirement.state in OWED
    book_by = requirement.book_by if is_owed and not requirement.booked_by_id else None
    rows: list[tuple[Any, ...]] = [
        ("Where", Link(place.known_as, place.get_absolute_url())),
        *_about(requirement, person),
        ("Due by", due if requirement.due_on else "No date until the action plan arrives" if is_owed else ""),
        ("Ideally by", requirement.ideal_by and f"{day(requirement.ideal_by)}, before the placement starts"),
        ("Book by", book_by and book_by_words(book_by, today)),
        ("Proposed for", proposed and f"{weekday_day(proposed.visit_on)}: the provider has not confirmed the day yet"),
        ("Goes to the manager on", day(requirement.escalate_on) if requirement.state == "waiting" else ""),
        ("Looked after by", *_officer(requirement, person, today)),
    ]
    return [row for row in rows if row[1]]


def _about(requirement: Requirement, person: Person) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    if requirement.placement:
        whom = Sight.of(person).name(requirement.placement.young_person)
        rows += [("For", whom), ("Placement starts", day(requirement.placement.starts_on))]
        rows.append(("Placement recorded", _after_the_fact(requirement)))
    if requirement.kind == "concern":
        concern = Concern.objects.seen_by(person).filter(pk=requirement.key.partition(":")[2]).first()
        rows += [("About", Link(str(concern), concern.get_absolute_url()))] if concern else []
    judgement = requirement.deciding_judgement
    if judgement:
        plan = reverse("monitoring:action_plan", args=[judgement.pk]) if requirement.clause == "C8" else ""
        said = f"{judgement.get_outcome_display()}, published {day(judgement.published_on)}"
        rows.append(("Ofsted’s judgement", said, Link("Action plan", plan) if plan else None))
    return rows


def _after_the_fact(requirement: Requirement) -> str:
    """Out of hours a placement is recorded after it started: that is normal, and explains a visit overdue from the first."""
    placement, due = requirement.placement, requirement.due_on
    if placement is None or placement.recorded_on <= placement.starts_on:
        return ""
    late = plural((placement.recorded_on - placement.starts_on).days, "day")
    past = ". The visit was overdue by then" if due and placement.recorded_on > due else ""
    return f"{day(placement.recorded_on)}, {late} after it started{past}"


def _officer(requirement: Requirement, person: Person, today: date) -> tuple[Any, ...]:
    """Who looks after the provision, who stands in, and where a manager changes it."""
    change = Link("Change", reverse("monitoring:assign", args=[requirement.provision_id]), "who looks after it")
    action = change if person.may(Permission.REASSIGN) else None
    current = Assignment.objects.seen_by(person).filter(provision=requirement.provision_id, ends_on=None)
    found = current.select_related("officer").first()
    if found is None:
        return "Nobody yet", action
    cover = ", ".join(each.name for each in standing_in_for(found.officer, today))
    return f"{found.officer.name}{f' ({cover} stands in)' if cover else ''}", action
