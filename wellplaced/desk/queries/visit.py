"""What the page of a visit shows, in a number of queries that does not depend on how much happened around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, Model, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import Http404

from wellplaced.history.models import Event
from wellplaced.monitoring.models import (
    Feedback,
    Requirement,
    Step,
    StepRecord,
    Task,
    TaskCameBack,
    Visit,
    VisitDischarge,
    YoungPersonSeen,
)
from wellplaced.monitoring.recipients import recipients_for
from wellplaced.monitoring.sight import Sight
from wellplaced.people.models import Person
from wellplaced.placements.models import Placement
from wellplaced.register.models import LocalDetails
from wellplaced.reports.models import Comment, Document, MosaicUpload, Round

# What is counted of a visit, beside its row: (table, which of its rows). Only what the reader may see is counted.
Counted = Mapping[str, tuple[type[Model], Q]]


def _counted(sight: Sight) -> Counted:
    about = Feedback.young_people.through._default_manager.filter(feedback=OuterRef("pk"))
    about_open = ~Q(Exists(about.exclude(sight.open_records("youngperson"))))
    of_them = sight.open_records("young_person")
    task_is_open = Q(task__young_person=None) | sight.open_records("task__young_person")
    return {
        "asked_for_feedback": (Feedback, about_open & (Q(asked_on__isnull=False) | Q(answered_on__isnull=False))),
        "gave_feedback": (Feedback, about_open & Q(answered_on__isnull=False)),
        "recorded_seen": (YoungPersonSeen, of_them & Q(seen=YoungPersonSeen.Seen.SEEN)),
        "not_seen": (YoungPersonSeen, of_them & ~Q(seen="") & ~Q(seen=YoungPersonSeen.Seen.SEEN)),
        "questionnaires_in": (YoungPersonSeen, of_them & Q(questionnaire__in=["done", "posted_back"])),
        "questionnaires_out": (YoungPersonSeen, of_them & Q(questionnaire="paper_left")),
        "tasks_come_back_here": (TaskCameBack, task_is_open),
    }


@dataclass(frozen=True, kw_only=True)
class Found:
    """A visit with everything around it. The visit carries the counts of `_counted` as attributes of these names."""

    sight: Sight
    visit: Any
    steps: Sequence[Any]
    recipients: Mapping[str, Any]
    owed: Sequence[Requirement]
    tasks: Sequence[Task]
    rounds: Sequence[Round]
    uploads: Sequence[MosaicUpload]
    events: Sequence[Event]


def visit_found(person: Person, number: int) -> Found:
    """Everything; of another authority nothing is found (404)."""
    sight = Sight.of(person)
    visit = _visit(person, sight, number)
    return Found(
        sight=sight,
        visit=visit,
        steps=list(_steps(person, visit)),
        recipients={each.key: each for each in _recipients(person, visit)},
        owed=list(_owed(person, visit)),
        tasks=list(Task.objects.seen_by(person).filter(visit=visit).order_by("pk")),
        **_of_report(person, visit),
        events=list(Event.objects.of(visit).reverse()),
    )


def _visit(person: Person, sight: Sight, number: int) -> Visit:
    """The visit with its provision, officer, senior officer, report, checklist and pre-visit form, and its counts."""
    counts = {name: _count(model, where) for name, (model, where) in _counted(sight).items()}
    seen = sight.open_records("young_person")
    own = LocalDetails.objects.filter(authority=person.authority_id)
    newest = Document.objects.filter(visit=OuterRef("pk")).order_by("-number")
    rows = (
        Visit.objects.seen_by(person)
        .select_related("provision", "officer", "reviewer", "report", "checklist", "pre_visit_form")
        .prefetch_related(Prefetch("provision__local_details", queryset=own, to_attr="own_details"))
        .annotate(**counts)
        .annotate(placed_on_the_day=_placed(seen), closed_on_the_day=_placed(~seen))
        .annotate(newest_version=Subquery(newest.values("number")[:1]))
    )
    found: Visit | None = rows.filter(pk=number).first()
    if found is None:
        raise Http404("No such visit")
    return found


def _count(model: type[Model], where: Q) -> Coalesce:
    rows = model._default_manager.filter(where, visit=OuterRef("pk")).order_by()
    counted = Subquery(rows.values("visit").annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return Coalesce(counted, Value(0))


def _placed(who: Q) -> Coalesce:
    """How many young people of ours were placed there on the visit's day, of those asked for."""
    day = OuterRef("visit_on")
    there = Placement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=day),
        who,
        authority=OuterRef("authority"),
        provision=OuterRef("provision"),
        cancelled=False,
        starts_on__lte=day,
    ).order_by()
    counted = there.values("provision").annotate(n=Count("young_person", distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _owed(person: Person, visit: Visit) -> Any:
    """The requirements that the visit names."""
    named = VisitDischarge.objects.filter(visit=visit)
    rows = Requirement.objects.seen_by(person).select_related("placement__young_person", "discharged_by", "booked_by")
    return rows.filter(provision=visit.provision_id, key__in=named.values("key")).order_by("due_on", "key")


def _steps(person: Person, visit: Visit) -> Any:
    """The steps, each with what was recorded of it: `done_by`, and `set_aside_because`."""
    recorded = StepRecord.objects.filter(visit=OuterRef("visit"), step=OuterRef("step"))
    by = Coalesce(NullIf(F("done_by"), Value("")), F("recorded_by__name"))
    return (
        Step.objects.seen_by(person)
        .filter(visit=visit)
        .annotate(
            done_by=Subquery(recorded.annotate(by=by).values("by")[:1]),
            set_aside_because=Subquery(recorded.values("set_aside_because")[:1]),
        )
    )


def _recipients(person: Person, visit: Visit) -> Any:
    """The recipients; `said`: the kind of their first answer, `to_reply`: how many comments the officer has not replied to."""
    standing = Comment.objects.filter(recipient=OuterRef("pk"), taken_back_because="")
    first = standing.order_by("received_on", "pk")
    to_reply = standing.filter(kind=Comment.Kind.COMMENT, reply="").order_by()
    return (
        recipients_for(person)
        .filter(visit=visit)
        .annotate(
            said=Subquery(first.values("kind")[:1]),
            to_reply=Coalesce(Subquery(to_reply.values("recipient").annotate(n=Count("pk")).values("n")), Value(0)),
        )
    )


def _of_report(person: Person, visit: Visit) -> dict[str, Any]:
    """The rounds of review, what went to Mosaic; nothing is asked of a visit that has no report."""
    if getattr(visit, "report", None) is None:
        return {"rounds": [], "uploads": []}
    rounds = Round.objects.seen_by(person).filter(visit=visit).select_related("reviewer", "returned_by")
    uploads = MosaicUpload.objects.seen_by(person).filter(visit=visit).select_related("young_person", "uploaded_by")
    return {
        "rounds": list(rounds.annotate(named=Count("tasks", filter=Q(tasks__in=Task.objects.seen_by(person))))),
        "uploads": list(uploads),
    }
