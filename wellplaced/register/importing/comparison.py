"""Comparing a file with the register: what is new, what changes from what to what, what a later file no longer lists.

Nothing is written here. The outcome is a `Comparison`, which the preview shows and `apply` makes true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from wellplaced.people.models import Authority
from wellplaced.register.importing.holding import Held, Register, Stamp, read_register
from wellplaced.register.importing.local import LocalChange, compare_list
from wellplaced.register.importing.stated import Stated, fold
from wellplaced.register.models import (
    GRADED,
    Inspectorate,
    Judgement,
    Outcome,
    Provision,
    Registration,
    RegistrationStatus,
    Scale,
)
from wellplaced.register.naming import matched_name
from wellplaced.register.reading import Inspection, RegisterFile
from wellplaced.register.reading.words import plain

Progress = Callable[[int], None]
Changes = dict[str, list[Any]]

PROVISION_FACTS = ("type", "name", "address", "postcode", "local_authority", "region", "sector", "places")
REGISTRATION_FACTS = ("ofsted_type", "status", "registered_on", "ended_on", "linked_education_urn")
SPELLED_VARIOUSLY = {"ofsted_type", "sector", "region", "local_authority"}
JUDGEMENT_FACTS = ("event_number", "scale", "outcome", "words", "inspected_on", "published_on", "parts")


@dataclass
class Update:
    """A registration that the file describes otherwise: values for its provision and for itself, and from → to."""

    held: Held
    provision: dict[str, Any] = field(default_factory=dict)
    registration: dict[str, Any] = field(default_factory=dict)
    owner: str | None = None
    changes: Changes = field(default_factory=dict)


@dataclass
class NewJudgement:
    """A judgement that the register does not hold yet, of a registration that it may not hold yet either."""

    urn: str
    label: str
    values: dict[str, Any]
    entered_by_id: int | None


@dataclass
class AmendedJudgement:
    """A judgement that a file as new or newer states otherwise."""

    held: Held
    judgement: Judgement
    values: dict[str, Any]
    changes: Changes


@dataclass
class Comparison:
    """All that a file would change. `dated` are registrations whose newest file this is; `stamp` tells the register's
    state when it was compared."""

    file: RegisterFile
    authority: Authority | None
    register: Register
    new: list[Stated] = field(default_factory=list)
    updated: list[Update] = field(default_factory=list)
    new_judgements: list[NewJudgement] = field(default_factory=list)
    amended: list[AmendedJudgement] = field(default_factory=list)
    left: list[Held] = field(default_factory=list)
    dated: list[Registration] = field(default_factory=list)
    local: list[LocalChange] = field(default_factory=list)
    read: int = 0

    @property
    def stamp(self) -> Stamp:
        return self.register.stamp

    @property
    def counts(self) -> dict[str, int]:
        """The contract's `changes`."""
        changed = {update.held.registration.urn for update in self.updated}
        changed |= {one.held.registration.urn for one in self.amended}
        changed |= {change.urn for change in self.local}
        new = {stated.urn for stated in self.new}
        return {
            "new": len(new),
            "updated": len(changed - new),
            "unchanged": self.read - len(new | changed),
            "new_judgements": len(self.new_judgements),
            "left": len(self.left),
        }

    @property
    def changes_nothing(self) -> bool:
        counts = self.counts
        return counts["unchanged"] == self.read and not counts["new_judgements"] and not counts["left"]


