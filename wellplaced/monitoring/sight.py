"""Which restricted records one person may see, asked once a page, and how a young person is named to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from wellplaced.design.tags import Link
from wellplaced.monitoring.models import Concern, Requirement
from wellplaced.monitoring.words import KINDS, RESTRICTED
from wellplaced.people.models import Person
from wellplaced.placements.models import Placement, YoungPerson, YoungPersonQuerySet

RECENT_MONTHS = 12  # how far back somebody who has left is still offered on a concern


@dataclass(frozen=True)
class Sight:
    """The restricted young people whom the person is named on; all others of the authority are seen by everybody."""

    named_on: frozenset[int]

    @classmethod
    def of(cls, person: Person) -> "Sight":
        restricted = YoungPerson.objects.seen_by(person).filter(restricted=True)
        return cls(frozenset(restricted.values_list("pk", flat=True)))

    def sees(self, young_person: YoungPerson) -> bool:
        return not young_person.restricted or young_person.pk in self.named_on

    def open_records(self, relation: str) -> Q:
        """Rows whose young person, by that relation, the person may see: cheaper where `seen_by` would stand many times."""
        return Q(**{f"{relation}__restricted": False}) | Q(**{f"{relation}__in": sorted(self.named_on)})

    def name(self, young_person: YoungPerson) -> Link | str:
        """Initials and reference with a link, or that the record is restricted."""
        if not self.sees(young_person):
            return RESTRICTED
        return Link(str(young_person), young_person.get_absolute_url())

    def names(self, young_people: Iterable[YoungPerson]) -> list[Link | str]:
        """Those seen by name, and one line for those who are not."""
        people = list(young_people)
        named: list[Link | str] = [self.name(each) for each in people if self.sees(each)]
        return named if len(named) == len(people) else [*named, RESTRICTED]

    def whose(self, owed: Requirement) -> str:
        """For whom an initial visit is owed, inside a sentence: 'AB (10234)'; nothing for the other kinds."""
        if owed.kind != "initial" or owed.placement is None:
            return ""
        whom = owed.placement.young_person
        return str(whom) if self.sees(whom) else f"{RESTRICTED[:1].lower()}{RESTRICTED[1:]}"

    def title(self, owed: Requirement) -> str:
        """What is owed: 'Initial visit for AB (10234)'; several may be owed at one place."""
        whose = self.whose(owed)
        return f"{KINDS[owed.kind]} for {whose}" if whose else KINDS[owed.kind]

    def may_read(self, concern: Concern) -> bool:
        """Whether what a concern says may be read: not where it is about somebody whose record is closed to them."""
        return all(self.sees(each) for each in concern.young_people.all())


def offered_young_people(person: Person, provision_id: int, today: date) -> "list[int]":
    """Those placed at a provision now or in the last months whom the person may see, by number."""
    since = months_before(today, RECENT_MONTHS)
    placed = Placement.objects.seen_by(person).filter(provision=provision_id, cancelled=False, starts_on__lte=today)
    placed = placed.exclude(ends_on__lt=since)
    return list(placed.values_list("young_person_id", flat=True))


def young_people_there(person: Person, provision_id: int, today: date, also: int | None = None) -> YoungPersonQuerySet:
    """Whom a task at a provision may be about: those of `offered_young_people`, and whoever it is about already."""
    offered = [*offered_young_people(person, provision_id, today), *([also] if also else [])]
    return YoungPerson.objects.seen_by(person).filter(pk__in=offered).order_by("reference")


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month; the 28th where that month has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))
