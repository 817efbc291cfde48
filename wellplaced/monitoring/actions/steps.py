"""Steps of a visit: done on a real day, set aside with a reason, taken back; who gets the document, who answered.

The one way by which any room says that a step was done. `visit_held` and `comment_received` are not recorded here: they
follow from the visit and from the answers of its recipients.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.design.words import day
from wellplaced.guidance.steps import FOLLOW_FROM_FACTS, STEPS
from wellplaced.monitoring.actions.locking import lock_first
from wellplaced.monitoring.models import Recipient, Step, StepRecord, Visit, VisitState
from wellplaced.monitoring.setting_aside import refusal_to_set_aside
from wellplaced.monitoring.words import STEP_NAMES
from wellplaced.people.models import Person
from wellplaced.placements.models import Professional, YoungPerson

RECORDED = tuple(step for step in STEPS if step not in FOLLOW_FROM_FACTS)

# What a step comes after: the visit's day, or the day of an earlier step where that is known.
AFTER_THE_VISIT = frozenset({"actions_followed_up", "questionnaires_chased", "report_submitted", "sent_for_comment"})
COMES_AFTER = {"report_returned": "report_submitted", "actions_completed": "report_returned"}


@dataclass(frozen=True, kw_only=True)
class NewRecipient:
    """Somebody to whom the document goes for comment (C21), or who is left out with a reason.

    `key` is the contract's, such as csw:12 or provider; the same key again changes the recipient of that key.
    """

    key: str
    role: str
    name: str
    email: str = ""
    professional: Professional | None = None
    young_people: Sequence[YoungPerson] = ()
    left_out_because: str = ""


@transaction.atomic
def record_step(
    *,
    visit: Visit,
    step: str,
    done_on: date,
    done_by: str = "",
    note: str = "",
    by: Person,
    on: date,
    seen_revision: int | None = None,
) -> StepRecord:
    """A step was done, on whatever day it really was; recorded again, the day is corrected.

    Raises ValidationError for a day that cannot be, Conflict where somebody recorded it otherwise meanwhile.
    """
    current = _locked(visit)
    _refuse_impossible_day(current, step, done_on, on)
    values = {"done_on": done_on, "done_by": done_by, "note": note, "set_aside_because": ""}
    return _keep("step done", current, step, values, by=by, on=on, seen_revision=seen_revision)


@transaction.atomic
def set_step_aside(
    *, visit: Visit, step: str, because: str, by: Person, on: date, seen_revision: int | None = None
) -> StepRecord:
    """A step that does not apply is set aside with a reason, never faked as done, by whom `setting_aside` says.

    Raises ValidationError, Conflict.
    """
    current = _locked(visit)
    known = Step.objects.filter(visit=current, step=step, recipient="").first()
    refusal = refusal_to_set_aside(known, current, by, on) if known is not None else ""
    if refusal:
        raise ValidationError(refusal)
    return leave_step(visit=current, step=step, because=because, by=by, on=on, seen_revision=seen_revision)


@transaction.atomic
def leave_step(
    *, visit: Visit, step: str, because: str, by: Person, on: date, seen_revision: int | None = None
) -> StepRecord:
    """A step is left undone as part of something larger that has its own rule: the visit is closed with a reason, say."""
    if not because.strip():
        raise ValidationError({"because": "Say why this step is set aside"})
    values = {"done_on": None, "done_by": "", "set_aside_because": because}
    return _keep("step set aside", _locked(visit), step, values, by=by, on=on, seen_revision=seen_revision)


@transaction.atomic
def take_step_back(*, record: StepRecord, because: str, by: Person, seen_revision: int | None = None) -> None:
    """It was recorded by mistake: the step stands as if nobody had recorded it; the history keeps what was said.

    Taken back by somebody else meanwhile, it stays so. Raises ValidationError where the visit is closed, Conflict.
    """
    visit = _locked(record.visit)
    current = StepRecord.objects.select_for_update(no_key=True).filter(pk=record.pk).first()
    if current is None:
        return
    current.visit = visit
    if seen_revision is not None and current.revision != seen_revision:
        raise history.Conflict(current, {"done_on": (None, current.done_on)})
    number = current.pk
    current.delete()
    current.pk = number  # for the history, which outlives the row
    history.record(
        "step taken back",
        about=current,
        by=by,
        reason=because,
        changes={
            "step": [current.step, None],
            "done_on": [current.done_on, None],
            "set_aside_because": [current.set_aside_because, ""],
        },
    )


@transaction.atomic
def record_return(*, visit: Visit, returned_on: date, actions_named: int, by: Person, on: date) -> None:
    """C19: the first return of the report, and how many actions it named; later rounds leave both as they are."""
    current = _locked(visit)
    if not current.step_records.filter(step="report_returned", done_on__isnull=False).exists():
        record_step(visit=current, step="report_returned", done_on=returned_on, done_by=by.name, by=by, on=on)
        history.amend(current, verb="report returned", by=by, seen_revision=None, actions_named=actions_named)


@transaction.atomic
def name_recipients(*, visit: Visit, recipients: Sequence[NewRecipient], by: Person, on: date) -> list[Recipient]:
    """C21: who gets the document, and who does not, with the reason. Those of other keys stay as they are.

    Raises ValidationError for leaving out somebody who has answered.
    """
    current = _locked(visit)
    known = {each.key: each for each in current.recipients.all()}
    place = max((each.position for each in known.values()), default=0)
    named = []
    for number, new in enumerate(recipients, start=place + 1):
        named.append(_name(current, new, known.get(new.key), number, by))
    return named


@transaction.atomic
def record_answer(*, recipient: Recipient, answered_on: date, by: Person, on: date) -> Recipient:
    """C22: a recipient answered. The first answer's day counts; a later one changes nothing here."""
    lock_first(recipient.visit_id)
    current = Recipient.objects.select_for_update(no_key=True).select_related("visit").get(pk=recipient.pk)
    if answered_on > on:
        raise ValidationError({"received_on": "An answer cannot have come in the future"})
    if current.left_out_because:
        raise ValidationError(f"{current.name} was left out, and got nothing to comment on.")
    if current.answered_on is not None and current.answered_on <= answered_on:
        return current
    return history.amend(
        current, verb="answer received", by=by, seen_revision=None, happened_on=answered_on, answered_on=answered_on
    )


