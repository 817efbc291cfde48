"""Random histories of an authority, made by the actions that people use: numbers choose what happens, to what, when."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from tests.monitoring.world import World, make_world
from wellplaced.guidance import Refusal
from wellplaced.history import clock
from wellplaced.monitoring import actions, deadlines
from wellplaced.monitoring.actions.steps import RECORDED
from wellplaced.monitoring.models import (
    Concern,
    JudgementFollowUp,
    OtherAuthorityCheck,
    PlanChase,
    Recipient,
    Requirement,
    StepRecord,
    Visit,
    VisitState,
    Waiver,
    YoungPersonSeen,
)
from wellplaced.people import actions as people
from wellplaced.people.models import ClosureDay, ProvisionType
from wellplaced.placements import actions as placements
from wellplaced.placements.models import Placement
from wellplaced.register import actions as register
from wellplaced.register.models import Judgement, Premises, Provision

START = datetime(2026, 2, 20, 10, tzinfo=UTC)


@dataclass
class Play:
    """One random history: numbers choose what happens, to which record, and how many days from today."""

    world: World
    provisions: list[Provision]
    flats: dict[int, list[Premises]]
    happened: set[str] = field(default_factory=set)

    def day(self, number: int) -> date:
        return clock.today() + timedelta(days=number % 61 - 50)

    def pick(self, rows: "models.QuerySet[Any]", number: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    def step(self, what: int, which: int, when: int, possible: "list[Action] | None" = None) -> None:
        possible = possible or ACTIONS
        action = possible[what % len(possible)]
        with suppress(Refusal, ValidationError), transaction.atomic():
            action(self, which, when)
            self.happened.add(action.__name__)


def place(play: Play, which: int, when: int) -> None:
    provision = play.provisions[which % len(play.provisions)]
    flats = play.flats.get(provision.pk)
    starts_on = play.day(when)
    ends_on = starts_on + timedelta(days=which % 90) if which % 3 == 0 else None
    play.world.placed(provision, starts_on, ends_on, premises=flats[when % 2] if flats else None)


def end(play: Play, which: int, when: int) -> None:
    if placement := play.pick(Placement.objects.all(), which):
        placements.end_placement(placement=placement, ends_on=play.day(when), by=play.world.officer, seen_revision=None)


def cancel(play: Play, which: int, when: int) -> None:
    if placement := play.pick(Placement.objects.all(), which):
        placements.cancel_placement(
            placement=placement, because="Never began", by=play.world.officer, seen_revision=None
        )


def correct_start(play: Play, which: int, when: int) -> None:
    if placement := play.pick(Placement.objects.all(), which):
        placements.change_placement(
            placement=placement, starts_on=play.day(when), by=play.world.officer, on=clock.today(), seen_revision=None
        )


def move(play: Play, which: int, when: int) -> None:
    if placement := play.pick(Placement.objects.all(), which):
        other = play.provisions[when % 2]  # neither has premises
        placements.change_placement(
            placement=placement,
            provision=other,
            premises=None,
            by=play.world.officer,
            on=clock.today(),
            seen_revision=None,
        )


def concern(play: Play, which: int, when: int) -> None:
    actions.raise_concern(
        provision=play.provisions[which % len(play.provisions)],
        raised_on=play.day(when),
        raised_by="Neighbour",
        how="telephone",
        summary="Noise at night",
        by=play.world.officer,
        on=clock.today(),
    )


def correct_concern(play: Play, which: int, when: int) -> None:
    if found := play.pick(Concern.objects.all(), which):
        actions.change_concern(concern=found, raised_on=play.day(when), by=play.world.officer, seen_revision=None)


def withdraw_concern(play: Play, which: int, when: int) -> None:
    if found := play.pick(Concern.objects.standing(), which):
        actions.withdraw_concern(concern=found, because="Of another home", by=play.world.manager)


def reinstate_concern(play: Play, which: int, when: int) -> None:
    if found := play.pick(Concern.objects.exclude(withdrawn_because=""), which):
        actions.reinstate_concern(concern=found, because="Of this home after all", by=play.world.manager)


def judge(play: Play, which: int, when: int) -> None:
    outcome = ("good", "requires_improvement", "inadequate", "outstanding", "not_judged")[when % 5]
    play.world.judged(play.provisions[which % 2], outcome, play.day(when))


def correct_judgement(play: Play, which: int, when: int) -> None:
    if found := play.pick(Judgement.objects.all(), which):
        register.correct_judgement(
            judgement=found, published_on=play.day(when), by=play.world.operator, on=clock.today(), seen_revision=None
        )


def request_plan(play: Play, which: int, when: int) -> None:
    if found := play.pick(Judgement.objects.all(), which):
        actions.request_action_plan(judgement=found, requested_on=play.day(when), by=play.world.senior)


def chase_plan(play: Play, which: int, when: int) -> None:
    if found := play.pick(Judgement.objects.all(), which):
        actions.chase_action_plan(judgement=found, chased_on=play.day(when), by=play.world.senior)


def take_chase_back(play: Play, which: int, when: int) -> None:
    if found := play.pick(PlanChase.objects.standing(), which):
        actions.take_chase_back(chase=found, because="Another home's", by=play.world.senior)


def receive_plan(play: Play, which: int, when: int) -> None:
    if found := play.pick(Judgement.objects.all(), which):
        actions.receive_action_plan(judgement=found, received_on=play.day(when), by=play.world.senior)


def take_plan_back(play: Play, which: int, when: int) -> None:
    if found := play.pick(JudgementFollowUp.objects.all(), which):
        actions.correct_follow_up(follow_up=found, plan_received_on=None, by=play.world.senior, seen_revision=None)


def book(play: Play, which: int, when: int) -> None:
    provision = play.provisions[which % len(play.provisions)]
    owed = Requirement.objects.owed().filter(provision=provision).order_by("key")
    actions.book_visit(
        provision=provision,
        officer=play.world.officer,
        visit_on=clock.today() + timedelta(days=when % 30),
        discharges=[row.key for row in owed[: 1 + when % 3]],
        to_see=play.flats.get(provision.pk, [])[: when % 3],
        by=play.world.officer,
        on=clock.today(),
    )


def plan_visit(play: Play, which: int, when: int) -> None:
    if visit := play.pick(Visit.objects.exclude(state__in=[VisitState.HELD, VisitState.CANCELLED]), which):
        owed = Requirement.objects.owed().filter(provision=visit.provision).order_by("key")
        actions.plan_visit(
            visit=visit,
            discharges=[row.key for row in owed[when % 2 : 1 + when % 3]],
            to_see=play.flats.get(visit.provision_id, [])[when % 2 :],
            note="",
            by=play.world.officer,
            seen_revision=None,
        )


def visited(play: Play, which: int, when: int) -> None:
    provision = play.provisions[which % len(play.provisions)]
    owed = Requirement.objects.owed().filter(provision=provision).order_by("key")
    actions.record_past_visit(
        provision=provision,
        visit_on=min(play.day(when), clock.today()),
        officer=play.world.officer,
        discharges=[row.key for row in owed[: 1 + when % 3]],
        premises=play.flats.get(provision.pk, [])[: when % 3],
        whole_form=bool(when % 2),
        by=play.world.officer,
    )


def hold(play: Play, which: int, when: int) -> None:
    if visit := play.pick(Visit.objects.filter(state=VisitState.BOOKED), which):
        keys = list(visit.discharges.values_list("key", flat=True))
        actions.hold_visit(
            visit=visit,
            visit_on=min(visit.visit_on, clock.today()),
            discharges=keys[: 1 + when % 2],
            premises=list(visit.to_see.all())[when % 3 // 2 :],
            whole_form=False,
            by=play.world.officer,
            seen_revision=visit.revision,
        )


def correct_visit(play: Play, which: int, when: int) -> None:
    if visit := play.pick(Visit.objects.filter(state=VisitState.HELD), which):
        day = min(play.day(when), clock.today())
        keys = list(visit.discharges.values_list("key", flat=True))[when % 2 :]
        actions.correct_visit(
            visit=visit, discharges=keys, visit_on=day, booked_on=day, by=play.world.officer, seen_revision=None
        )


def cancel_visit(play: Play, which: int, when: int) -> None:
    if visit := play.pick(Visit.objects.filter(state=VisitState.BOOKED), which):
        act = actions.cancel_visit if when % 2 else actions.record_not_held
        act(visit=visit, because="Refused at the door", by=play.world.officer, seen_revision=None)


def waive(play: Play, which: int, when: int) -> None:
    if row := play.pick(Requirement.objects.owed(), which):
        actions.waive(requirement=row, reason="Leaves tomorrow", by=play.world.manager, on=clock.today())


def withdraw(play: Play, which: int, when: int) -> None:
    if waiver := play.pick(Waiver.objects.filter(withdrawn_on=None), which):
        actions.withdraw_waiver(waiver=waiver, reason="Stays after all", by=play.world.manager, on=clock.today())


def check_elsewhere(play: Play, which: int, when: int) -> None:
    if placement := play.pick(Placement.objects.filter(cancelled=False), which):
        actions.check_with_other_authority(
            placement=placement, provider_asked_on=clock.today(), none_named=True, by=play.world.officer
        )


def check_of_another(play: Play, which: int, when: int) -> None:
    if placement := play.pick(Placement.objects.filter(cancelled=False), which):
        actions.check_with_other_authority(
            placement=placement,
            provider_asked_on=clock.today(),
            named="Northmere",
            asked_on=clock.today(),
            answered_on=clock.today() if when % 2 else None,
            said="Nothing known" if when % 2 else "",
            by=play.world.officer,
        )


def answer_check(play: Play, which: int, when: int) -> None:
    if check := play.pick(OtherAuthorityCheck.objects.filter(none_named=False, taken_back_because=""), which):
        values = (
            {"answered_on": clock.today(), "said": "A good home"} if when % 2 else {"answered_on": None, "said": ""}
        )
        actions.change_check(check=check, by=play.world.officer, seen_revision=None, **values)


def take_check_back(play: Play, which: int, when: int) -> None:
    if check := play.pick(OtherAuthorityCheck.objects.filter(taken_back_because=""), which):
        actions.take_check_back(check=check, because="Of another placement", by=play.world.officer)


def contract(play: Play, which: int, when: int) -> None:
    provision = play.provisions[which % len(play.provisions)]
    register.describe_provision(
        provision=provision,
        under_contract_from=play.day(when) if when % 4 else None,
        by=play.world.manager,
        on=clock.today(),
        seen_revision=None,
    )


def record_step(play: Play, which: int, when: int) -> None:
    if visit := play.pick(VISITS_WITH_STEPS, which):
        step = RECORDED[when % len(RECORDED)]
        day = min(visit.visit_on + timedelta(days=when % 25), clock.today())
        actions.record_step(visit=visit, step=step, done_on=day, by=play.world.officer, on=clock.today())


def set_aside(play: Play, which: int, when: int) -> None:
    if visit := play.pick(VISITS_WITH_STEPS, which):
        step = RECORDED[when % len(RECORDED)]
        actions.set_step_aside(
            visit=visit, step=step, because="Does not apply", by=play.world.officer, on=clock.today()
        )


def take_step_back(play: Play, which: int, when: int) -> None:
    if record := play.pick(StepRecord.objects.all(), which):
        actions.take_step_back(record=record, because="Recorded by mistake", by=play.world.officer)


def returned(play: Play, which: int, when: int) -> None:
    if visit := play.pick(VISITS_WITH_STEPS.filter(state=VisitState.HELD), which):
        actions.record_return(
            visit=visit, returned_on=play.day(when), actions_named=when % 3, by=play.world.senior, on=clock.today()
        )


def name_recipients(play: Play, which: int, when: int) -> None:
    if visit := play.pick(VISITS_WITH_STEPS.filter(state=VisitState.HELD), which):
        keys = ["csw:1", "iro:2", "provider"][: 1 + when % 3]
        recipients = [actions.NewRecipient(key=key, role=key.partition(":")[0], name="Sam Ash") for key in keys]
        actions.name_recipients(visit=visit, recipients=recipients, by=play.world.officer, on=clock.today())


def answer(play: Play, which: int, when: int) -> None:
    if recipient := play.pick(Recipient.objects.all(), which):
        actions.record_answer(
            recipient=recipient, answered_on=min(play.day(when), clock.today()), by=play.world.officer, on=clock.today()
        )


def leave_paper(play: Play, which: int, when: int) -> None:
    placement = play.pick(Placement.objects.all(), which)
    visit = play.pick(VISITS_WITH_STEPS, when)
    if placement and visit:
        YoungPersonSeen.objects.get_or_create(
            authority=visit.authority, visit=visit, young_person=placement.young_person, paper_was_left=True
        )
        deadlines.refresh_pairs({(visit.authority_id, visit.provision_id)}, clock.today())


def close_day(play: Play, which: int, when: int) -> None:
    """A day on which the authority does not work; or one that is not closed after all."""
    if when % 3 == 0 and (closed := play.pick(ClosureDay.objects.all(), which)):
        people.remove_closure_day(closure_day=closed, by=play.world.manager)
    else:
        day = clock.today() + timedelta(days=when % 15)
        people.add_closure_day(day=day, name="Closed", by=play.world.manager)


def publish(play: Play, which: int, when: int) -> None:
    """An authority's own version comes into force: what started before it keeps its dates."""
    in_force_from = clock.today() + timedelta(days=1 + when % 9)
    text = f'number = "own {in_force_from}"\ntitle = "Our own"\nin_force_from = {in_force_from}\n'
    actions.publish_timeframes(text=text + OWN[which % len(OWN)], reason="", by=play.world.manager)


