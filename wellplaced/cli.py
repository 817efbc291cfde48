"""The command `wellplaced`: the timeframes without the web application, everything else through Django's management."""

import os
import sys


def main() -> int:
    """Run a subcommand; hyphens and underscores in its name are the same. Returns the exit status."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["timeframes"]:
        return _timeframes(arguments[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellplaced.config.settings")
    from django.core.exceptions import ImproperlyConfigured  # only now: the timeframes need no Django
    from django.core.management import execute_from_command_line

    if arguments and not arguments[0].startswith("-"):
        arguments[0] = arguments[0].replace("-", "_")
    try:
        execute_from_command_line(["wellplaced", *arguments])
    except ImproperlyConfigured as refusal:
        sys.stderr.write(f"Wellplaced does not start. {refusal}\n")
        return 1
    return 0


def _timeframes(arguments: list[str]) -> int:
    from wellplaced.guidance.command import main as answer
    from wellplaced.guidance.counting import ClosedDays

    def england() -> ClosedDays:
        from wellplaced.bankholidays import (
            england as known,
        )  # its package takes a while, and most files need no working days

        return known()

    return answer(arguments, england)
