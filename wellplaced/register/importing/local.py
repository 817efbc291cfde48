"""The list that Ofsted sends authorities, compared for the authority that loads it: names, addresses, its premises.

What somebody typed stays. A value is replaced only where it still is what an earlier list filled in, as the history tells.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from wellplaced.history.models import Event
from wellplaced.people.models import Authority
from wellplaced.register.importing.holding import Register
from wellplaced.register.importing.stated import address_lines, fold_list
from wellplaced.register.models import LocalDetails, Premises, PremisesKind
from wellplaced.register.naming import one_line
from wellplaced.register.reading import ListedRow, RegisterFile, Setting
from wellplaced.register.standing import details_text

FILLED = "filled in from Ofsted's list"
NOT_HELD = 0  # stands for a provision that the list itself adds, until `apply` puts it in
Changes = dict[str, list[Any]]


@dataclass
class LocalChange:
    """A record of the authority's own to add (without a primary key) or to change, with from → to."""

    urn: str
    record: LocalDetails | Premises
    changes: Changes = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return self.record.pk is None


class _OwnRecords:
    """What the authority holds, and which of its values came from an earlier list."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self.details = {one.provision_id: one for one in LocalDetails.objects.filter(authority=authority)}
        self.premises = {(one.provision_id, one.label): one for one in Premises.objects.filter(authority=authority)}
        self.filled: dict[tuple[str, int], dict[str, Any]] = {}
        events = Event.objects.filter(authority_id=authority.pk, verb=FILLED).order_by("at", "pk")
        for about_type, about_id, changes in events.values_list("about_type", "about_id", "changes"):
            values = self.filled.setdefault((about_type, about_id), {})
            values.update({name: pair[1] for name, pair in changes.items()})

    def is_typed(self, record: models.Model, name: str) -> bool:
        """Whether the value is somebody's own: neither blank nor what a list filled in."""
        value = getattr(record, name)
        if value in (None, ""):
            return False
        filled = self.filled.get((record._meta.label_lower, record.pk), {})
        return bool(_plain(value) != filled.get(name))


def compare_list(file: RegisterFile, register: Register, authority: Authority) -> list[LocalChange]:
    """The authority's details and premises that the list fills in. Three queries."""
    own = _OwnRecords(authority)
    found: list[LocalChange] = []
    for urn, listed in fold_list(file).items():
        held = register.held.get(urn)
        provision_id = held.registration.provision_id if held else NOT_HELD
        public_name = held.provision.name if held else ""
        details = {name: value for name, value in listed.details.items() if (name, value) != ("name", public_name)}
        record = own.details.get(provision_id) or LocalDetails(authority=authority, provision_id=provision_id)
        older = bool(file.as_at and record.from_list_on and file.as_at < record.from_list_on)
        changed = _fill(own, urn, record, details, older=older)
        if changed:
            found.append(changed)
        found += _settings(own, urn, provision_id, listed.settings)
    for change in found:
        if isinstance(change.record, LocalDetails):
            change.record.from_list_on = file.as_at or change.record.from_list_on
            change.record.search_text = details_text(change.record)
    return found


def _settings(own: _OwnRecords, urn: str, provision_id: int, rows: tuple[ListedRow, ...]) -> list[LocalChange]:
    found: list[LocalChange] = []
    for label, setting in _labelled(rows):
        record = own.premises.get((provision_id, label)) or Premises(
            authority=own.authority, provision_id=provision_id, label=label, kind=_kind(setting)
        )
        changed = _fill(own, urn, record, _values(setting))
        if changed:
            found.append(changed)
    return found


def _labelled(rows: tuple[ListedRow, ...]) -> list[tuple[str, Setting]]:
    """Each setting with a label of its own: several at one address are numbered in the list's order."""
    times: Counter[str] = Counter()
    found = []
    for row in rows:
        label = _label(row.setting) if row.setting else ""
        if row.setting and label:
            times[label] += 1
            found.append((f"{label} ({times[label]})" if times[label] > 1 else label, row.setting))
    return found


def _label(setting: Setting) -> str:
    """What tells one setting from another: its address, for the list gives it no number."""
    if setting.address is None:
        return ""
    address = setting.address
    return one_line((address.line_1, address.line_2, address.postcode), ", ")[:110]


def _kind(setting: Setting) -> str:
    """Category 1 is self-contained, for one person's sole use; the other categories are shared."""
    own_front_door = (setting.category or "").strip().lower() in {"category 1", "1"}
    return PremisesKind.FLAT if own_front_door else PremisesKind.SHARED_HOUSE


def _values(setting: Setting) -> dict[str, Any]:
    closed = (setting.status or "").lower() in {"closed", "cancelled", "resigned", "inactive"}
    values = {
        "address": address_lines(setting.address),
        "postcode": setting.address.postcode if setting.address else None,
        "capacity": setting.capacity,
        "category": setting.category,
        "closed_on": setting.status_on if closed else None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _fill(
    own: _OwnRecords, urn: str, record: LocalDetails | Premises, values: dict[str, Any], *, older: bool = False
) -> LocalChange | None:
    """Set what the list says on the record, but for what somebody typed; None where nothing changes.

    An older list only fills in what is blank.
    """
    change = LocalChange(urn, record)
    for name, said in values.items():
        longest = getattr(record._meta.get_field(name), "max_length", None)
        value = said[:longest] if isinstance(said, str) and longest else said
        known = getattr(record, name)
        if value != known and (known in (None, "") or not (older or own.is_typed(record, name))):
            setattr(record, name, value)
            change.changes[name] = [_plain(known), _plain(value)]
    return change if change.changes or (change.is_new and isinstance(record, Premises)) else None


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
