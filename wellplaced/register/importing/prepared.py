"""The rows and events of an import, made ready before its transaction begins, so that it holds the database briefly."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from wellplaced.history import NewEvent
from wellplaced.history.recording import plain
from wellplaced.register.importing.comparison import (
    REGISTRATION_FACTS,
    Changes,
    Comparison,
    NewJudgement,
    Update,
    fitting,
    in_words,
    is_older,
    new_provision,
)
from wellplaced.register.importing.holding import READ_IN_FULL, THE_REGISTER, Held
from wellplaced.register.importing.local import FILLED
from wellplaced.register.importing.stated import Stated
from wellplaced.register.models import (
    Judgement,
    LocalDetails,
    Premises,
    Provider,
    Provision,
    Registration,
    RegistrationStatus,
)
from wellplaced.register.naming import matched_name
from wellplaced.register.standing import set_columns

ADDED, UPDATED = "registration added", "registration updated"
PUBLISHED, CORRECTED = "judgement published", "judgement corrected"
LEFT = "registration no longer listed"


@dataclass
class Happened:
    """One event to record once its record has a number."""

    verb: str
    about: Provision | Registration | Judgement | LocalDetails | Premises
    provision: Provision
    authority_id: int | None = None
    happened_on: date | None = None
    changes: Changes = field(default_factory=dict)

    def event(self) -> NewEvent:
        return NewEvent(
            verb=self.verb,
            about=self.about,
            authority_id=self.authority_id,
            provision_id=self.provision.pk,
            happened_on=self.happened_on,
            changes={name: [plain(value) for value in pair] for name, pair in self.changes.items()},
        )


@dataclass
class Prepared:
    """All rows to write, by kind, in the order in which they are written; and what to record."""

    providers: list[Provider] = field(default_factory=list)
    provisions: list[Provision] = field(default_factory=list)
    registrations: list[Registration] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    changed_provisions: list[Provision] = field(default_factory=list)
    changed_registrations: list[Registration] = field(default_factory=list)
    changed_judgements: list[Judgement] = field(default_factory=list)
    local: list[LocalDetails | Premises] = field(default_factory=list)
    changed_local: list[LocalDetails | Premises] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)
    read_in_full: list[NewEvent] = field(default_factory=list)

    def events(self) -> list[NewEvent]:
        """What to record, once the rows have their numbers."""
        return [happened.event() for happened in self.happened] + self.read_in_full


def prepare(comparison: Comparison, on: date) -> Prepared:
    """The rows that make a comparison true. Changes the objects of the comparison, which is used up with it."""
    return _Preparation(comparison, on).all()


class _Preparation:
    def __init__(self, comparison: Comparison, on: date) -> None:
        self.comparison, self.on = comparison, on
        self.rows = Prepared()
        self.owners = dict(comparison.register.providers)
        self.added: dict[str, Held] = {}
        self.touched: dict[int, Provision] = {}
        self.outdated = is_older(comparison.file.as_at, comparison.register.full_day)

    def all(self) -> Prepared:
        for stated in self.comparison.new:
            self._add(stated)
        for update in self.comparison.updated:
            self._update(update)
        for new in self.comparison.new_judgements:
            self._judge(new)
        self._amend()
        self._mark()
        self._local()
        self._settle()
        self._say_what_was_read()
        return self.rows

    def _owner(self, name: str | None) -> Provider | None:
        if not name:
            return None
        key = matched_name(name)
        if key not in self.owners:
            self.owners[key] = Provider(name=fitting(Provider, "name", name), matched_name=key)
            self.rows.providers.append(self.owners[key])
        return self.owners[key]

    def _add(self, stated: Stated) -> None:
        provision = new_provision(stated)
        provision.provider = self._owner(stated.owner)
        facts = {name: getattr(stated, name) for name in REGISTRATION_FACTS if getattr(stated, name) is not None}
        fits = {name: fitting(Registration, name, value) for name, value in facts.items()}
        fits.setdefault("ofsted_type", "")
        registration = Registration(provision=provision, urn=stated.urn, as_at=self.comparison.file.as_at, **fits)
        if self.outdated and registration.status == RegistrationStatus.ACTIVE:
            registration.left_marked_on = self.on  # a newer full file, already in, no longer lists it
        self.added[stated.urn] = Held(registration)
        self.rows.provisions.append(provision)
        self.rows.registrations.append(registration)
        said: Changes = {"urn": ["", stated.urn], "status": ["", registration.status]}
        if registration.left_marked_on:
            said["left_marked_on"] = [None, self.on]
        self.rows.happened.append(Happened(ADDED, registration, provision, changes=said))

    def _update(self, update: Update) -> None:
        held = update.held
        for name, value in update.provision.items():
            setattr(held.provision, name, value)
        if update.owner:
            held.provision.provider = self._owner(update.owner)
        for name, value in update.registration.items():
            setattr(held.registration, name, value)
        self._touch(held)
        happened = Happened(UPDATED, held.registration, held.provision, changes=update.changes)
        self.rows.happened.append(happened)

    def _judge(self, new: NewJudgement) -> None:
        held = self.added.get(new.urn) or self.comparison.register.held[new.urn]
        judgement = Judgement(
            provision=held.provision, registration=held.registration, entered_by_id=new.entered_by_id, **new.values
        )
        held.judgements.append(judgement)
        self.rows.judgements.append(judgement)
        if new.urn not in self.added:
            self._touch(held)
        said = {name: ["", new.values[name]] for name in ("outcome", "inspected_on", "published_on")}
        self.rows.happened.append(
            Happened(PUBLISHED, judgement, held.provision, new.entered_by_id, new.values["published_on"], said)
        )

    def _amend(self) -> None:
        for amended in self.comparison.amended:
            for name, value in amended.values.items():
                setattr(amended.judgement, name, value)
            amended.judgement.revision += 1
            self.rows.changed_judgements.append(amended.judgement)
            self._touch(amended.held)
            changes = in_words(amended.changes)
            about = Happened(CORRECTED, amended.judgement, amended.held.provision, changes=changes)
            self.rows.happened.append(about)

    def _mark(self) -> None:
        for held in self.comparison.left:
            held.registration.left_marked_on = self.on
            self._touch(held)
            said = {"left_marked_on": [None, self.on]}
            self.rows.happened.append(Happened(LEFT, held.registration, held.provision, changes=said))

    def _local(self) -> None:
        for change in self.comparison.local:
            held = self.added.get(change.urn) or self.comparison.register.held.get(change.urn)
            if held is None:
                continue
            change.record.provision = held.provision
            if isinstance(change.record, LocalDetails):
                change.record.from_list_on = change.record.from_list_on or self.on
            if change.is_new:
                self.rows.local.append(change.record)
            else:
                change.record.revision += 1
                self.rows.changed_local.append(change.record)
            authority_id = change.record.authority_id
            said = Happened(FILLED, change.record, held.provision, authority_id, changes=change.changes)
            self.rows.happened.append(said)

    def _say_what_was_read(self) -> None:
        """The day of a newer full list is kept: what a file adds later, and an older day lists, is listed no more."""
        day, known = self.comparison.file.full_day, self.comparison.register.full_day
        if day and (known is None or known < day):
            read = NewEvent(verb=READ_IN_FULL, about_type=THE_REGISTER, about_id=0, happened_on=day)
            self.rows.read_in_full.append(read)

    def _touch(self, held: Held) -> None:
        """A held registration and its provision are to be written."""
        if held.provision.pk not in self.touched:
            held.provision.revision += 1
        self.touched[held.provision.pk] = held.provision
        if held.registration not in self.rows.changed_registrations[-1:]:
            held.registration.revision += 1
            self.rows.changed_registrations.append(held.registration)

    def _settle(self) -> None:
        """What the provisions' own rows say follows from their registrations and judgements as they now are."""
        for held in self.added.values():
            set_columns(held.provision, [held.registration], held.judgements)
        for provision in self.touched.values():
            registered = self.comparison.register.of_provision[provision.pk]
            judgements = [judgement for held in registered for judgement in held.judgements]
            set_columns(provision, [held.registration for held in registered], judgements)
            self.rows.changed_provisions.append(provision)
        unique = {registration.pk: registration for registration in self.rows.changed_registrations}
        self.rows.changed_registrations = list(unique.values())
