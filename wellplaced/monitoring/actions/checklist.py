"""C13, C16: the pre-visit form section by section, what was seen on the day, each young person and their questionnaire.

The pages of the day are filled in by several people at once, on phones that lose their connection. So each answer is
compared by itself: what somebody did not touch stays as it stands, what nobody else changed meanwhile is taken, and only
where two people answered one question differently the second is told (Conflict) and nothing of theirs is saved.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.design.words import day as in_words
from wellplaced.monitoring.actions.locking import locked
from wellplaced.monitoring.actions.refusals import refuse_unseen, unseen_before
from wellplaced.monitoring.actions.steps import record_step, take_step_back
from wellplaced.monitoring.catalogue import sections_for
from wellplaced.monitoring.day import NOTES, OF_YOUNG_PERSON, YES, Answer, Day, Met, day_of
from wellplaced.monitoring.models import DayChecklist, PreVisitForm, StepRecord, Visit, VisitState, YoungPersonSeen
from wellplaced.people.models import Person
from wellplaced.placements.models import YoungPerson
from wellplaced.register.models import Premises

THERE, MISSING = "there", "missing"
FORM_STEP, CHASE_STEP = "pre_visit_form_received", "questionnaires_chased"
ON_PAPER = frozenset({"paper_left", "posted_back", "not_returned"})
Wanted = dict[str, dict[str, str]]  # kind of question → what it is about → answer


@transaction.atomic
def save_day(
    *, visit: Visit, answers: Iterable[Answer], staff: Sequence[tuple[Met, Met]] = (), by: Person, on: date
) -> Visit:
    """Take what somebody answered on a page of the day; `staff`: each line as it was on their page and as it is to be.

    Raises ValidationError, and Conflict whose `theirs` is by question (`staff` for the staff).
    """
    current = locked(visit)
    stands = day_of(current)
    mine = [answer for answer in answers if answer.was != answer.now and stands.stands(answer.question) != answer.now]
    people, lost = _merged(stands.staff, staff)
    clashes: dict[str, tuple[Any, Any]] = {
        answer.question: (answer.now, stands.stands(answer.question))
        for answer in mine
        if stands.stands(answer.question) != answer.was
    }
    if lost:
        clashes["staff"] = (_staff_words(now for _, now in staff), _staff_words(stands.staff))
    if clashes:
        raise history.Conflict(_record_of(next(iter(clashes)), stands) or current, clashes)
    wanted = _by_kind(mine)
    _save_checklist(current, stands, wanted, people, by)
    if "section" in wanted:
        _save_sections(
            current, {**_sections(stands), **wanted["section"]}, by, on, received_on=min(current.visit_on, on)
        )
    if "premises" in wanted:
        _save_premises(current, stands, wanted["premises"], by)
    _save_young_people(current, wanted, by, on)
    return current


@transaction.atomic
def record_pre_visit_form(
    *,
    visit: Visit,
    ready_on_the_day: bool,
    sections: Mapping[str, str],
    received_on: date | None,
    note: str = "",
    by: Person,
    on: date,
    seen_revision: int | None,
) -> PreVisitForm:
    """C13: promised for the day or received in advance, section by section. With the last section it is received.

    `seen_revision` is 0 where nothing was on record. Raises ValidationError, Conflict.
    """
    if received_on is not None and received_on > on:
        raise ValidationError({"received_on": "The form cannot have been received in the future"})
    current = locked(visit)
    form, _ = PreVisitForm.objects.get_or_create(visit=current, defaults={"authority_id": current.authority_id})
    typed = {code: stands for code, stands in sections.items() if stands}
    theirs = _differences(form, {"ready_on_the_day": ready_on_the_day, "note": note, "sections": typed})
    if theirs and seen_revision is not None and form.revision != seen_revision:
        raise history.Conflict(form, theirs)
    form.ready_on_the_day, form.note = ready_on_the_day, note
    return _save_sections(current, typed, by, on, received_on=received_on, form=form, also=theirs)


def _differences(form: PreVisitForm, typed: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """{field: (typed, stands)}; of the sections each by itself."""
    found: dict[str, tuple[Any, Any]] = {}
    for name in ("ready_on_the_day", "note"):
        if typed[name] != getattr(form, name):
            found[name] = (typed[name], getattr(form, name))
    for code in sorted(set(typed["sections"]) | set(form.sections)):
        mine, stands = typed["sections"].get(code, ""), form.sections.get(code, "")
        if mine != stands:
            found[f"section-{code}"] = (mine, stands)
    return found


def _save_sections(
    visit: Visit,
    sections: dict[str, str],
    by: Person,
    on: date,
    *,
    received_on: date | None,
    form: PreVisitForm | None = None,
    also: Mapping[str, tuple[Any, Any]] | None = None,
) -> PreVisitForm:
    if form is None:
        form, _ = PreVisitForm.objects.get_or_create(visit=visit, defaults={"authority_id": visit.authority_id})
    before = dict(form.sections)
    changes = {name: [stands, typed] for name, (typed, stands) in (also or {}).items() if "-" not in name}
    for code in sorted(set(before) | set(sections)):
        if before.get(code, "") != sections.get(code, ""):
            changes[code] = [before.get(code, ""), sections.get(code, "")]
    form.sections = {code: stands for code, stands in sections.items() if stands}
    if changes:
        _write(form, "pre-visit form looked at", by, changes)
    _settle_form(visit, form, before, received_on, by=by, on=on)
    return form


def _settle_form(
    visit: Visit, form: PreVisitForm, before: Mapping[str, str], received_on: date | None, *, by: Person, on: date
) -> None:
    """With its last section the form is received (C13: complete in every section); with one missing after all it is not."""
    record = StepRecord.objects.filter(visit=visit, step=FORM_STEP).first()
    asked = [section.code for section in sections_for(visit.provision.type)]
    if all(form.sections.get(code) == THERE for code in asked):
        if received_on is not None and (record is None or record.done_on != received_on):
            record_step(visit=visit, step=FORM_STEP, done_on=received_on, by=by, on=on)
        elif record is None:
            raise ValidationError({"received_on": "Enter the day on which the last section was there"})
    elif record is not None and record.done_on and _newly_missing(form, before):
        take_step_back(record=record, because="A section is missing after all", by=by)


def _newly_missing(form: PreVisitForm, before: Mapping[str, str]) -> bool:
    return any(stands == MISSING and before.get(code) != MISSING for code, stands in form.sections.items())


def _sections(stands: Day) -> dict[str, str]:
    return dict(stands.form.sections) if stands.form else {}


def _merged(stands: Sequence[Met], typed: Sequence[tuple[Met, Met]]) -> tuple[list[Met], bool]:
    """The staff with what somebody added, changed or took away; and whether a line that they changed is gone."""
    nobody, people, lost = Met("", ""), list(stands), False
    wanted = Counter(now for _, now in typed)  # two support workers are two lines, the same form sent twice is not
    for was, now in typed:
        if was == now:
            continue
        if was == nobody:
            people += [now] if people.count(now) < wanted[now] else []
        elif was in people:
            people[people.index(was)] = now
        else:
            lost = lost or now not in [*people, nobody]
    return [each for each in people if each != nobody], lost


def _record_of(question: str, stands: Day) -> DayChecklist | PreVisitForm | YoungPersonSeen | None:
    """The record that holds a question's answer, whose history says who saved it first."""
    kind, _, of = question.partition("-")
    if kind in OF_YOUNG_PERSON:
        return stands.rows.get(int(of))
    if kind == "section":
        return stands.form
    return None if kind == "premises" else stands.checklist


