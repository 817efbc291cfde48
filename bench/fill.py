"""Fills an empty database with so many visits among 20 officers: facts in bulk, then what is owed computed from them."""

import random
import time
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.core.management import call_command
from django.db import connection

from bench import around_visits, besides_visits
from wellplaced.history import clock
from wellplaced.monitoring import deadlines
from wellplaced.monitoring.models import Assignment, Concern, Refreshed, Requirement, Step, Task, Visit, VisitDischarge
from wellplaced.people import actions as people
from wellplaced.people.models import Authority, Person, ProvisionType
from wellplaced.people.rights import Role
from wellplaced.placements.models import Placement, YoungPerson
from wellplaced.register import standing
from wellplaced.register.models import Judgement, Outcome, Provider, Provision, Registration, Scale

OFFICERS = 20
VISITS_EACH = 10  # at a provision
TYPES = (ProvisionType.RESIDENTIAL, ProvisionType.IFA, ProvisionType.SUPPORTED_ACCOMMODATION, ProvisionType.SEN)
YEAR = timedelta(days=350)
LATELY = 13  # provisions whose last visits were 0, 3, 6 … days ago


def fill(visits: int) -> str:
    """Prepare the database and make the world; says what is in it."""
    started = time.perf_counter()
    call_command("prepare", verbosity=0)
    fill_prepared(visits)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as either database does by itself once it has been used for a while
    counts = ", ".join(
        f"{model._default_manager.count():,} {model._meta.verbose_name_plural}"
        for model in (Visit, Step, Provision, Placement, Requirement)
    )
    return f"{counts}, {OFFICERS} officers; filled in {time.perf_counter() - started:.1f} s\n"


