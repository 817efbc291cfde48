"""What the triggers did not see: SQLite's INSERT OR REPLACE changes a row, PostgreSQL's TRUNCATE deletes all of them."""

from typing import Any

from django.db import migrations

CLOSE = {
    "sqlite": """CREATE TRIGGER history_is_not_replaced BEFORE INSERT ON history_event
       WHEN EXISTS (SELECT 1 FROM history_event WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END""",
    "postgresql": """CREATE TRIGGER history_is_not_emptied BEFORE TRUNCATE ON history_event
       FOR EACH STATEMENT EXECUTE FUNCTION history_refuses()""",
}
UNDO = {
    "sqlite": "DROP TRIGGER history_is_not_replaced",
    "postgresql": "DROP TRIGGER history_is_not_emptied ON history_event",
}


def close(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(CLOSE[schema_editor.connection.vendor])


def reopen(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(UNDO[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("history", "0003_what_was_sent")]
    operations = [migrations.RunPython(close, reopen)]
