"""`wellplaced import-register`: read a file of Ofsted's, say what it changes, and change it. Contract: register.md."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wellplaced.history import clock
from wellplaced.people.models import Authority
from wellplaced.register.importing import Comparison, compare, import_file, result
from wellplaced.register.reading import Problem, RegisterFile, UnreadableFile, read_file

UNREADABLE = 2


class Command(BaseCommand):
    help = "Reads a file of Ofsted's into the register; with --dry-run it only says what it would change."
    requires_system_checks = ()  # a refusal is one line, and nothing else, on standard error

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a CSV, ODS or XLSX file of Ofsted's")
        parser.add_argument("--as-at", type=_day, help="the day it describes, where its title names none")
        parser.add_argument(
            "--authority", metavar="CODE", help="for whom the list that Ofsted sends authorities is read"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--json", action="store_true", help="answer as JSON on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        authority = self._authority(options["authority"])
        try:
            file = read_file(options["file"], options["as_at"])
        except UnreadableFile as refusal:
            raise CommandError(str(refusal), returncode=UNREADABLE) from refusal
        if authority is None and any(file.of_layout("authority_list")):
            authority = self._only_authority()
        comparison = self._import(file, authority, dry_run=options["dry_run"])
        if options["json"]:
            self.stdout.write(json.dumps(result(comparison), ensure_ascii=False, indent=1))
        else:
            self._tell(comparison, dry_run=options["dry_run"])

    def _import(self, file: RegisterFile, authority: Authority | None, *, dry_run: bool) -> Comparison:
        if dry_run:
            return compare(file, authority=authority, progress=self._progress)
        return import_file(file, by=None, on=clock.today(), authority=authority, progress=self._progress)

    def _authority(self, code: str | None) -> Authority | None:
        if code is None:
            return None
        found = Authority.objects.filter(code=code).first()
        if found is None:
            raise CommandError(f"There is no authority with the code {code}.", returncode=UNREADABLE)
        return found

    def _only_authority(self) -> Authority | None:
        """The list is one authority's: in a service of one, it is that one's."""
        found = list(Authority.objects.all()[:2])
        if len(found) == 1:
            return found[0]
        self.stderr.write(
            "This is the list that Ofsted sends authorities. Its names, addresses and premises are left out: "
            "say whose it is with --authority CODE."
        )
        return None

    def _progress(self, per_cent: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if per_cent == 100 else ""
            self.stderr.write(f"\rComparing: {per_cent} %", ending=end)

    def _tell(self, comparison: Comparison, *, dry_run: bool) -> None:
        file = comparison.file
        for sheet in file.sheets:
            self.stdout.write(f"{sheet.name or 'The file'}: {sheet.layout}, {len(sheet.rows)} rows")
        for name in file.passed_over:
            self.stdout.write(f"{name}: passed over")
        would = "Would change" if dry_run else "Changed"
        counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in comparison.counts.items())
        self.stdout.write(f"{would}: {counts}")
        for problem in file.refused:
            self.stdout.write(f"{_place(problem)} refused: {_cell(problem)}")
        for problem in file.doubts:
            self.stdout.write(f"{_place(problem)}, one cell left out: {_cell(problem)}")


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise ArgumentTypeError(f"'{said}' is not a day: write it as 2025-03-31") from None


def _place(problem: Problem) -> str:
    return f"{problem.sheet}, row {problem.row}" if problem.sheet else f"Row {problem.row}"


def _cell(problem: Problem) -> str:
    return f"{problem.column} “{problem.value}”. {problem.why}"
