"""A copy of the database: whole, never over another file, and for its owner alone."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

pytestmark = [
    pytest.mark.django_db(transaction=True),  # SQLite copies nothing out of an open transaction
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL is copied with pg_dump"),
]


def test_a_copy_is_whole_and_its_owner_alone_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "copy.sqlite3"
    broken_off = tmp_path / "copy.sqlite3.part"
    broken_off.write_bytes(b"")
    broken_off.chmod(0o666)
    call_command("back_up", file)
    assert file.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(file)) as copy:
        assert copy.execute("SELECT count(*) FROM django_migrations").fetchone()[0] > 20
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "copy.sqlite3"
    file.write_text("an older copy")
    with pytest.raises(CommandError, match="exists already"):
        call_command("back_up", file)
    assert file.read_text() == "an older copy"
