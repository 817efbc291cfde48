"""Reading versions of the timeframes: the shipped files, a file of one's own, and one laid over another."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from wellplaced.guidance.refusal import Refusal
from wellplaced.guidance.timeframes import Timeframes, in_order
from wellplaced.guidance.validation import Table, timeframes_from

_SHIPPED = Path(__file__).parent


@cache
def default_versions() -> tuple[Timeframes, ...]:
    """The versions that come with the product, `best_practice*.toml`, by the day from which they are in force."""
    return in_order([load(path) for path in sorted(_SHIPPED.glob("best_practice*.toml"))])


def load(source: Path | str) -> Timeframes:
    """A whole version from a file or from TOML text. Raises `Refusal` with the path of the key that is wrong."""
    text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
    return timeframes_from(_parsed(text))


def override(base: Timeframes, toml_text: str) -> Timeframes:
    """The version that an authority makes of `base`: TOML that holds only what it replaces.

    It may replace any number, unit, owner, duty, clause text, reading (`readings.R7 = "every_placement"`), the document
    control, the SOS part, `number`, `title` and `in_force_from`. Raises `Refusal` with the path of the key, such as
    `timeframes.report_submitted.number`.
    """
    return timeframes_from(_laid_over(base.source, _parsed(toml_text), ()))


def _parsed(text: str) -> Table:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refusal("-", f"not TOML: {error}") from error
    except RecursionError as error:
        raise Refusal("-", "nested too deeply to be timeframes") from error
    except ValueError as error:  # a number with thousands of digits
        raise Refusal("-", "a number in it is too long to be read") from error


def _laid_over(base: Mapping[str, object], replacement: Table, path: tuple[str, ...]) -> Table:
    merged: Table = dict(base)
    for key, value in replacement.items():
        before = base.get(key)
        here = (*path, key)
        if path == ("readings",) and isinstance(value, str):
            value = {"choice": value}  # noqa: PLW2901 - the short form of a reading
        if isinstance(before, Mapping):
            if not isinstance(value, dict):
                raise Refusal(".".join(here), "must be a table")
            value = _laid_over(before, value, here)  # noqa: PLW2901
        elif _is_fixed(here) and value != before:
            raise Refusal(".".join(here), "belongs to the guidance and cannot be replaced")
        merged[key] = value
    return merged


def _is_fixed(path: tuple[str, ...]) -> bool:
    return path[0] == "timeframes" and path[-1] in {"clause", "readings"}
