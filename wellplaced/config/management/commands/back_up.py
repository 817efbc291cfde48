"""`wellplaced back-up FILE`: a consistent copy of the SQLite database while the service runs, for its owner alone."""

import sqlite3
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Copy the SQLite database, consistent even while people write. PostgreSQL: use pg_dump."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where the copy goes; it must not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError("This copies an SQLite database. For PostgreSQL use pg_dump.")
        file: Path = options["file"]
        if file.exists():
            raise CommandError(f"{file} exists already: choose another name.")
        part = file.with_name(f"{file.name}.part")
        try:
            part.unlink(missing_ok=True)  # of a copy that was broken off, with whatever rights it has
            part.touch(mode=0o600, exist_ok=False)  # it holds children's data: nobody but its owner reads it
            with closing(sqlite3.connect(part)) as copy:
                connection.ensure_connection()
                connection.connection.backup(copy)
            part.rename(file)
        except (OSError, sqlite3.Error) as error:
            part.unlink(missing_ok=True)
            raise CommandError(f"{file} could not be written: {error}.") from error
        self.stdout.write(f"Copied to {file}.")
