"""Ofsted's real files in the register: totals, the same file again, years out of order, and how long others wait."""

import time
from datetime import date
from pathlib import Path

import pytest
from django.db.models import Sum

from tests.register.made_up import REAL, needs_real_files
from tests.register.test_reading_real_files import LISTS, with_real_urns
from wellplaced.history.models import Event
from wellplaced.register.importing import Comparison, compare, import_file
from wellplaced.register.importing.actions import _write
from wellplaced.register.importing.prepared import prepare
from wellplaced.register.models import Judgement, Provision, Registration
from wellplaced.register.reading import read_bytes, read_file

pytestmark = [needs_real_files, pytest.mark.django_db]

TODAY = date(2025, 8, 1)
OFSTED = REAL / "ofsted"
WORKBOOK = OFSTED / "provider_at_march_2025.ods"


def load(path: Path, as_at: date | None = None) -> Comparison:
    return import_file(read_file(path, as_at), by=None, on=TODAY)


def year(number: int) -> Path:
    return OFSTED / f"provider_at_march_{number}.csv"


def test_the_whole_workbook_goes_in_while_nobody_waits_5_seconds_and_again_changes_nothing() -> None:
    file = read_file(WORKBOOK)
    comparison = compare(file)
    prepared = prepare(comparison, TODAY)
    begun = time.process_time()
    _write(comparison, prepared, by=None)
    assert time.process_time() - begun < 5  # of work; test_import_waits measures what somebody else waits
    assert comparison.counts == {"new": 5660, "updated": 0, "unchanged": 0, "new_judgements": 4495, "left": 0}
    in_force = Provision.objects.exclude(status__in=["resigned", "cancelled"])
    assert in_force.count() == 5600
    homes = in_force.filter(type="residential")
    assert (homes.count(), homes.aggregate(Sum("places"))["places__sum"]) == (4009, 15_742)
    again = import_file(file, by=None, on=TODAY)
    assert again.changes_nothing
    assert again.counts["unchanged"] == 5660


def test_two_years_in_order() -> None:
    first, second = load(year(2023)), load(year(2025))
    assert (first.counts["new"], first.counts["new_judgements"]) == (3546, 3546)
    assert second.counts["left"] == 357  # of 359 that are listed no more, two were held as suspended
    assert sum(second.counts[part] for part in ("new", "updated", "unchanged")) == 5600
    assert Registration.objects.left().count() == 357
    events = Event.objects.filter(verb="registration updated")
    assert events.count() == second.counts["updated"]
    assert all(event.changes for event in events)


def test_an_older_year_overwrites_nothing_and_adds_its_judgements() -> None:
    load(year(2025))
    facts = ("urn", "name", "address", "postcode", "places", "provider", "status", "outcome", "judged_on", "sector")
    before = set(Provision.objects.values_list(*facts))
    dated = set(Registration.objects.values_list("urn", "as_at", "status"))
    older = load(year(2023))
    assert older.counts["updated"] == 0
    assert older.counts["new_judgements"] == 3359
    assert older.counts["left"] == 0
    assert before <= set(Provision.objects.values_list(*facts))
    assert dated <= set(Registration.objects.values_list("urn", "as_at", "status"))
    assert load(year(2023)).changes_nothing


def test_the_judgements_of_2016_keep_their_own_words() -> None:
    load(year(2016), date(2016, 3, 31))
    adequate = Judgement.objects.filter(words="Adequate")
    assert (adequate.count(), set(adequate.values_list("outcome", flat=True))) == (20, {"requires_improvement"})


@pytest.mark.parametrize(("name", "rows"), LISTS)
def test_the_lists_with_urns_of_the_real_form_are_loaded(name: str, rows: dict[str, int], authority) -> None:  # type: ignore[no-untyped-def]
    file = read_bytes(with_real_urns(REAL / "lists" / name))
    comparison = import_file(file, by=None, on=TODAY, authority=authority)
    assert comparison.counts["new"] == sum(rows.values())
    assert comparison.authority == authority
    assert import_file(file, by=None, on=TODAY, authority=authority).changes_nothing
