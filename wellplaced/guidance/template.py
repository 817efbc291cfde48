"""A version of one's own to begin with: everything that may be replaced, as comments that say what it is."""

import json
from collections.abc import Iterator, Mapping
from datetime import date

from wellplaced.guidance.timeframes import Timeframes
from wellplaced.guidance.validation import UNITS


def override_template(base: Timeframes, *, number: str | None = None, in_force_from: date | None = None) -> str:
    """TOML in which everything is commented out, but for a number and a day of its own where they are given.

    Laid over `base` it changes nothing else. Lines that begin with '# ' hold what may be replaced; those that begin with
    '#: ' say what it is.
    """
    lines = [
        "#: A version of one's own. Take the # away from what is to change, and change it; the rest stays as it is.",
        "#: A line of its own such as [timeframes.report_submitted] must lose its # too, where a line below it does.",
        f"number = {_toml(number)}" if number else f"# number = {_toml(base.number)}",
        f"# title = {_toml(base.title)}",
        f"in_force_from = {_toml(in_force_from)}"
        if in_force_from
        else f"# in_force_from = {_toml(base.in_force_from)}",
        *_table("document", base.source["document"], "C26: document control; approved_on = 2026-04-01 may be added"),
        *_table("sos", base.source["sos"], "R9: the part of the report with this label, and its headings"),
        *_timeframes(base),
        *_readings(base),
        *_table("clauses", base.source["clauses"], "The clauses as pages and letters tell them"),
    ]
    return "\n".join(lines) + "\n"


def _timeframes(base: Timeframes) -> Iterator[str]:
    for name, timeframe in base.timeframes.items():
        replaceable = {"number": timeframe.number, "unit": timeframe.unit} if timeframe.number is not None else {}
        words = f"{timeframe.clause}: {timeframe.duty}"
        if UNITS[name]:
            words += f" (unit: one of {', '.join(UNITS[name])})"
        if timeframe.number is None and UNITS[name]:
            words += '; number = 7 may be added, with readings.R11 = "dated"'
        yield from _table(
            f"timeframes.{name}", {**replaceable, "duty": timeframe.duty, "owner": timeframe.owner}, words
        )


def _readings(base: Timeframes) -> Iterator[str]:
    yield from ("", "#: Where the guidance can be read in more than one way", "# [readings]")
    for reading in base.readings.values():
        yield from ("", f"#: {reading.id}: {reading.question}")
        yield from (f"#:   {choice}: {words}" for choice, words in reading.choices.items())
        yield f"# {reading.id} = {_toml(reading.choice)}"


def _table(name: str, values: object, words: str) -> Iterator[str]:
    yield from ("", f"#: {words}", f"# [{name}]")
    if isinstance(values, Mapping):
        yield from _values(values)


def _values(values: Mapping[str, object]) -> Iterator[str]:
    return (f"# {key} = {_toml(value)}" for key, value in values.items())


def _toml(value: object) -> str:
    """A text, a number, a list of texts or a day; a JSON text is a TOML one too."""
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
