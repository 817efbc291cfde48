"""The page of a judgement's action plan (C8, R14): who of ours is there, each step with its date, what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from wellplaced.design.components import HistoryLine
from wellplaced.design.tags import Due, Link, Tag, state_tag
from wellplaced.design.words import day
from wellplaced.monitoring.columns import Closed, act_by, due_of, state_of
from wellplaced.monitoring.models import JudgementFollowUp, PlanChase, PlanStep, Requirement
from wellplaced.monitoring.pages.deciding import booking_of, is_with_manager, whose_decision
from wellplaced.monitoring.pages.requirement import Action, sentence, waiving
from wellplaced.monitoring.pages.why import why_of_step
from wellplaced.monitoring.past import history_of
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.timeframes import closed_days_for, versions_for
from wellplaced.monitoring.words import PLAN_STEPS, days_late
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission
from wellplaced.placements.models import Placement
from wellplaced.register.models import NEEDS_ACTION_PLAN, Judgement, Provision


def judgement_of(person: Person, number: int) -> Judgement:
    """A judgement at a provision that the person may see, with the provision as their authority knows it."""
    provisions = Provision.objects.seen_by(person)
    rows = Judgement.objects.filter(provision__in=provisions.values("pk"))
    judgement = get_object_or_404(rows, pk=number)
    if judgement.entered_by_id not in (None, person.authority_id):
        raise Http404
    judgement.provision = provisions.with_details_of(person.authority_id).get(pk=judgement.provision_id)
    return judgement


@dataclass(frozen=True)
class Step:
    """One step of R14: what, by when, when it was done."""

    name: str
    what: str
    due: Any
    done_on: str
    state: Tag
    why: Sequence[str]


@dataclass(frozen=True)
class Owed:
    """A visit whose date the plan decides."""

    what: Link
    due: Due | str
    state: Tag
    sentence: str


@dataclass(frozen=True)
class PlanPage:
    """What the template prints."""

    judgement: Judgement
    needs_plan: bool
    rows: Sequence[tuple[Any, ...]]
    steps: Sequence[Step]
    owed: Sequence[Owed]
    primary: Action | None
    others: Sequence[Action]
    decision: str  # R14: whose it is, once the plan has not come
    history: Sequence[HistoryLine]


def plan_page(judgement: Judgement, person: Person, today: date) -> PlanPage:
    """Everything that the page says about one judgement's action plan."""
    closed, sight = closed_days_for(person.authority_id or 0), Sight.of(person)
    follow_up = JudgementFollowUp.objects.seen_by(person).filter(judgement=judgement).first()
    rows = Requirement.objects.seen_by(person).select_related("placement__young_person", "discharged_by", "booked_by")
    owed = list(rows.filter(deciding_judgement=judgement).order_by("due_on", "key"))
    needs_plan = judgement.outcome in NEEDS_ACTION_PLAN
    undecided = [each for each in owed if is_with_manager(each, today)]
    primary, others = _actions(judgement, follow_up, person, undecided) if needs_plan else (None, [])
    return PlanPage(
        judgement=judgement,
        needs_plan=needs_plan,
        rows=_rows(judgement, follow_up, person, sight, today),
        steps=_steps(judgement, person, today, closed),
        owed=[_owed(each, sight, today, closed) for each in owed],
        primary=primary,
        others=others,
        decision=whose_decision(owed, person, today),
        history=history_of([follow_up], person) if follow_up else (),
    )


def _rows(
    judgement: Judgement, follow_up: JudgementFollowUp | None, person: Person, sight: Sight, today: date
) -> list[tuple[Any, ...]]:
    place = judgement.provision
    placed = Placement.objects.of(person.authority_id).current_on(today).filter(provision=place)
    people = [each.young_person for each in placed.select_related("young_person")]
    return [
        ("Where", Link(place.known_as, place.get_absolute_url())),
        ("Judgement", state_tag(judgement.outcome, judgement.get_outcome_display())),
        ("Published", day(judgement.published_on)),
        ("Inspected", day(judgement.inspected_on)),
        ("Young people placed now", sight.names(people) or "Nobody of your authority"),
        ("Plan asked for on", _asked(follow_up)),
        *_chased(follow_up, person),
        ("Plan received on", _received(follow_up)),
    ]