def compare(file: RegisterFile, *, authority: Authority | None = None, progress: Progress | None = None) -> Comparison:
    """What the file would change. `authority` is the one for which the list for authorities is read.

    `progress` is told per cent, from 0 to 100. Reads the database, in a handful of queries; writes nothing.
    """
    register = read_register()
    stated = fold(file)
    comparison = Comparison(file, authority, register, read=len(stated))
    for number, one in enumerate(stated.values()):
        _compare_one(comparison, one)
        if progress and number % 500 == 0:
            progress(10 + 80 * number // len(stated))
    comparison.left = _left(file, register)
    if authority:
        comparison.local = compare_list(file, register, authority)
    if progress:
        progress(100)
    return comparison


def _compare_one(comparison: Comparison, stated: Stated) -> None:
    held = comparison.register.held.get(stated.urn)
    if held is None:
        comparison.new.append(stated)
        label = stated.name or f"{stated.ofsted_type or 'Provision'} {stated.urn}"
        for inspection in stated.inspections:
            comparison.new_judgements.append(_new_judgement(comparison, stated, label, inspection))
        return
    older = is_older(comparison.file.as_at, held.registration.as_at)
    if not older and not stated.from_list:
        _compare_facts(comparison, stated, held)
    for inspection in stated.inspections:
        _compare_inspection(comparison, stated, held, inspection, older=older)


def is_older(file_as_at: date | None, held_as_at: date | None) -> bool:
    """Whether a file says less than what is held: an earlier day, or no day where a dated file spoke before."""
    return held_as_at is not None and (file_as_at is None or file_as_at < held_as_at)


def _compare_facts(comparison: Comparison, stated: Stated, held: Held) -> None:
    update, registration = Update(held), held.registration
    if held.describes:
        _compare_provision(stated, held.provision, update)
    _differences(stated, registration, REGISTRATION_FACTS, update.registration, update.changes)
    outdated = is_older(comparison.file.as_at, comparison.register.full_day)
    if registration.left_marked_on and not outdated and _is_listed(comparison.file, stated.urn):
        update.registration["left_marked_on"] = None
        update.changes["left_marked_on"] = [registration.left_marked_on, None]
    if update.changes:
        comparison.updated.append(update)
    if comparison.file.as_at != registration.as_at:
        comparison.dated.append(registration)


def _compare_provision(stated: Stated, provision: Provision, update: Update) -> None:
    _differences(stated, provision, PROVISION_FACTS, update.provision, update.changes)
    if stated.premises is not None and stated.premises != provision.public_premises:
        update.provision["public_premises"] = stated.premises
        update.changes["public_premises"] = [summed(provision.public_premises), summed(stated.premises)]
    known = provision.provider
    if stated.owner and matched_name(stated.owner) != (known.matched_name if known else None):
        update.owner = stated.owner
        update.changes["provider"] = [known.name if known else "", stated.owner]


def summed(premises: Iterable[dict[str, Any]]) -> str:
    """The counts of a provider's public premises in words, for the preview and the history."""
    rows = list(premises)
    areas = len({row["local_authority"] for row in rows})
    number, places = sum(row["premises"] for row in rows), sum(row["places"] for row in rows)
    return f"{number} premises, {places} places, {areas} areas" if rows else ""


def _differences(
    stated: Stated, record: models.Model, names: Iterable[str], values: dict[str, Any], changes: Changes
) -> None:
    for name in names:
        said, known = fitting(record, name, getattr(stated, name)), getattr(record, name)
        if said is None or said == known:
            continue
        if name in SPELLED_VARIOUSLY and plain(str(said)) == plain(str(known)):
            continue
        values[name] = said
        changes[name] = [known, said]


def fitting(record: models.Model | type[models.Model], name: str, value: Any) -> Any:
    """A text no longer than its column: a file may hold anything in any cell."""
    longest = record._meta.get_field(name).max_length  # type: ignore[union-attr]
    return value[:longest] if isinstance(value, str) and longest else value


def _is_listed(file: RegisterFile, urn: str) -> bool:
    return any(urn in sheet.urns for sheet in file.of_layout("provider_level"))


def _compare_inspection(
    comparison: Comparison, stated: Stated, held: Held, inspection: Inspection, *, older: bool
) -> None:
    own = comparison.authority.pk if comparison.authority and stated.from_list else None
    if stated.from_list and own is None:  # nobody's list says nothing about what the register holds
        return
    known = held.inspection(inspection.event_number or "", inspection.inspected_on, own)
    if known is None:
        comparison.new_judgements.append(_new_judgement(comparison, stated, held.label, inspection))
        return
    if older or stated.from_list:
        return
    values = _judgement_values(inspection)
    if inspection.published_on is None:
        del values["published_on"]
    changed = {name: value for name, value in values.items() if value not in (getattr(known, name), None, "", {})}
    if known.entered_by_id:
        changed["entered_by"] = None
    if changed:
        changes = {name: [getattr(known, name), value] for name, value in changed.items()}
        comparison.amended.append(AmendedJudgement(held, known, changed, in_words(changes)))


def _new_judgement(comparison: Comparison, stated: Stated, label: str, inspection: Inspection) -> NewJudgement:
    """A judgement from an authority's own list is that authority's alone, until a public file states it."""
    own = comparison.authority.pk if comparison.authority and stated.from_list else None
    return NewJudgement(stated.urn, label, _judgement_values(inspection), own)


def _judgement_values(inspection: Inspection) -> dict[str, Any]:
    """A file without publication days (before 2017, and the list for authorities) leaves the day of the inspection:
    the first on which the judgement can have been known."""
    values = {
        "event_number": inspection.event_number or "",
        "event_type": inspection.event_words or "",
        "scale": _scale(inspection.outcome),
        "outcome": inspection.outcome,
        "words": inspection.words or "",
        "inspected_on": inspection.inspected_on,
        "published_on": inspection.published_on or inspection.inspected_on,
        "parts": dict(inspection.parts),
    }
    return {name: fitting(Judgement, name, value) for name, value in values.items()}


def _scale(outcome: str) -> str:
    if outcome in GRADED:
        return Scale.FOUR_POINT
    return Scale.NOT_JUDGED if outcome == Outcome.NOT_JUDGED else Scale.SUPPORTED_ACCOMMODATION


def in_words(changes: Changes) -> Changes:
    """Changes as the history keeps them: sub-judgements as text."""
    return {
        name: [str(value) if isinstance(value, dict) else value for value in pair] for name, pair in changes.items()
    }


def _left(file: RegisterFile, register: Register) -> list[Held]:
    """Registrations held as active that a later, full file no longer lists, and that nobody was shown yet."""
    if file.full_day is None:
        return []
    listed = frozenset[str]().union(*(sheet.urns for sheet in file.of_layout("provider_level")))
    return [held for urn, held in register.held.items() if urn not in listed and _may_have_left(held, file.full_day)]


def _may_have_left(held: Held, as_at: date) -> bool:
    registration, provision = held.registration, held.provision
    return (
        registration.status == RegistrationStatus.ACTIVE
        and registration.left_marked_on is None
        and (registration.as_at is None or registration.as_at < as_at)
        and provision.inspectorate == Inspectorate.OFSTED
        and provision.entered_by_id is None
    )


def new_provision(stated: Stated) -> Provision:
    """The provision of a registration that the register does not hold, not saved; its owner is set by `apply`."""
    values = {name: getattr(stated, name) for name in PROVISION_FACTS if getattr(stated, name) is not None}
    fits = {name: fitting(Provision, name, value) for name, value in values.items()}
    return Provision(**fits, public_premises=stated.premises or [])
