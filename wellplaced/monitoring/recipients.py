"""The recipients of a document (C21) as one person may see them: whoever gets it for a closed record alone is not named."""

from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from wellplaced.monitoring.models import Recipient
from wellplaced.people.models import Person
from wellplaced.placements.models import YoungPerson

CLOSED = "somebody (restricted record)"


def recipients_for(person: Person) -> QuerySet[Any]:
    """The authority's recipients with `shown_name`: their name, or that they are there for a restricted record.

    `some_closed`: whether they get it for such a record, besides others perhaps: why they do not, or what they answered,
    is then closed.
    """
    concerned = Recipient.young_people.through._default_manager.filter(recipient=OuterRef("pk"))
    seen = concerned.filter(youngperson__in=YoungPerson.objects.seen_by(person).values("pk"))
    closed = concerned.filter(youngperson__restricted=True).exclude(pk__in=seen.values("pk"))
    is_named = ~Q(Exists(concerned)) | Q(Exists(seen))
    name = Case(When(is_named, then=F("name")), default=Value(CLOSED), output_field=CharField())
    rows: QuerySet[Any] = Recipient.objects.seen_by(person).annotate(shown_name=name, some_closed=Exists(closed))
    return rows