def _asked(follow_up: JudgementFollowUp | None) -> str:
    if follow_up is None or (follow_up.plan_requested_on is None and follow_up.plan_received_on is None):
        return ""
    return day(follow_up.plan_requested_on) or "Not asked for: the plan came by itself"


def _received(follow_up: JudgementFollowUp | None) -> str:
    """C8's clock starts when the plan comes, asked for or not."""
    if follow_up is None or follow_up.plan_received_on is None:
        return ""
    asked_on, came_on = follow_up.plan_requested_on, follow_up.plan_received_on
    return f"{day(came_on)}{', before it was asked for' if asked_on and came_on < asked_on else ''}"


def _chased(follow_up: JudgementFollowUp | None, person: Person) -> list[tuple[Any, ...]]:
    """Each reminder; what was recorded by mistake is taken back from here."""
    rows: list[tuple[Any, ...]] = []
    if follow_up is None:
        return rows
    for each in PlanChase.objects.seen_by(person).standing().filter(follow_up=follow_up).select_related("by"):
        back = reverse("monitoring:take_chase_back", args=[follow_up.judgement_id, each.pk])
        link = Link("Take back", back, "this chase") if person.may(Permission.HANDLE_ACTION_PLAN) else None
        rows.append(("Plan chased on", ", ".join(filter(None, [day(each.chased_on), each.by.name, each.note])), link))
    return rows


def _steps(judgement: Judgement, person: Person, today: date, closed: Closed) -> list[Step]:
    rows = list(PlanStep.objects.seen_by(person).filter(judgement=judgement))
    versions = versions_for(person.authority_id or 0) if rows else ()
    return [_step(row, today, closed, why_of_step(row, versions, closed)) for row in rows]


def _step(row: PlanStep, today: date, closed: Closed, why: Sequence[str]) -> Step:
    late = days_late(row.due_on, row.done_on) if row.done_on else ""
    state = "done" if row.done_on else "overdue" if row.due_on < today else "open"
    return Step(
        what=PLAN_STEPS[row.step],
        name=row.step,
        due=Due(
            on=row.due_on,
            why=f"#why-{row.step}",
            what=PLAN_STEPS[row.step],
            act_by=None if row.done_on else act_by(row.due_on, today, closed),
        ),
        done_on=f"{day(row.done_on)}{f' ({late})' if late else ''}",
        state=state_tag(state),
        why=why,
    )


def _owed(requirement: Requirement, sight: Sight, today: date, closed: Closed) -> Owed:
    due: Due | str = due_of(requirement, today, closed) if requirement.due_on else "No date until the plan arrives"
    what = Link(sight.title(requirement), requirement.get_absolute_url())
    return Owed(what, due, state_of(requirement, today), sentence(requirement, today))


def _actions(
    judgement: Judgement, follow_up: JudgementFollowUp | None, person: Person, undecided: Sequence[Requirement]
) -> tuple[Action | None, list[Action]]:
    """What the manager decides, once it is theirs (R14); then what comes of the plan."""
    primary, others = _of_plan(judgement, follow_up, person)
    if not undecided or not person.may(Permission.WAIVE):
        return primary, others
    waive = [waiving(undecided[0])] if len(undecided) == 1 else []
    book = Action("Book the visit without the plan", booking_of(undecided))
    return book, [*waive, *([primary] if primary else ()), *others]


def _of_plan(
    judgement: Judgement, follow_up: JudgementFollowUp | None, person: Person
) -> tuple[Action | None, list[Action]]:
    """Asked for, then received or chased; the days corrected at any time."""
    if not person.may(Permission.HANDLE_ACTION_PLAN):
        return None, []

    def to(name: str, text: str) -> Action:
        return Action(text, reverse(f"monitoring:{name}", args=[judgement.pk]))

    receive = to("receive_plan", "The plan has arrived")
    correct = [to("correct_plan", "Correct the days")]
    if follow_up is None or follow_up.plan_requested_on is None:
        if follow_up is not None and follow_up.plan_received_on is not None:
            return None, correct
        return to("request_plan", "I have asked for the plan"), [receive]
    if follow_up.plan_received_on is None:
        return receive, [to("chase_plan", "I have chased it"), *correct]
    return None, correct
