"""Applying a comparison: whole, in one short transaction, with the history of each change; or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice

from django.db import IntegrityError, models, transaction

from wellplaced import history
from wellplaced.history.recording import load_listeners
from wellplaced.people.models import Authority, Person
from wellplaced.register.importing.comparison import Comparison, Progress, compare
from wellplaced.register.importing.holding import stamp
from wellplaced.register.importing.prepared import Prepared, prepare
from wellplaced.register.models import Judgement, LocalDetails, Premises, Provider, Provision, Registration
from wellplaced.register.reading import RegisterFile

AT_ONCE = 500  # rows a statement
NUMBERS_AT_ONCE = 900  # SQLite takes 999 values in a statement
MOST_TRIES = 3

PROVISION_COLUMNS = (
    "type", "provider", "name", "address", "postcode", "local_authority", "region", "sector", "places",
    "public_premises", "urn", "status", "outcome", "judged_on", "search_text", "revision",
)  # fmt: skip
REGISTRATION_COLUMNS = (
    "linked_education_urn", "ofsted_type", "status", "registered_on", "ended_on", "left_marked_on", "revision",
)  # fmt: skip
JUDGEMENT_COLUMNS = (
    "event_number", "event_type", "scale", "outcome", "words", "inspected_on", "published_on", "parts", "entered_by",
    "revision",
)  # fmt: skip
DETAILS_COLUMNS = (
    "name", "address", "postcode", "telephone", "email", "from_list_on", "search_text", "revision",
)  # fmt: skip
PREMISES_COLUMNS = ("address", "postcode", "capacity", "category", "closed_on", "revision")


class RegisterChanged(Exception):
    """Somebody changed the register after it was compared: compare again."""


def import_file(
    file: RegisterFile,
    *,
    by: Person | None,
    on: date,
    authority: Authority | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Compare and apply, again where the register changed in between; returns the comparison that was applied."""
    for _ in range(MOST_TRIES - 1):
        comparison = compare(file, authority=authority, progress=progress)
        try:
            apply(comparison, by=by, on=on)
        except RegisterChanged:
            continue
        return comparison
    comparison = compare(file, authority=authority, progress=progress)
    apply(comparison, by=by, on=on)
    return comparison


def apply(comparison: Comparison, *, by: Person | None, on: date) -> None:
    """Make the comparison true, with the history of each change. Raises RegisterChanged, and then nothing is changed.

    Everything is made ready before the transaction begins; the comparison is used up.
    """
    prepared = prepare(comparison, on)
    load_listeners()
    try:
        _write(comparison, prepared, by=by)
    except IntegrityError as problem:  # somebody added the same registration, owner or premises in the same moment
        raise RegisterChanged from problem


@transaction.atomic
def _write(comparison: Comparison, prepared: Prepared, *, by: Person | None) -> None:
    _lock(comparison, prepared)
    Provider.objects.bulk_create(prepared.providers, batch_size=AT_ONCE)
    Provision.objects.bulk_create(prepared.provisions, batch_size=AT_ONCE)
    Registration.objects.bulk_create(prepared.registrations, batch_size=AT_ONCE)
    Judgement.objects.bulk_create(prepared.judgements, batch_size=AT_ONCE)
    _overwrite(prepared.changed_provisions, PROVISION_COLUMNS)
    _overwrite(prepared.changed_registrations, REGISTRATION_COLUMNS)
    _overwrite(prepared.changed_judgements, JUDGEMENT_COLUMNS)
    for model, columns in ((LocalDetails, DETAILS_COLUMNS), (Premises, PREMISES_COLUMNS)):
        own = [row for row in prepared.local if isinstance(row, model)]
        model._default_manager.bulk_create(own, batch_size=AT_ONCE)  # type: ignore[arg-type]
        _overwrite([row for row in prepared.changed_local if isinstance(row, model)], columns)
    _date(comparison)
    if events := prepared.events():
        history.record_many(events, by=by)


def _lock(comparison: Comparison, prepared: Prepared) -> None:
    """Nobody changes these rows until the end, and nobody changed anything since the comparison.

    The keys are left free, so that on PostgreSQL what people record about these provisions need not wait.
    """
    for numbers in _some([provision.pk for provision in prepared.changed_provisions]):
        list(Provision.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk").values_list("pk"))
    if stamp() != comparison.stamp:
        raise RegisterChanged


def _overwrite(rows: Sequence[models.Model], columns: Sequence[str]) -> None:
    """Write these columns of rows that exist, many in one statement."""
    if rows:
        manager = type(rows[0])._default_manager
        manager.bulk_create(
            rows, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["pk"], update_fields=list(columns)
        )


def _date(comparison: Comparison) -> None:
    """The newest file that spoke of these registrations is this one: no event, for nothing about them changed."""
    for numbers in _some([registration.pk for registration in comparison.dated]):
        Registration.objects.filter(pk__in=numbers).update(as_at=comparison.file.as_at)


def _some(numbers: Sequence[int]) -> list[list[int]]:
    rest = iter(numbers)
    return list(iter(lambda: list(islice(rest, NUMBERS_AT_ONCE)), []))
