"""`wellplaced timeframes FACTS.json [--timeframes FILE.toml]`: facts in, what is owed and when out, as JSON."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from wellplaced.guidance.answer import answer
from wellplaced.guidance.counting import ClosedDays
from wellplaced.guidance.reading import parse, read_facts
from wellplaced.guidance.refusal import Refusal
from wellplaced.guidance.timeframes import Timeframes, needs_closed_days
from wellplaced.guidance.versions import default_versions, load

REFUSED = 2


def main(arguments: Sequence[str], england: Callable[[], ClosedDays]) -> int:
    """Print the answer and return 0; or one line on standard error and return 2. `england` gives the bank holidays."""
    parser = argparse.ArgumentParser(prog="wellplaced timeframes", description="What is owed on these facts, and when.")
    parser.add_argument(
        "facts", metavar="FACTS.json", help="an object of facts or an array of them; - reads standard input"
    )
    parser.add_argument(
        "--timeframes", metavar="FILE.toml", help="a whole timeframes file to count by, instead of the guidance's"
    )
    options = parser.parse_args(arguments)
    try:
        versions = _versions(options.timeframes)
        closed = england() if needs_closed_days(versions) else None
        answered = respond(parse(_content(options.facts)), versions, closed)
    except Refusal as refusal:
        print(_one_line(str(refusal)), file=sys.stderr)
        return REFUSED
    print(json.dumps(answered))
    return 0


def respond(value: object, versions: Sequence[Timeframes], closed: ClosedDays | None = None) -> object:
    """The answer to one object of facts, or to each of an array of them. Raises `Refusal`."""
    if not isinstance(value, list):
        return _answer(value, versions, closed)
    answers = []
    for number, each in enumerate(value):
        try:
            answers.append(_answer(each, versions, closed))
        except Refusal as refusal:
            raise refusal.within(f"[{number}]") from refusal
    return answers


def _answer(value: object, versions: Sequence[Timeframes], closed: ClosedDays | None) -> dict[str, object]:
    return answer(read_facts(value, versions[-1]), versions, closed).as_json()


def _versions(file: str | None) -> tuple[Timeframes, ...]:
    if file is None:
        return default_versions()
    try:
        return (load(Path(file)),)
    except OSError as error:
        raise Refusal("--timeframes", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Refusal("--timeframes", "is not UTF-8") from error


def _content(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise Refusal("-", f"the file cannot be read: {error.strerror}") from error


def _one_line(text: str) -> str:
    """Whatever stood in the input, one line that can be printed."""
    return " ".join(text.split()).encode("ascii", "backslashreplace").decode("ascii")
