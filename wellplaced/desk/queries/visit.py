"""What the page of a visit shows, in a number of queries that does not depend on how much happened around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, Model, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce
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
from wellplaced.people.models import Person
from wellplaced.placements.models import Placement
from wellplaced.register.models import Provision
from wellplaced.reports.models import Comment, Document, MosaicUpload, Round

# What is counted of a visit, beside its row: (table, which of its rows)
COUNTED: Mapping[str, tuple[type[Model], Q]] = {
    "asked_for_feedback": (Feedback, Q(asked_on__isnull=False) | Q(answered_on__isnull=False)),
    "gave_feedback": (Feedback, Q(answered_on__isnull=False)),
    "recorded_seen": (YoungPersonSeen, Q(seen=YoungPersonSeen.Seen.SEEN)),
    "not_seen": (YoungPersonSeen, ~Q(seen="") & ~Q(seen=YoungPersonSeen.Seen.SEEN)),
    "questionnaires_in": (YoungPersonSeen, Q(questionnaire__in=["done", "posted_back"])),
    "questionnaires_out": (YoungPersonSeen, Q(questionnaire="paper_left")),
    "tasks_come_back_here": (TaskCameBack, Q()),
}


@dataclass(frozen=True, kw_only=True)
class Found:
    """A visit with everything around it. The visit carries the counts of COUNTED as attributes of these names."""

    visit: Any
    steps: Sequence[Step]
    records: Mapping[str, StepRecord]
    recipients: Mapping[str, Any]
    owed: Sequence[Requirement]
    tasks: Sequence[Task]
    document: Document | None
    rounds: Sequence[Round]
    uploads: Sequence[MosaicUpload]
    events: Sequence[Event]


def visit_found(person: Person, number: int) -> Found:
    """Everything; of another authority nothing is found (404)."""
    visit = _visit(person, number)
    keys = [each.key for each in visit.discharges.all()]
    rows = Requirement.objects.seen_by(person).select_related("placement__young_person", "discharged_by", "booked_by")
    records = StepRecord.objects.seen_by(person).filter(visit=visit).select_related("recorded_by")
    return Found(
        visit=visit,
        steps=list(Step.objects.seen_by(person).filter(visit=visit)),
        records={each.step: each for each in records},
        recipients={each.key: each for each in _recipients(person, visit)},
        owed=list(rows.filter(provision=visit.provision_id, key__in=keys).order_by("due_on", "key")) if keys else [],
        tasks=list(Task.objects.seen_by(person).filter(visit=visit).order_by("pk")),
        **_of_report(person, visit),
        events=list(Event.objects.of(visit).reverse()),
    )


def _visit(person: Person, number: int) -> Visit:
    """The visit with its officer, senior officer, report, checklist and pre-visit form, and its counts."""
    counts = {name: _count(model, where) for name, (model, where) in COUNTED.items()}
    provisions = Provision.objects.seen_by(person).with_details_of(person.authority_id)
    rows = (
        Visit.objects.seen_by(person)
        .select_related("officer", "reviewer", "report", "checklist", "pre_visit_form")
        .prefetch_related(
            Prefetch("discharges", queryset=VisitDischarge.objects.order_by("key")),
            Prefetch("provision", queryset=provisions),
        )
        .annotate(**counts, placed_on_the_day=_placed())
    )
    found: Visit | None = rows.filter(pk=number).first()
    if found is None:
        raise Http404("No such visit")
    return found


def _count(model: type[Model], where: Q) -> Coalesce:
    rows = model._default_manager.filter(where, visit=OuterRef("pk")).order_by()
    counted = Subquery(rows.values("visit").annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return Coalesce(counted, Value(0))


def _placed() -> Coalesce:
    """How many young people of ours were placed there on the visit's day, restricted ones too: a number alone."""
    day = OuterRef("visit_on")
    there = Placement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=day),
        authority=OuterRef("authority"),
        provision=OuterRef("provision"),
        cancelled=False,
        starts_on__lte=day,
    ).order_by()
    counted = there.values("provision").annotate(n=Count("young_person", distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


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
    """The newest document, the rounds of review, what went to Mosaic; nothing is asked of a visit that has no report."""
    if getattr(visit, "report", None) is None:
        return {"document": None, "rounds": [], "uploads": []}
    documents = Document.objects.seen_by(person).filter(visit=visit).select_related("uploaded_by")
    rounds = Round.objects.seen_by(person).filter(visit=visit).select_related("reviewer", "returned_by")
    uploads = MosaicUpload.objects.seen_by(person).filter(visit=visit).select_related("young_person", "uploaded_by")
    return {
        "document": documents.order_by("-number").first(),
        "rounds": list(rounds.annotate(named=Count("tasks"))),
        "uploads": list(uploads),
    }
