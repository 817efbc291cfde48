"""C14: who is to be asked for feedback before a visit, and has neither been asked nor left out.

Each CSW and IRO of the young people placed on the visit's day; the SEN officer for those of reading R12, and through the
SEN officer the parents. Somebody in one role for several young people is asked once; about a young person whose record is
restricted they are asked by themselves, so that what they say is closed to whoever is not named on it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from wellplaced.guidance.timeframes import in_force
from wellplaced.monitoring.models import Feedback, Visit
from wellplaced.monitoring.placed import everybody_concerned
from wellplaced.monitoring.timeframes import versions_for
from wellplaced.people.models import ProvisionType
from wellplaced.placements.models import Professional, YoungPerson

CSW, IRO, SENO, PARENT = Feedback.Role.CSW, Feedback.Role.IRO, Feedback.Role.SENO, Feedback.Role.PARENT
NOBODY = "Nobody is recorded"
LONGEST_NAME = 120  # letters of the name of somebody who is asked
Covered = set[tuple[str, str, int]]  # role, email or nothing, young person


@dataclass(frozen=True)
class ToAsk:
    """One request to send. `key` names it on a form: role and number of the professional, or of the young person."""

    key: str
    role: str
    name: str
    email: str
    professional: Professional | None
    young_people: tuple[YoungPerson, ...]

    @property
    def is_missing(self) -> bool:
        """Nobody is recorded in this role for the young person."""
        return self.name == NOBODY

    @property
    def role_name(self) -> str:
        return str(Feedback.Role(self.role).label)


def whom_to_ask(visit: Visit) -> list[ToAsk]:
    """Who is left to be asked, restricted young people's included, by role and name."""
    placed = everybody_concerned(visit)
    covered = _covered(visit)
    by_person = _professionals(visit, placed)
    with_seno = needs_seno(visit)
    grouped: dict[tuple[str, str, int], list[tuple[Professional, YoungPerson]]] = defaultdict(list)
    single: list[ToAsk] = []
    for each in placed:
        for role in (CSW, IRO, SENO):
            if role == SENO and not with_seno(each):
                continue
            holder = by_person.get((each.pk, role))
            if holder is None:
                single += _missing(role, each, covered)
            elif (role, holder.email.lower(), each.pk) not in covered:
                grouped[role, holder.email.lower(), each.pk if each.restricted else 0].append((holder, each))
            if role == SENO and holder is not None:
                single += _parents(holder, each, covered)
    found = [*_grouped(grouped), *single]
    order = {role: place for place, role in enumerate(Feedback.Role.values)}
    return sorted(found, key=lambda line: (line.is_missing, order[line.role], line.name, line.key))


def settled_keys(visit: Visit) -> set[str]:
    """The keys of those who were asked or left out already."""
    found = set()
    for row in visit.feedback.prefetch_related("young_people"):
        if row.professional_id:
            found.add(f"{row.role}:{row.professional_id}")
        else:
            about = [each.pk for each in row.young_people.all()]
            found |= {f"{row.role}:{number}" for number in about} | {f"no-{row.role}:{number}" for number in about}
    return found


def needs_seno(visit: Visit) -> Callable[[YoungPerson], bool]:
    """R12, as the version of the timeframes takes it that was in force when the visit was booked."""
    choice = in_force(versions_for(visit.authority_id), visit.booked_on).readings["R12"].choice
    in_school = visit.provision.type == ProvisionType.SEN
    rules: dict[str, Callable[[YoungPerson], bool]] = {
        "plan_or_sen_provision": lambda young_person: in_school or young_person.has_ehc_plan,
        "plan_only": lambda young_person: young_person.has_ehc_plan,
        "everybody": lambda _: True,
    }
    return rules[choice]


def _covered(visit: Visit) -> Covered:
    rows = visit.feedback.select_related("professional").prefetch_related("young_people")
    return {
        (row.role, row.professional.email.lower() if row.professional else "", each.pk)
        for row in rows
        for each in row.young_people.all()
    }


def _professionals(visit: Visit, placed: Iterable[YoungPerson]) -> dict[tuple[int, str], Professional]:
    rows = Professional.objects.filter(young_person__in=[each.pk for each in placed]).on(visit.visit_on)
    return {(row.young_person_id, row.role): row for row in rows.order_by("pk")}


def _grouped(grouped: dict[tuple[str, str, int], list[tuple[Professional, YoungPerson]]]) -> Iterator[ToAsk]:
    for (role, email, _), pairs in grouped.items():
        first = min((holder for holder, _ in pairs), key=lambda holder: holder.pk)
        yield ToAsk(f"{role}:{first.pk}", role, first.name, email, first, tuple(each for _, each in pairs))


def _missing(role: str, young_person: YoungPerson, covered: Covered) -> list[ToAsk]:
    if (role, "", young_person.pk) in covered:
        return []
    return [ToAsk(f"no-{role}:{young_person.pk}", role, NOBODY, "", None, (young_person,))]


def _parents(seno: Professional, young_person: YoungPerson, covered: Covered) -> list[ToAsk]:
    if (PARENT, "", young_person.pk) in covered:
        return []
    name = f"Parents, through {seno.name}"[:LONGEST_NAME]
    return [ToAsk(f"{PARENT}:{young_person.pk}", PARENT, name, seno.email.lower(), None, (young_person,))]
