"""`wellplaced timeframes FACTS.json [--timeframes FILE.toml]`: facts in, what is owed and when out, as JSON."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from wellplaced.guidance.answer import answer
from wellplaced.guidance.counting import ClosedDays
from wellplaced.guidance.reading import parse, read_facts
from wellplaced.guidance.refusal import Refusal
from wellplaced.guidance.timeframes import Timeframes, needs_closed_days
from wellplaced.guidance.versions import default_versions, override

REFUSED = 2
USAGE = "wellplaced timeframes FACTS.json [--timeframes FILE.toml]"
HELP = """What is owed on these facts, and when, as JSON.

  FACTS.json   an object of facts, or an array of them; - reads standard input
  --timeframes a file of timeframes to count by: it holds all of them, or only what it replaces"""


def main(arguments: Sequence[str], england: Callable[[], ClosedDays]) -> int:
    """Print the answer and return 0; or one line on standard error and return 2. `england` gives the bank holidays."""
    if "--help" in arguments or "-h" in arguments:
        print(f"usage: {USAGE}\n\n{HELP}")
        return 0
    try:
        facts, timeframes = _options(arguments)
        versions = _versions(timeframes)
        closed = england() if needs_closed_days(versions) else None
        answered = respond(parse(_content(facts)), versions, closed)
    except Refusal as refusal:
        print(_one_line(str(refusal)), file=sys.stderr)
        return REFUSED
    try:
        print(json.dumps(answered), flush=True)
    except BrokenPipeError:  # whoever reads has had enough, such as 'head'; nothing more is to be flushed at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _options(arguments: Sequence[str]) -> tuple[str, str | None]:
    """The file of facts and, if any, the file of timeframes. One line for every refusal, which argparse would not keep to."""
    files: list[str] = []
    timeframes: str | None = None
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name == "--timeframes":
            timeframes = value if equals else next(rest, None)
            if not timeframes:
                raise Refusal("--timeframes", f"needs a file; usage: {USAGE}")
        elif argument.startswith("-") and argument != "-":
            raise Refusal(argument, f"unknown option; usage: {USAGE}")
        else:
            files.append(argument)
    if len(files) != 1:
        raise Refusal("-", f"one file of facts is needed; usage: {USAGE}")
    return files[0], timeframes


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
    """The shipped versions; or the newest of them with what the file replaces, which may be all of it."""
    if file is None:
        return default_versions()
    try:
        return (override(default_versions()[-1], Path(file).read_text(encoding="utf-8-sig")),)
    except OSError as error:
        raise Refusal("--timeframes", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Refusal("--timeframes", "is not UTF-8") from error
    except Refusal as refusal:
        raise Refusal("--timeframes" if refusal.path == "-" else refusal.path, refusal.reason) from refusal


def _content(file: str) -> bytes:
    try:
        if file != "-":
            return Path(file).read_bytes()
        if sys.stdin is None:
            raise Refusal("-", "there is no standard input to read")
        return sys.stdin.buffer.read()
    except OSError as error:
        raise Refusal("-", f"the file cannot be read: {error.strerror}") from error


def _one_line(text: str) -> str:
    """Whatever stood in the input, one line; what the terminal cannot show, standard error escapes by itself."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)