def _by_kind(answers: Iterable[Answer]) -> Wanted:
    wanted: Wanted = {}
    for answer in answers:
        kind, _, of = answer.question.partition("-")
        wanted.setdefault(kind, {})[of] = answer.now
    return wanted


def _save_checklist(visit: Visit, stands: Day, wanted: Wanted, people: list[Met], by: Person) -> None:
    changes: dict[str, list[Any]] = {}
    row = stands.checklist or DayChecklist(authority_id=visit.authority_id, visit=visit)
    for name in NOTES:
        if name in wanted:
            changes[name] = [getattr(row, name), wanted[name][""]]
            setattr(row, name, wanted[name][""])
    for code, answer in wanted.get("document", {}).items():
        changes[code] = [_words(row.documents.get(code, "")), _words(answer)]
        row.documents = {key: kept for key, kept in {**row.documents, code: answer}.items() if kept}
    if tuple(people) != stands.staff:
        changes["staff_met"] = [_staff_words(stands.staff), _staff_words(people)]
        row.staff = [{"role": each.role, "note": each.note} for each in people]
    if changes:
        _write(row, "checklist of the day filled in", by, changes)


def _words(answer: str) -> str:
    """'not there' for not_there, as the history keeps it beside the document's code."""
    return answer.replace("_", " ")


def _staff_words(people: Iterable[Met]) -> list[str]:
    return [f"{each.role}: {each.note}" if each.note else each.role for each in people if each.role or each.note]


