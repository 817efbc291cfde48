"""A version of one's own to begin with: everything that may be replaced, as comments that say what it is."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from wellplaced.guidance.timeframes import Timeframes
from wellplaced.guidance.validation import UNITS

_REPLACEABLE = ("number", "unit", "duty", "owner")  # of a timeframe; its clause and readings belong to the guidance


def override_template(
    base: Timeframes,
    *,
    number: str | None = None,
    in_force_from: date | None = None,
    own: Timeframes | None = None,
) -> str:
    """TOML in which everything is commented out, but for a number and a day of its own where they are given.

    Laid over `base` it changes nothing else; with `own`, an earlier version over the same base, it replaces all that `own`
    replaces. Lines that begin with '# ' hold what may be replaced; those that begin with '#: ' say what it is.
    """
    taken = own or base
    lines = [
        "#: A version of one's own. Take the # away from what is to change, and change it; the rest stays as it is.",
        "#: A line of its own such as [timeframes.report_submitted] must lose its # too, where a line below it does.",
        *([f"#: What version {own.number} replaced is taken over: its lines have no #."] if own else ()),
        f"number = {_toml(number)}" if number else f"# number = {_toml(base.number)}",
        _line("title", base.source, taken.source),
        f"in_force_from = {_toml(in_force_from)}"
        if in_force_from
        else f"# in_force_from = {_toml(base.in_force_from)}",
        *_part("document", base, taken, "C26: document control; approved_on = 2026-04-01 may be added"),
        *_part("sos", base, taken, "R9: the part of the report with this label, and its headings"),
        *_timeframes(base, taken),
        *_readings(base, taken),
        *_part("clauses", base, taken, "The clauses as pages and letters tell them"),
    ]
    return "\n".join(lines) + "\n"


def _part(name: str, base: Timeframes, taken: Timeframes, words: str) -> Iterator[str]:
    return _table(name, _inside(base.source, name), _inside(taken.source, name), words)


def _timeframes(base: Timeframes, taken: Timeframes) -> Iterator[str]:
    for name, timeframe in base.timeframes.items():
        words = f"{timeframe.clause}: {timeframe.duty}"
        if UNITS[name]:
            words += f" (unit: one of {', '.join(UNITS[name])})"
        if timeframe.number is None and UNITS[name]:
            words += '; number = 7 may be added, with readings.R11 = "dated"'
        before, after = (
            {key: value for key, value in _inside(each.source, "timeframes", name).items() if key in _REPLACEABLE}
            for each in (base, taken)
        )
        yield from _table(f"timeframes.{name}", before, after, words)


def _readings(base: Timeframes, taken: Timeframes) -> Iterator[str]:
    """The short form of each choice; where `taken` changed the words, too, a table of its own below."""
    before, after = _inside(base.source, "readings"), _inside(taken.source, "readings")
    reworded = [name for name in before if {**after[name], "choice": before[name]["choice"]} != before[name]]
    chosen = any(before[name] != after[name] for name in before if name not in reworded)
    yield from ("", "#: Where the guidance can be read in more than one way", f"{'' if chosen else '# '}[readings]")
    for reading in base.readings.values():
        yield from ("", f"#: {reading.id}: {reading.question}")
        yield from (f"#:   {choice}: {words}" for choice, words in reading.choices.items())
        if reading.id not in reworded:
            choice = taken.choices[reading.id]
            mark = "# " if choice == reading.choice else ""
            yield f"{mark}{reading.id} = {_toml(choice)}"
    for name in reworded:
        yield from ("", f"[readings.{name}]", f"choice = {_toml(after[name]['choice'])}")
        yield from _changed(before[name], after[name], "question")
        yield f"[readings.{name}.choices]"
        yield from _changed(before[name]["choices"], after[name]["choices"], *after[name]["choices"])


def _changed(before: Mapping[str, Any], after: Mapping[str, Any], *keys: str) -> Iterator[str]:
    return (f"{key} = {_toml(after[key])}" for key in keys if after[key] != before[key])


def _table(name: str, before: Mapping[str, Any], after: Mapping[str, Any], words: str) -> Iterator[str]:
    """A table with its heading: what `after` has otherwise than `before` stands there without a #."""
    yield from ("", f"#: {words}", f"[{name}]" if before != after else f"# [{name}]")
    yield from (_line(key, before, after) for key in {**before, **after})


def _line(key: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    mark = "# " if before.get(key) == after.get(key) else ""
    return f"{mark}{key} = {_toml(after[key])}"


def _inside(source: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    for key in keys:
        source = source[key]
    return source


def _toml(value: object) -> str:
    """A text, a number, a list of texts or a day; a JSON text is a TOML one too, but for one character."""
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
