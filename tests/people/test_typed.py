"""How what somebody typed is shown to them: as they would recognise it."""

from datetime import UTC, datetime

from wellplaced.people.typed import Typed


def typed(*fields: tuple[str, list[str]]) -> Typed:
    return Typed("key", 1, "/staff", datetime(2026, 11, 23, 9, tzinfo=UTC), list(fields), [])


def test_the_boxes_of_a_date_are_shown_as_one() -> None:
    form = typed(("raised_on-day", ["3"]), ("raised_on-month", ["1"]), ("raised_on-year", ["2027"]))
    assert form.shown == [("Raised on", ["3/1/2027"])]


def test_what_is_empty_or_nobody_typed_is_not_shown_but_is_sent() -> None:
    form = typed(("summary", ["Noise"]), ("note", [" "]), ("revision", ["4"]), ("roles", ["viewer", "manager"]))
    assert form.shown == [("Summary", ["Noise"]), ("Roles", ["viewer", "manager"])]
    assert ("revision", "4") in form.pairs
    assert ("roles", "manager") in form.pairs


def test_what_a_form_carries_along_unseen_is_not_shown_but_is_sent() -> None:
    form = typed(("once", ["QvT4_h"]), ("round-once", ["x9"]), ("round-revision", ["2"]), ("summary", ["Noise"]))
    assert form.shown == [("Summary", ["Noise"])]
    assert ("once", "QvT4_h") in form.pairs
