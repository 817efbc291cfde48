"""The database itself refuses to change the history, and to delete from it while the guard's row stands."""

from typing import Any

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON history_event
       BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END""",
    """CREATE TRIGGER history_is_not_deleted BEFORE DELETE ON history_event
       WHEN EXISTS (SELECT 1 FROM history_guard)
       BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION history_refuses() RETURNS trigger AS $$
       BEGIN
         IF TG_OP = 'UPDATE' OR EXISTS (SELECT 1 FROM history_guard) THEN
           RAISE EXCEPTION 'the history is append-only';
         END IF;
         RETURN OLD;
       END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER history_stands BEFORE UPDATE OR DELETE ON history_event
       FOR EACH ROW EXECUTE FUNCTION history_refuses()""",
]
UNDO = {
    "sqlite": ["DROP TRIGGER history_is_not_changed", "DROP TRIGGER history_is_not_deleted"],
    "postgresql": ["DROP TRIGGER history_stands ON history_event", "DROP FUNCTION history_refuses()"],
}


def close(apps: Any, schema_editor: Any) -> None:
    apps.get_model("history", "Guard").objects.create()
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def reopen(apps: Any, schema_editor: Any) -> None:
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
    apps.get_model("history", "Guard").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]
    operations = [migrations.RunPython(close, reopen)]