def fill_prepared(visits: int) -> None:
    """Make the world in a database that has its tables, as a test's has."""
    today = clock.today()
    authority, officers, senior = _people()
    provisions = _provisions(visits // VISITS_EACH)
    _facts(authority, officers, provisions, today)
    around_visits.fill(_held_and_ahead(authority, senior, officers, provisions, today), senior, today)
    besides_visits.fill(authority, officers, provisions, today)
    standing.refresh([provision.pk for provision in provisions])
    deadlines.rebuild(today)


def _people() -> tuple[Authority, list[Person], Person]:
    authority = people.add_authority(name="Bench County Council", code="bench", by=None)
    other = people.add_authority(name="Other County Council", code="other", by=None)
    people.add_operator(name="Operator", email="operator@bench.example", by=None)

    def person(mailbox: str, *roles: Role, of: Authority = authority) -> Person:
        return people.add_person(
            authority=of, name=mailbox.title(), email=f"{mailbox}@bench.example", roles=roles, by=None
        )

    person("colleague", Role.PLACEMENT_OFFICER, of=other)
    person("everything", Role.PLACEMENT_OFFICER, Role.SENIOR_OFFICER, Role.MANAGER, Role.ADMINISTRATOR)
    officers = [person(f"officer{number}", Role.PLACEMENT_OFFICER) for number in range(OFFICERS)]
    senior = person("senior", Role.SENIOR_OFFICER)
    manager = person("manager", Role.MANAGER)
    for officer in officers:
        for kind in TYPES:
            people.approve(person=officer, provision_type=kind, starts_on=date(2010, 1, 1), ends_on=None, by=manager)
    return authority, officers, senior


def _provisions(number: int) -> list[Provision]:
    owners = Provider.objects.bulk_create(
        Provider(name=f"Owner {each} Limited", matched_name=f"owner {each}") for each in range(max(1, number // 8))
    )
    provisions = Provision.objects.bulk_create(
        Provision(
            type=TYPES[each % 4],
            provider=owners[each % len(owners)],
            name=f"Alder House {each}",
            local_authority=f"Place {each % 40}",
            urn=f"{1_000_000 + each}",
            status="active",
        )
        for each in range(number)
    )
    Registration.objects.bulk_create(
        Registration(provision=provision, urn=provision.urn, ofsted_type=provision.type, status="active")
        for provision in provisions
    )
    return provisions


def _facts(authority: Authority, officers: list[Person], provisions: list[Provision], today: date) -> None:
    chance = random.Random(20)
    own: dict[str, Any] = {"authority": authority}
    Assignment.objects.bulk_create(
        Assignment(**own, provision=each, officer=officers[n % OFFICERS], starts_on=today - YEAR * VISITS_EACH)
        for n, each in enumerate(provisions)
    )
    starts = [_start(n, today, chance) for n in range(len(provisions))]
    placements = _placements(own, provisions, starts, today, chance)
    Judgement.objects.bulk_create(
        Judgement(
            provision=each,
            scale=Scale.FOUR_POINT,
            outcome=Outcome.REQUIRES_IMPROVEMENT if n % 10 == 0 else Outcome.GOOD,
            published_on=starts[n] - timedelta(days=100) if n % 10 else today - timedelta(days=1 + n % 30),
        )
        for n, each in enumerate(provisions)
        if each.type in TYPES[:2]
    )
    _visits(own, officers, list(zip(provisions, placements, starts, strict=True)), today)
    Concern.objects.bulk_create(
        Concern(
            **own,
            provision=each,
            raised_on=today - timedelta(days=chance.randint(1, 20)),
            raised_by="Neighbour",
            how="telephone",
            summary="Noise at night",
            recorded_by=officers[0],
            recorded_on=today,
        )
        for each in provisions[::5]
    )
    Task.objects.bulk_create(
        Task(**own, provision=each, what="Send the training record", owner=Task.Owner.PROVIDER, due_on=today)
        for each in provisions[::2]
    )
    Refreshed.objects.bulk_create(Refreshed(**own, provision=each, refreshed_on=today) for each in provisions)


def _start(number: int, today: date, chance: random.Random) -> date:
    """Of the first placement. The first dozen's last visits were days ago, so that even a small world is at every step."""
    if number < LATELY:
        return today - YEAR * (VISITS_EACH - 1) - timedelta(days=2 + 3 * number)
    return today - YEAR * VISITS_EACH - timedelta(days=chance.randint(-340, 260))


def _placements(
    own: dict[str, Any], provisions: list[Provision], starts: list[date], today: date, chance: random.Random
) -> list[Placement]:
    young_people = YoungPerson.objects.bulk_create(
        YoungPerson(**own, reference=str(n), initials="AB", born_on=date(2010, 1, 1))
        for n in range(2 * len(provisions))
    )
    first = [
        Placement(**own, young_person=young_people[n], provision=each, starts_on=starts[n], recorded_on=starts[n])
        for n, each in enumerate(provisions)
    ]
    more = [
        Placement(
            **own,
            young_person=young_people[len(provisions) + n],
            provision=each,
            starts_on=today - timedelta(days=chance.randint(0, 300)),
            recorded_on=today,
        )
        for n, each in enumerate(provisions)
    ]
    return Placement.objects.bulk_create([*first, *more])[: len(provisions)]


def _visits(
    own: dict[str, Any], officers: list[Person], stays: list[tuple[Provision, Placement, date]], today: date
) -> None:
    visits = []
    for n, (each, _, start) in enumerate(stays):
        for year in range(VISITS_EACH):
            day = min(start + YEAR * year + timedelta(days=2), today)
            officer = officers[n % OFFICERS]
            booked_on = day - timedelta(days=20)
            visits.append(
                Visit(**own, provision=each, officer=officer, booked_on=booked_on, visit_on=day, state="held")
            )
    made = Visit.objects.bulk_create(visits, batch_size=500)
    keys = []
    for n, (_, placement, _) in enumerate(stays):
        of_one = made[n * VISITS_EACH : (n + 1) * VISITS_EACH]
        keys.append(VisitDischarge(visit=of_one[0], key=f"initial:{placement.pk}"))
        keys += [VisitDischarge(visit=later, key=f"annual:{earlier.pk}") for earlier, later in pairwise(of_one)]
    VisitDischarge.objects.bulk_create(keys, batch_size=500)


def _held_and_ahead(
    authority: Authority, senior: Person, officers: list[Person], provisions: list[Provision], today: date
) -> list[Visit]:
    """The visits that were held, with their reviewer; those uploaded are closed; every sixth provision has one ahead."""
    Visit.objects.update(reviewer=senior, actions_named=2)
    Visit.objects.filter(visit_on__lt=today - timedelta(days=60)).update(closed_on=today)
    held = list(Visit.objects.order_by("pk"))
    Visit.objects.bulk_create(
        Visit(
            authority=authority,
            provision=each,
            officer=officers[n % OFFICERS],
            reviewer=senior,
            booked_on=today - timedelta(days=n % 20),
            visit_on=today + timedelta(days=n % 40),
        )
        for n, each in enumerate(provisions)
        if n % 6 == 0
    )
    return held
