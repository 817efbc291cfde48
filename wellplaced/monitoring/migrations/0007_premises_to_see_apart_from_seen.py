"""One list of premises becomes two: what a visit is to see, and what was seen on its day."""

from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef


def take_apart(apps: Any, schema_editor: Any) -> None:
    """Of a visit that is not held, the list is the plan; where its day is being filled in, it is what was seen, too.

    Of a visit that was held it is what was seen: what was planned was not kept apart.
    """
    visit = apps.get_model("monitoring", "Visit")
    day = apps.get_model("monitoring", "DayChecklist").objects.filter(visit=OuterRef("visit"))
    rows = visit.premises.through.objects.exclude(visit__state="held")
    planned = visit.to_see.through
    for row in rows.iterator():
        planned.objects.get_or_create(visit_id=row.visit_id, premises_id=row.premises_id)
    rows.filter(~Exists(day)).delete()


def put_together(apps: Any, schema_editor: Any) -> None:
    visit = apps.get_model("monitoring", "Visit")
    seen = visit.premises.through
    for row in visit.to_see.through.objects.exclude(visit__state="held").iterator():
        seen.objects.get_or_create(visit_id=row.visit_id, premises_id=row.premises_id)


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0006_plan_and_fact_of_visits")]

    operations = [migrations.RunPython(take_apart, put_together)]
