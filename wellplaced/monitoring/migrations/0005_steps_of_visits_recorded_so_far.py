"""Visits that were recorded before there were steps get theirs the next time the worker looks at what time changes."""

from typing import Any

from django.db import migrations
from django.db.models import F


def look_again(apps: Any, schema_editor: Any) -> None:
    """Each provision is due a refresh on the day of its last one: `refresh_due` computes its rows anew."""
    apps.get_model("monitoring", "Refreshed").objects.update(changes_on=F("refreshed_on"))


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0004_the_visit_whole")]

    operations = [migrations.RunPython(look_again, migrations.RunPython.noop)]