OWN = (
    """
[timeframes.report_submitted]
number = 10
[timeframes.uploaded]
number = 5
[readings.R11]
choice = "dated"
[readings.R4]
choice = "from_actions_completed"
[readings.R8]
choice = "day_of_booking"
""",
    """
[timeframes.concern_visit]
number = 4
unit = "working days"
[timeframes.plan_chased_first]
number = 2
unit = "working days"
[timeframes.report_submitted]
number = 9
unit = "working days"
[timeframes.confirmation_sent]
number = 8
unit = "working days"
""",
    """
[timeframes.report_returned]
number = 2
""",
)
VISITS_WITH_STEPS = Visit.objects.exclude(state__in=[VisitState.CANCELLED, VisitState.PROPOSED])
Action = Callable[[Play, int, int], None]
ACTIONS: list[Action] = [
    place,
    place,
    end,
    cancel,
    correct_start,
    move,
    concern,
    correct_concern,
    withdraw_concern,
    reinstate_concern,
    judge,
    judge,
    correct_judgement,
    request_plan,
    chase_plan,
    take_chase_back,
    receive_plan,
    take_plan_back,
    book,
    plan_visit,
    plan_visit,
    visited,
    hold,
    correct_visit,
    cancel_visit,
    waive,
    withdraw,
    check_elsewhere,
    check_of_another,
    answer_check,
    take_check_back,
    close_day,
    publish,
    contract,
    record_step,
    record_step,
    record_step,
    set_aside,
    take_step_back,
    returned,
    name_recipients,
    answer,
    leave_paper,
]


def new_play() -> Play:
    world = make_world()
    provisions = [
        world.provision(ProvisionType.RESIDENTIAL),
        world.provision(ProvisionType.IFA),
        world.provision(ProvisionType.SUPPORTED_ACCOMMODATION),
        world.provision(ProvisionType.SEN),
    ]
    flats = {provisions[2].pk: [world.flat(provisions[2], "Flat 1"), world.flat(provisions[2], "Flat 2")]}
    return Play(world, provisions, flats)
