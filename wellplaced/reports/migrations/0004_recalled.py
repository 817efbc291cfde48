"""A report knows that it was recalled, so that a visit that is closed and opened again does not make it go out again."""

from typing import Any

from django.db import migrations, models

SENT = ("report sent for comment", "report sent for comment again")
RECALLED = "report recalled"


def from_history(apps: Any, schema_editor: Any) -> None:
    """Recalled is a report whose recall came after its last sending."""
    events = apps.get_model("history", "Event").objects.filter(about_type="reports.report", verb__in=[*SENT, RECALLED])
    last = {event.about_id: event for event in events.order_by("at", "pk").iterator()}
    report = apps.get_model("reports", "Report")
    for number, event in last.items():
        if event.verb == RECALLED:
            report.objects.filter(pk=number).update(recalled_on=event.happened_on)


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0003_what_was_sent"),
        ("reports", "0003_how_a_round_goes"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="recalled_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunPython(from_history, migrations.RunPython.noop),
    ]
