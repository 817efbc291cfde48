"""What the register holds, read whole and once, to compare a file with; and how to tell whether it changed since."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Sum

from wellplaced.history.models import Event
from wellplaced.register.models import Judgement, LocalDetails, Premises, Provider, Provision, Registration
from wellplaced.register.standing import registration_that_counts

Stamp = tuple[tuple[int, int, int], ...]
THE_REGISTER, READ_IN_FULL = "register", "full list read"  # what an event is about that concerns no one record


@dataclass
class Held:
    """A registration that the register holds, with its provision, owner and judgements."""

    registration: Registration
    judgements: list[Judgement] = field(default_factory=list)
    describes: bool = True  # whether its facts are the provision's: not those of a registration that another replaced

    @property
    def provision(self) -> Provision:
        return self.registration.provision

    @property
    def label(self) -> str:
        return self.provision.name or f"{self.provision.get_type_display()} {self.registration.urn}"

    def inspection(
        self, event_number: str, inspected_on: date | None, authority_id: int | None = None
    ) -> Judgement | None:
        """The judgement of this inspection: by its event number; where either has none, by its day.

        The shared register's before an authority's own; with `authority_id`, no other authority's.
        """
        seen = [one for one in self.judgements if authority_id is None or one.entered_by_id in (None, authority_id)]
        seen.sort(key=lambda one: one.entered_by_id is not None)
        for judgement in seen:
            if event_number and judgement.event_number == event_number:
                return judgement
        for judgement in seen:
            numberless = not (event_number and judgement.event_number)
            if numberless and inspected_on and judgement.inspected_on == inspected_on:
                return judgement
        return None


@dataclass
class Register:
    """All registrations by URN and all owners by their compared name, as read at `stamp`.

    `full_day` is the newest day of which a file listed all registrations: parts, lists for authorities and corrections
    by hand may be newer, and do not tell who is listed no more.
    """

    stamp: Stamp
    held: dict[str, Held]
    providers: dict[str, Provider]
    of_provision: dict[int, list[Held]]
    full_day: date | None


def read_register() -> Register:
    """A handful of queries, whatever the number of registrations."""
    stamped = stamp()
    held = {row.urn: Held(row) for row in Registration.objects.select_related("provision__provider").order_by("pk")}
    by_registration = {one.registration.pk: one for one in held.values()}
    for judgement in Judgement.objects.exclude(registration=None).order_by("published_on", "pk"):
        by_registration[judgement.registration_id or 0].judgements.append(judgement)
    of_provision: dict[int, list[Held]] = defaultdict(list)
    for one in held.values():
        others = of_provision[one.registration.provision_id]
        if others:  # two registrations of one provision speak of one and the same object
            one.registration.provision = others[0].provision
        others.append(one)
    for several in of_provision.values():
        counts = registration_that_counts([one.registration for one in several])
        for one in several:
            one.describes = one.registration is counts
    providers = {provider.matched_name: provider for provider in Provider.objects.all()}
    return Register(stamped, held, providers, of_provision, _full_day())


def _full_day() -> date | None:
    read = Event.objects.filter(about_type=THE_REGISTER, about_id=0, verb=READ_IN_FULL)
    newest: date | None = read.aggregate(newest=Max("happened_on"))["newest"]
    return newest


def stamp() -> Stamp:
    """Numbers that differ once anything of the register was added or changed."""
    return (*(_numbers(model) for model in (Provision, Judgement, LocalDetails, Premises)), _registrations())


def _numbers(model: type[Provision | Judgement | LocalDetails | Premises]) -> tuple[int, int, int]:
    found = model._default_manager.aggregate(rows=Count("pk"), last=Max("pk"), changes=Sum("revision"))
    return found["rows"], found["last"] or 0, found["changes"] or 0


def _registrations() -> tuple[int, int, int]:
    found = Registration.objects.aggregate(rows=Count("pk"), changes=Sum("revision"), newest=Max("as_at"))
    return found["rows"], found["changes"] or 0, found["newest"].toordinal() if found["newest"] else 0
