"""Whatever is done around a visit, in any order: its report, its steps and the facts given to the guidance agree."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.monitoring.plays import START
from tests.monitoring.test_rebuilding import stored
from tests.monitoring.test_steps_equal_the_contract import _compare as compare_with_the_contract
from tests.monitoring.world import World, make_world
from tests.reports.circulating import placed_with
from tests.reports.files import word
from tests.reports.making import another_senior
from wellplaced.guidance import Refusal
from wellplaced.guidance.steps import AHEAD
from wellplaced.history import clock
from wellplaced.monitoring import actions, deadlines
from wellplaced.monitoring.actions.steps import NewRecipient
from wellplaced.monitoring.catalogue import sections_for
from wellplaced.monitoring.day import Answer, day_of
from wellplaced.monitoring.models import Recipient, Requirement, StepRecord, Task, Visit, VisitState
from wellplaced.monitoring.pages.steps import RECORDED_HERE
from wellplaced.monitoring.placed import everybody_placed
from wellplaced.monitoring.whom_to_ask import whom_to_ask
from wellplaced.people.models import Person
from wellplaced.register.models import Provision
from wellplaced.reports.actions import circulation, closing, comments, documents, mosaic, rounds
from wellplaced.reports.circulating import circulation_of
from wellplaced.reports.models import Comment, MosaicUpload, Report, ReportState, Round
from wellplaced.reports.uploading import targets_of

EXAMPLES = 10
LARGEST = 1_000_000
THREE_WEEKS = 21
AHEAD_OF_IT = (*AHEAD, "pre_visit_form_received")


@dataclass
class Story:
    """One home with two young people, one visit or several; numbers choose what happens, to what, how long ago."""

    world: World
    other_senior: Person
    home: Provision
    provisions: list[Provision]

    @property
    def visit(self) -> Visit:
        return Visit.objects.order_by("pk")[0]

    def day(self, number: int) -> date:
        """A day of the last three weeks, or tomorrow."""
        return clock.today() + timedelta(days=number % (THREE_WEEKS + 2) - THREE_WEEKS)

    def soon(self, number: int) -> date:
        """Mostly a day on which it may really have been: between the visit and today."""
        today = clock.today()
        since = max((today - self.visit.visit_on).days, 0)
        return self.day(number) if number % 7 == 0 else today - timedelta(days=number % (since + 1))

    def pick(self, rows: Any, number: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    def step(self, what: int, which: int, when: int) -> None:
        action = ACTIONS[what % len(ACTIONS)]
        with suppress(Refusal, ValidationError), transaction.atomic():
            action(self, which, when)

    def usual(self) -> dict[str, Any]:
        return {"by": self.world.officer, "on": clock.today()}


Action = Callable[[Story, int, int], object]


def propose(story: Story, which: int, when: int) -> object:
    return actions.propose_visit(
        provision=story.home, officer=story.world.officer, visit_on=clock.today() + timedelta(days=when % 20),
        **story.usual(),
    )  # fmt: skip


def confirm(story: Story, which: int, when: int) -> object:
    proposed = story.pick(Visit.objects.filter(state=VisitState.PROPOSED), which)
    return proposed and actions.confirm_visit(
        visit=proposed, confirmed_on=story.day(when), seen_revision=None, **story.usual()
    )


def rebook(story: Story, which: int, when: int) -> object:
    return actions.rebook_visit(
        visit=story.pick(Visit.objects.all(), which) if when % 3 == 0 else story.visit,
        visit_on=clock.today() + timedelta(days=when % 9 - 4),
        visit_at=None,
        officer=story.world.officer,
        reason="Snow",
        unannounced_because=("", "A concern", None)[which % 3],
        seen_revision=None,
        **story.usual(),
    )


def hold(story: Story, which: int, when: int) -> object:
    visit = story.visit
    return actions.hold_visit(
        visit=visit,
        visit_on=min(visit.visit_on, clock.today()),
        discharges=list(visit.discharges.values_list("key", flat=True)),
        premises=[],
        whole_form=bool(when % 2),
        by=story.world.officer,
        seen_revision=None,
    )


def not_held(story: Story, which: int, when: int) -> object:
    return actions.record_not_held(visit=story.visit, because="Nobody in", by=story.world.officer, seen_revision=None)


def correct_visit(story: Story, which: int, when: int) -> object:
    visit = story.visit
    return actions.correct_visit(
        visit=visit,
        discharges=list(visit.discharges.values_list("key", flat=True)),
        visit_on=visit.visit_on + timedelta(days=when % 15 - 7),
        by=story.world.officer,
        seen_revision=None,
    )


def submit(story: Story, which: int, when: int) -> object:
    document = None
    with suppress(ValidationError):
        content = word(f"Version {which % 5}")
        document = documents.add_document(
            visit=story.visit, name="report.docx", content=content, largest=LARGEST, **story.usual()
        )
    return rounds.submit_report(
        visit=story.visit,
        reviewer=(story.world.senior, story.other_senior)[which % 2],
        submitted_on=story.soon(when),
        document=document,
        sent_otherwise_because="" if document else "By email",
        **story.usual(),
    )


def take_back(story: Story, which: int, when: int) -> object:
    return rounds.take_back_report(visit=story.visit, because="The wrong version", **story.usual())


def give_back(story: Story, which: int, when: int) -> object:
    tasks = [rounds.NewTask(what=f"Task {number}", owner="officer") for number in range(which % 3)]
    return rounds.return_report(
        visit=story.visit, returned_on=story.soon(when), tasks=tasks, by=story.world.senior, on=clock.today()
    )


def tasks_done(story: Story, which: int, when: int) -> object:
    round_ = story.pick(Round.objects.exclude(tasks=None), which)
    if round_ is None:
        return None
    still = round_.tasks.filter(done_on=None)[: 1 + which % 3]
    done = {task.pk: rounds.Done(on=story.soon(when), evidence="Seen") for task in still}
    return rounds.complete_tasks(round_=round_, done=done, **story.usual())


def circulate(story: Story, which: int, when: int) -> object:
    proposed = circulation_of(story.visit, story.world.officer, clock.today()).proposed
    named = [
        NewRecipient(**{**vars(each), "left_out_because": "Away" if (which + number) % 4 == 0 else ""})
        for number, each in enumerate(proposed)
    ]
    return circulation.circulate(
        visit=story.visit, recipients=named, sent_on=story.soon(when), copied_to=None, **story.usual()
    )


def correct_sending(story: Story, which: int, when: int) -> object:
    return circulation.correct_sending(
        visit=story.visit, sent_on=story.soon(when), note="", seen_revision=None, **story.usual()
    )


def add_recipient(story: Story, which: int, when: int) -> object:
    new = NewRecipient(key=f"iro:9{which % 2}", role="iro", name="Hazel Moor")
    return circulation.add_recipients(visit=story.visit, recipients=[new], **story.usual())


def leave_out(story: Story, which: int, when: int) -> object:
    recipient = story.pick(Recipient.objects.all(), which)
    if recipient is None:
        return None
    if when % 2:
        return circulation.include(recipient=recipient, seen_revision=None, **story.usual())
    return circulation.leave_out(recipient=recipient, because="On leave", seen_revision=None, **story.usual())


def recall(story: Story, which: int, when: int) -> object:
    return circulation.recall(visit=story.visit, because="A page is missing", **story.usual())


def comment(story: Story, which: int, when: int) -> object:
    recipient = story.pick(Recipient.objects.all(), which)
    kind = ("comment", "no_comment")[when % 2]
    return recipient and comments.add_comment(
        recipient=recipient, kind=kind, text="A word", received_on=story.soon(when), **story.usual()
    )


def correct_comment(story: Story, which: int, when: int) -> object:
    found = story.pick(Comment.objects.filter(taken_back_because=""), which)
    other = story.pick(Recipient.objects.all(), when)
    return found and comments.correct_comment(
        comment=found, recipient=other, kind="comment", text="Another word", received_on=story.soon(when),
        seen_revision=None, **story.usual(),
    )  # fmt: skip


def take_comment_back(story: Story, which: int, when: int) -> object:
    found = story.pick(Comment.objects.filter(taken_back_because=""), which)
    return found and comments.take_comment_back(
        comment=found, because="Of another visit", seen_revision=None, **story.usual()
    )


def upload(story: Story, which: int, when: int) -> object:
    target = [None, *everybody_placed(story.visit)][which % 3]
    known = MosaicUpload.objects.filter(visit=story.visit, young_person=target).first()
    return mosaic.record_upload(
        visit=story.visit, young_person=target, report=True, comments=bool(when % 5), tasks=bool(when % 5),
        reference="M-1", uploaded_on=story.soon(when), seen_revision=known.revision if known else None, **story.usual(),
    )  # fmt: skip


def take_upload_back(story: Story, which: int, when: int) -> object:
    found = story.pick(MosaicUpload.objects.all(), which)
    if found is None:
        return None
    mosaic.take_upload_back(upload=found, because="Of another visit", seen_revision=None, **story.usual())
    return found


def close(story: Story, which: int, when: int) -> object:
    return closing.close_report(
        visit=story.visit,
        closed_on=story.soon(when),
        because="Nobody does it any more",
        **story.usual() | {"by": story.world.manager},
    )


def reopen(story: Story, which: int, when: int) -> object:
    aside = StepRecord.objects.filter(visit=story.visit).exclude(set_aside_because="")
    again = [each for number, each in enumerate(aside.order_by("pk")) if (which + number) % 2]
    return closing.reopen_report(visit=story.visit, because="Too early", owed_again=again, by=story.world.manager)


def of_the_day(story: Story, which: int, when: int) -> object:
    visit = story.visit
    people = everybody_placed(visit)
    number = people[which % len(people)].pk if people else 0
    said = {f"questionnaire-{number}": ("paper_left", "posted_back", "completed", "")[when % 4]}
    if when % 3 == 0:
        said = {f"chased-{number}": story.soon(when).isoformat()}
    stands = day_of(visit)
    answers = [Answer(question, stands.stands(question), now) for question, now in said.items()]
    return actions.save_day(visit=visit, answers=answers, **story.usual())


def ask_for_feedback(story: Story, which: int, when: int) -> object:
    keys = [line.key for line in whom_to_ask(story.visit)]
    if which % 3 == 0:
        return actions.leave_out_of_feedback(visit=story.visit, whom=keys[:1], because="Away", **story.usual())
    return actions.ask_for_feedback(visit=story.visit, whom=keys, asked_on=story.day(when), **story.usual())


def pre_visit_form(story: Story, which: int, when: int) -> object:
    codes = [section.code for section in sections_for(story.home.type)]
    sections = dict.fromkeys(codes, "there")
    if which % 2:
        sections[codes[0]] = "missing"
    return actions.record_pre_visit_form(
        visit=story.visit, ready_on_the_day=False, sections=sections, received_on=story.day(when), seen_revision=None,
        **story.usual(),
    )  # fmt: skip


def by_hand(story: Story, which: int, when: int) -> object:
    step = RECORDED_HERE[which % len(RECORDED_HERE)]
    return actions.record_step(visit=story.visit, step=step, done_on=story.soon(when), **story.usual())


def plan(story: Story, which: int, when: int) -> object:
    keys = _owed(story.home)
    return actions.plan_visit(
        visit=story.pick(Visit.objects.exclude(state=VisitState.HELD), which) or story.visit,
        discharges=keys[when % 2 : 1 + when % 3], to_see=[], note="", by=story.world.officer, seen_revision=None,
    )  # fmt: skip


def agree_task(story: Story, which: int, when: int) -> object:
    return actions.add_task(
        provision=story.home, visit=story.visit, what=f"Mend it {which}", owner="provider", by=story.world.officer
    )


def task_done(story: Story, which: int, when: int) -> object:
    task = story.pick(Task.objects.filter(done_on=None), which)
    return task and actions.change_task(task=task, done_on=story.soon(when), by=story.world.officer, seen_revision=None)


ACTIONS: list[Action] = [
    propose, confirm, rebook, hold, hold, not_held, correct_visit, *[submit] * 4, take_back, *[give_back] * 4,
    *[tasks_done] * 2, *[circulate] * 3, correct_sending, add_recipient, leave_out, recall, *[comment] * 3,
    correct_comment, take_comment_back, *[upload] * 4, take_upload_back, close, close, reopen, of_the_day, of_the_day,
    ask_for_feedback, pre_visit_form, by_hand, by_hand, plan, agree_task, agree_task, task_done,
]  # fmt: skip

# How a visit usually goes; a history may begin anywhere in it.
LIFE: list[tuple[Action, int, int]] = [
    (hold, 0, 0), (submit, 0, 1), (give_back, 1, 1), (tasks_done, 2, 1), (submit, 1, 1), (give_back, 0, 1),
    (circulate, 1, 1), (comment, 0, 8), (upload, 0, 1), (upload, 1, 1), (upload, 2, 1), (close, 0, 8),
]  # fmt: skip

numbers = st.integers(min_value=0, max_value=10_000)
histories = st.lists(
    st.tuples(st.integers(0, len(ACTIONS) - 1), numbers, numbers, st.integers(0, 4)), min_size=3, max_size=20
)


def new_story() -> Story:
    """Visited a week ago, or on the day that `rebook` gives it."""
    world = make_world()
    home = world.provision()
    for reference, csw in (("K1", "Ash Grove"), ("K2", "Elm Lane")):
        placed_with(world, home, reference, csw=csw)
    today = clock.today()
    actions.book_visit(
        provision=home, officer=world.officer, visit_on=today, booked_on=today - timedelta(days=20),
        discharges=list(_owed(home)), by=world.officer, on=today,
    )  # fmt: skip
    return Story(world, another_senior(world), home, [home])


def begin(traveller: Any, begun: int) -> Story:
    """A story after the first so many moves of a usual life, one a day."""
    story = new_story()
    for action, which, when in LIFE[:begun]:
        action(story, which, when)
        traveller.shift(timedelta(days=1))
    return story


def _owed(home: Provision) -> list[str]:
    return list(Requirement.objects.filter(provision=home).values_list("key", flat=True))


@pytest.mark.django_db
@settings(max_examples=EXAMPLES)
@given(begun=st.integers(0, len(LIFE)), history=histories)
def test_the_report_the_steps_and_the_facts_agree_whatever_was_done(
    begun: int, history: list[tuple[int, int, int, int]]
) -> None:
    with time_machine.travel(START, tick=False) as traveller, transaction.atomic():
        story = begin(traveller, begun)
        for what, which, when, days in history:
            story.step(what, which, when)
            traveller.shift(timedelta(days=days))
            deadlines.refresh_due(clock.today())
            agrees(story.visit)
        compare_with_the_contract(story, str(story.home.urn))  # type: ignore[arg-type]
        before = stored()
        deadlines.rebuild(clock.today())
        assert stored() == before
        transaction.set_rollback(True)


def agrees(visit: Visit) -> None:
    """What must hold of a visit at any moment."""
    state = getattr(Report.objects.filter(visit=visit).first(), "state", ReportState.DRAFTING)
    done = {each.step: each.done_on for each in visit.step_records.all() if each.done_on}
    sent = list(visit.rounds.exclude(outcome=Round.Outcome.TAKEN_BACK).order_by("number"))
    back = [each for each in sent if each.outcome]
    assert (state == ReportState.CLOSED) == (visit.closed_on is not None)
    assert len(sent) - len(back) <= 1, "one round at a time"
    assert done.get("report_submitted") == (sent[0].submitted_on if sent else None), "the first submission that stayed"
    assert done.get("report_returned") == (back[0].returned_on if back else None), "the first return"
    assert visit.actions_named == (back[0].tasks.count() if back else None), "what the first return named"
    assert done.get("actions_completed") == (back[0].actions_completed_on if back else None)
    if state == ReportState.OUT_FOR_COMMENT:
        assert "sent_for_comment" in done
    elif state != ReportState.CLOSED:
        assert state == _by_rounds(sent)
    if visit.state == VisitState.HELD:
        assert all(day >= visit.visit_on for step, day in done.items() if step not in AHEAD_OF_IT), "after the visit"
    if "uploaded" in done and visit.closed_on is None and visit.uploads.exists():
        assert all(each.is_recorded for each in targets_of(visit)), "what came after the upload is not on Mosaic"
    for recipient in visit.recipients.all():
        days = recipient.comments.filter(taken_back_because="").values_list("received_on", flat=True)
        assert recipient.answered_on == min(days, default=None), "the first answer that stands"


def _by_rounds(sent: list[Round]) -> str:
    """Where a report is that is neither out nor closed: where the last round that stayed left it."""
    if not sent:
        return ReportState.DRAFTING
    last = sent[-1]
    if not last.outcome:
        return ReportState.WITH_REVIEWER
    if last.outcome == Round.Outcome.AGREED:
        return ReportState.AGREED
    return ReportState.ACTIONS_DONE if last.actions_completed_on else ReportState.ACTIONS_NEEDED


def test_every_action_of_these_histories_can_happen(db: None) -> None:
    """The property above would say little if its actions were refused each time."""
    left = {action.__name__: action for action in ACTIONS}
    for begun in (0, 1, 2, 3, 10, 12):
        with time_machine.travel(START, tick=False) as traveller, transaction.atomic():
            story = begin(traveller, begun)
            propose(story, 0, 5)
            for name, action in list(left.items()):
                if any(can_happen(story, action, number) for number in (0, 1, 8)):
                    del left[name]
            transaction.set_rollback(True)
    assert not left


def can_happen(story: Story, action: Action, number: int) -> bool:
    """Whether the action is done, and not refused; nothing of it stays."""
    with suppress(Refusal, ValidationError), transaction.atomic():
        done = action(story, number, number) is not None
        transaction.set_rollback(True)
        return done
    return False