def _locked(visit: Visit) -> Visit:
    """The visit as it stands; whoever else records about it waits. Raises ValidationError where nothing can be done."""
    current = Visit.objects.select_for_update(no_key=True).get(pk=visit.pk)
    if current.state in (VisitState.PROPOSED, VisitState.CANCELLED):
        stands = current.get_state_display().lower()
        raise ValidationError(f"This visit is {stands}: it has no steps to record.")
    if current.closed_on is not None:
        raise ValidationError("This visit is closed. Reopen it to change what is recorded.")
    return current


def _keep(
    verb: str,
    visit: Visit,
    step: str,
    values: dict[str, Any],
    *,
    by: Person,
    on: date,
    seen_revision: int | None,
) -> StepRecord:
    if step not in RECORDED:
        raise ValidationError(f"‘{step}’ is not a step that somebody records.")
    known = StepRecord.objects.filter(visit=visit, step=step).first()
    if known is not None:
        return history.amend(
            known, verb=verb, by=by, seen_revision=seen_revision, happened_on=values["done_on"], **values
        )
    made = StepRecord.objects.create(
        authority_id=visit.authority_id, visit=visit, step=step, recorded_by=by, recorded_on=on, **values
    )
    history.record(
        verb,
        about=made,
        by=by,
        happened_on=made.done_on,
        reason=made.set_aside_because,
        changes={"step": [None, step], "done_on": [None, made.done_on]},
    )
    return made


def _refuse_impossible_day(visit: Visit, step: str, done_on: date, on: date) -> None:
    if done_on > on:
        raise ValidationError({"done_on": "A step cannot have been done in the future"})
    if step in AFTER_THE_VISIT and visit.state == VisitState.BOOKED:
        raise ValidationError("The visit has not taken place yet. Record that first.")
    if step in AFTER_THE_VISIT and visit.state == VisitState.HELD and done_on < visit.visit_on:
        raise ValidationError({"done_on": f"This is before the visit, which took place on {day(visit.visit_on)}"})
    earlier = COMES_AFTER.get(step)
    record = visit.step_records.filter(step=earlier, done_on__gt=done_on).first() if earlier else None
    if record is not None and earlier is not None and record.done_on is not None:
        what = STEP_NAMES[earlier].done.lower()
        raise ValidationError({"done_on": f"This is before ‘{what}’, on {day(record.done_on)}"})


def _name(visit: Visit, new: NewRecipient, known: Recipient | None, position: int, by: Person) -> Recipient:
    values: dict[str, Any] = {"name": new.name, "email": new.email, "left_out_because": new.left_out_because}
    if known is not None:
        if known.answered_on is not None and new.left_out_because:
            raise ValidationError(f"{known.name} has answered already, and cannot be left out.")
        return history.amend(
            known, verb="recipient changed", by=by, seen_revision=None, young_people=new.young_people, **values
        )
    made = Recipient.objects.create(
        authority_id=visit.authority_id,
        visit=visit,
        key=new.key,
        role=new.role,
        professional=new.professional,
        position=position,
        **values,
    )
    made.young_people.set(new.young_people)
    history.record(
        "recipient named",
        about=made,
        by=by,
        reason=new.left_out_because,
        changes={"role": [None, str(Recipient.Role(new.role).label)]},
    )
    return made
