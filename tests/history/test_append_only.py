"""The database itself keeps the history as it was written, whoever asks and in whatever words; one guarded way disposes of it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.people.made import authority, person
from wellplaced.history import clock
from wellplaced.history.models import Event, Guard
from wellplaced.history.purging import purge
from wellplaced.people.models import Person
from wellplaced.people.rights import Role

ANYWHERE = ("UPDATE history_event SET by_name = 'Nobody'", "DELETE FROM history_event")
ONLY = {
    "sqlite": ("INSERT OR REPLACE INTO history_event SELECT * FROM history_event",),
    "postgresql": (
        "TRUNCATE history_event",
        "INSERT INTO history_event SELECT * FROM history_event ON CONFLICT (id) DO UPDATE SET by_name = 'Nobody'",
    ),
}


@pytest.fixture
def max_(db: None) -> Person:
    Guard.objects.get_or_create()  # tests that commit lift it for their cleaning up, and leave it so
    return person(authority(), "Max Orchard", Role.MANAGER)


@pytest.mark.parametrize("statement", [*ANYWHERE, *ONLY.get(connection.vendor, ())])
def test_nothing_changes_or_deletes_what_happened(statement: str, max_: Person) -> None:
    before = list(Event.objects.order_by("pk").values())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Event.objects.order_by("pk").values()) == before


def test_the_end_of_retention_disposes_of_it_on_record_and_closes_again(max_: Person) -> None:
    count = Event.objects.filter(authority_id=max_.authority_id).count()
    tomorrow = clock.now() + timedelta(days=1)
    assert purge(before=tomorrow, authority_id=max_.authority_id, reason="Retention is over", by=max_) == count
    told = Event.objects.get(authority_id=max_.authority_id)
    assert (told.verb, told.reason, told.changes["events"]) == ("history purged", "Retention is over", [count, 0])
    assert Guard.objects.count() == 1