def _write(row: DayChecklist | PreVisitForm, verb: str, by: Person, changes: Mapping[str, Sequence[Any]]) -> None:
    """Under the visit's lock: a row whose answers are objects, which the history keeps one by one."""
    row.revision += 1
    row.save()
    history.record(verb, about=row, by=by, changes=changes)


def _save_premises(visit: Visit, stands: Day, wanted: Mapping[str, str], by: Person) -> None:
    """Which premises were seen is a fact of the visit, since an initial visit is owed for each (R7).

    Once it is recorded as held and discharges one, that one was seen: whoever knows better corrects the visit.
    """
    numbers = set(stands.premises)
    for number, answer in wanted.items():
        numbers = numbers | {int(number)} if answer == YES else numbers - {int(number)}
    rows = Premises.objects.filter(authority=visit.authority_id, provision=visit.provision_id, pk__in=numbers)
    if visit.state == VisitState.HELD:
        keys = visit.discharges.values_list("key", flat=True)
        refuse_unseen(keys, rows, by, besides=unseen_before(visit, by))
    history.amend(visit, verb="premises seen", by=by, seen_revision=None, premises=list(rows))


def _save_young_people(visit: Visit, wanted: Wanted, by: Person, on: date) -> None:
    answers: dict[int, dict[str, str]] = {}
    for kind in OF_YOUNG_PERSON:
        for number, answer in wanted.get(kind, {}).items():
            answers.setdefault(int(number), {})[kind] = answer
    was_owed, chased_before = _not_settled(visit), _last_chased(visit)
    seen = {each.pk: each for each in YoungPerson.objects.seen_by(by).filter(pk__in=answers)}
    for about, of_them in answers.items():
        if about in seen:
            _save_young_person(visit, seen[about], of_them, by, on)
    if {"questionnaire", "chased"} & set(wanted):
        _settle_chase(visit, was_owed, chased_before, by, on)


def _save_young_person(
    visit: Visit, young_person: YoungPerson, answers: Mapping[str, str], by: Person, on: date
) -> None:
    row, _ = YoungPersonSeen.objects.get_or_create(
        visit=visit, young_person=young_person, defaults={"authority_id": visit.authority_id}
    )
    values: dict[str, Any] = {OF_YOUNG_PERSON[kind]: answer for kind, answer in answers.items()}
    if "chased_on" in values:
        values["chased_on"] = date.fromisoformat(values["chased_on"]) if values["chased_on"] else None
    if values.get("questionnaire") in ON_PAPER:
        values["paper_was_left"] = True
    _refuse_chase(visit, row, values, on)
    history.amend(row, verb="young person of the day recorded", by=by, seen_revision=None, **values)


def _refuse_chase(visit: Visit, row: YoungPersonSeen, values: Mapping[str, Any], on: date) -> None:
    chased_on = values.get("chased_on")
    if chased_on is None:
        return
    if not (row.paper_was_left or values.get("paper_was_left")):
        raise ValidationError("No paper questionnaire was left with this young person: there is nothing to chase.")
    if not visit.visit_on <= chased_on <= on:
        raise ValidationError(
            f"A questionnaire is chased after the visit on {in_words(visit.visit_on)}, and not in the future."
        )


def _not_settled(visit: Visit) -> set[int]:
    """Rows whose paper questionnaire is still out, and that nobody has chased."""
    left = YoungPersonSeen.objects.filter(visit=visit, questionnaire="paper_left", chased_on=None)
    return set(left.values_list("pk", flat=True))


def _last_chased(visit: Visit) -> date | None:
    rows = YoungPersonSeen.objects.filter(visit=visit, paper_was_left=True)
    return max((row.chased_on for row in rows if row.chased_on), default=None)


def _settle_chase(visit: Visit, was_owed: set[int], chased_before: date | None, by: Person, on: date) -> None:
    """R10: the step is done once every paper copy is chased or back, and open again where that was recorded by mistake.

    Its day is that of the last chase, and follows a correction of it; a day that somebody recorded by hand stays.
    """
    record = StepRecord.objects.filter(visit=visit, step=CHASE_STEP).first()
    owed, last = _not_settled(visit), _last_chased(visit)
    if owed:
        if record is not None and record.done_on and owed - was_owed:
            take_step_back(record=record, because="A questionnaire is still out after all", by=by)
    elif record is not None:
        if record.done_on and record.done_on == chased_before and last and last != chased_before:
            record_step(visit=visit, step=CHASE_STEP, done_on=last, by=by, on=on)
    elif visit.state == VisitState.HELD and visit.young_people_seen.filter(paper_was_left=True).exists():
        record_step(visit=visit, step=CHASE_STEP, done_on=last or on, by=by, on=on)
