"""Who gets the report of a visit for comment, proposed from the facts (C21): CSW, IRO and SENO of whoever lived there.

Somebody in one role for several young people gets it once; for a young person whose record is restricted by themselves, so
that what they answer is closed to whoever is not named on it. Whoever is named on it adds them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from wellplaced.monitoring.actions.steps import NewRecipient
from wellplaced.monitoring.models import Recipient, Visit
from wellplaced.monitoring.placed import everybody_placed
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.whom_to_ask import needs_seno
from wellplaced.people.models import Person
from wellplaced.placements.models import Professional, ProfessionalRole, YoungPerson

CSW, IRO, SENO = ProfessionalRole.CSW, ProfessionalRole.IRO, ProfessionalRole.SENO
PROVIDER = "provider"
LONGEST_NAME = 120  # letters of a recipient's name
ROLE_WORDS = {
    CSW: "social worker (CSW)",
    IRO: "reviewing officer (IRO)",
    SENO: "SEN officer (SENO)",
    PROVIDER: "provider",
}
Held = dict[tuple[int, str], list[Professional]]


@dataclass(frozen=True)
class Missing:
    """Somebody whose CSW, IRO or SENO is not on record."""

    young_person: YoungPerson
    role: ProfessionalRole


@dataclass(frozen=True)
class Circulation:
    """Who should get the document, as far as the person who asks may see; `closed`: how many records they may not see."""

    proposed: Sequence[NewRecipient]
    missing: Sequence[Missing]
    closed: int


@dataclass
class _Group:
    """One person in one role, for one young person or several."""

    first: Professional
    young_people: list[YoungPerson] = field(default_factory=list)


def circulation_of(visit: Visit, person: Person, today: date) -> Circulation:
    """Whom the facts propose, and who is missing from them. Recipients named before keep their keys."""
    sight = Sight.of(person)
    everybody = everybody_placed(visit)
    seen = [each for each in everybody if sight.sees(each)]
    held = _professionals(seen, visit.visit_on, today)
    with_seno = needs_seno(visit)
    wanted = {each.pk: [CSW, IRO, SENO] if with_seno(each) else [CSW, IRO] for each in seen}
    missing = [Missing(each, role) for each in seen for role in wanted[each.pk] if not held[each.pk, role]]
    groups: dict[tuple[str, str, int], _Group] = {}
    for young_person in seen:
        apart = young_person.pk if young_person.restricted else 0
        for role in wanted[young_person.pk]:
            for professional in held[young_person.pk, role]:
                group = groups.setdefault((role, professional.email.lower(), apart), _Group(professional))
                group.young_people.append(young_person)
    known = list(visit.recipients.prefetch_related("young_people"))
    proposed = [*(_of_group(group, known) for group in groups.values()), _provider(visit)]
    return Circulation(
        _in_order([*proposed, *_no_longer_proposed(known, proposed, sight)]), missing, len(everybody) - len(seen)
    )


def as_new(known: Recipient, left_out_because: str = "") -> NewRecipient:
    """A recipient as they stand, got or left out."""
    return NewRecipient(
        key=known.key,
        role=known.role,
        name=known.name,
        email=known.email,
        professional=known.professional,
        young_people=list(known.young_people.all()),
        left_out_because=left_out_because,
    )


def sees_recipient(known: Recipient, sight: Sight) -> bool:
    """Whether a recipient may be named: not where they are there for closed records alone (needs young_people)."""
    concerned = list(known.young_people.all())
    return not concerned or any(sight.sees(each) for each in concerned)


def _professionals(young_people: Iterable[YoungPerson], visited_on: date, today: date) -> Held:
    """Who holds each role now; where nobody does, who held it on the day of the visit."""
    rows = Professional.objects.filter(young_person__in=[each.pk for each in young_people])
    now: Held = defaultdict(list)
    then: Held = defaultdict(list)
    for each in rows.order_by("starts_on", "pk"):
        for day, held in ((today, now), (visited_on, then)):
            if each.starts_on <= day and (each.ends_on is None or each.ends_on >= day):
                held[each.young_person_id, each.role].append(each)
    found: Held = defaultdict(list, then)
    found.update(now)
    return found


def _of_group(group: _Group, known: Sequence[Recipient]) -> NewRecipient:
    first = group.first
    concerned = {each.pk for each in group.young_people}
    same = [each for each in known if _is_same(each, first, concerned)]
    return NewRecipient(
        key=same[0].key if same else f"{first.role}:{first.pk}",
        role=first.role,
        name=first.name,
        email=first.email,
        professional=first,
        young_people=group.young_people,
    )


def _is_same(known: Recipient, professional: Professional, concerned: set[int]) -> bool:
    """The same person in the same role, for some of the same young people."""
    is_them = known.role == professional.role and known.email.lower() == professional.email.lower()
    return is_them and bool(concerned & {each.pk for each in known.young_people.all()})


def _provider(visit: Visit) -> NewRecipient:
    """By the provider's name, else the place's; the register has longer ones than a recipient."""
    place = visit.provision
    name = place.provider.name if place.provider else place.known_as
    return NewRecipient(key=PROVIDER, role=PROVIDER, name=name[:LONGEST_NAME])


def _no_longer_proposed(
    known: Sequence[Recipient], proposed: Sequence[NewRecipient], sight: Sight
) -> Iterable[NewRecipient]:
    """Recipients of an earlier sending whom the facts no longer name stay among them."""
    keys = {each.key for each in proposed}
    return [as_new(each) for each in known if each.key not in keys and sees_recipient(each, sight)]


def _in_order(recipients: Iterable[NewRecipient]) -> list[NewRecipient]:
    roles = list(ROLE_WORDS)
    return sorted(recipients, key=lambda each: (roles.index(each.role), each.name))
