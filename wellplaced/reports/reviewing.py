"""Who may review a report, who may read its documents, and by when a round and its tasks are due."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from wellplaced import guidance
from wellplaced.design.words import day
from wellplaced.history.models import Event
from wellplaced.monitoring.models import Visit, VisitState
from wellplaced.monitoring.timeframes import closed_days_for, versions_for
from wellplaced.people.covering import acting_for, roles_today
from wellplaced.people.models import Cover, Person
from wellplaced.people.rights import RIGHTS, Permission, Role
from wellplaced.placements.models import Placement, YoungPerson

OWN_VISIT = "You made this visit: somebody else must review its report."
NOT_A_REVIEWER = "A report is returned by a senior officer, or by somebody who acts for one."


def refusal_to_review(person: Person, visit: Visit, today: date) -> str:
    """Why the person may not return this report today; nothing where they may (C19: never whoever made the visit)."""
    if visit.officer_id == person.pk:
        return OWN_VISIT
    roles = roles_today(person, today)
    if person.authority_id != visit.authority_id or not any(Permission.REVIEW_REPORT in RIGHTS[role] for role in roles):
        return NOT_A_REVIEWER
    return ""


def reviewers(visit: Visit, today: date) -> list[Person]:
    """To whom the report may be sent: senior officers, but never whoever made the visit.

    A deputy acts for the one it is sent to. Where no other senior officer is left, whoever acts for one may be chosen.
    """
    there = Person.objects.filter(authority=visit.authority_id, is_active=True).exclude(pk=visit.officer_id or 0)
    seniors = Person.objects.filter(authority=visit.authority_id).holding(Role.SENIOR_OFFICER).values("pk")
    acting = Cover.objects.on(today).filter(absent__in=seniors).values("covering")
    return list(there.filter(pk__in=seniors)) or list(there.filter(pk__in=acting))


def deputies_of(people: Sequence[Person], today: date) -> dict[int, str]:
    """Who acts today for each of them that is away, in words, by the number of whoever is away."""
    covers = Cover.objects.on(today).filter(absent__in=people).select_related("absent", "covering").order_by("pk")
    return {
        each.absent_id: f"{each.covering} acts for {each.absent} until {day(each.ends_on)}" for each in reversed(covers)
    }


def acts_for(person: Person, reviewer: Person, today: date) -> bool:
    """Whether the person stands in for the reviewer today."""
    return person.pk != reviewer.pk and acting_for(person, today).filter(pk=reviewer.pk).exists()


def may_read(person: Person, visit: Visit) -> bool:
    """Whether what was written about the visit may be read: by whoever may see everybody who lived there that day.

    The day is every day on which it was ever recorded as held: who corrects it opens no report to themselves.
    """
    return not _restricted_there(visit).exclude(pk__in=YoungPerson.objects.seen_by(person).values("pk")).exists()


def _restricted_there(visit: Visit) -> QuerySet[Any]:
    placed = Placement.objects.of(visit.authority_id).filter(provision=visit.provision_id)
    there = Q(pk__in=visit.young_people_seen.values("young_person"))
    for held_on in _days_of(visit):
        there |= Q(pk__in=placed.current_on(held_on).values("young_person"))
    return YoungPerson.objects.of(visit.authority_id).filter(there, restricted=True)


def _days_of(visit: Visit) -> set[date]:
    """The visit's day, and each day that a correction, or another outcome, put another in the place of."""
    told = Event.objects.of(visit).filter(changes__has_key="visit_on").values_list("verb", "changes")
    corrected = [
        changes["visit_on"][0]
        for verb, changes in told
        if verb == "visit corrected" or changes.get("state", [None])[0] == VisitState.NOT_HELD
    ]
    return {visit.visit_on, *map(date.fromisoformat, corrected)}


def due_on(visit: Visit, step: str, *, submitted_on: date, returned_on: date | None = None) -> date | None:
    """By when a round is to be returned (`report_returned`), its tasks to be done (`actions_completed`).

    The guidance is asked as if the round were the visit's only one, so that every reading counts; the contract's own
    steps are of the first round alone. Raises Refusal where closed days are not known so far ahead.
    """
    done = {"report_submitted": submitted_on} | ({"report_returned": returned_on} if returned_on else {})
    facts = guidance.Facts(
        today=max(done.values()),
        provision_type=visit.provision.type,
        visits=(
            guidance.Visit(
                id=str(visit.pk),
                booked_on=visit.booked_on,
                visit_on=visit.visit_on,
                held=True,
                actions_named=1,
                done=done,
            ),
        ),
    )
    answered = guidance.answer(facts, versions_for(visit.authority_id), closed_days_for(visit.authority_id))
    return next(each.due_on for each in answered.visits[0].steps if each.step == step)


def headings_of(visit: Visit) -> tuple[str, ...]:
    """The headings under which the senior officer comments: the whole report, and those of its 'SOS' part (R9)."""
    version = guidance.in_force(versions_for(visit.authority_id), visit.booked_on)
    return ("The whole report", *version.sos_headings)
