"""The demonstration's story: two authorities, 60 provisions, 120 young people, eighteen months; told by the actions."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from wellplaced import history
from wellplaced.demonstration import register_file
from wellplaced.demonstration.days import days_before, next_working_day, working_day
from wellplaced.demonstration.odd_visits import OddVisits
from wellplaced.demonstration.people import FIRST, SECOND, Team, add_operator, add_team, let_everybody_sign_in
from wellplaced.demonstration.visiting import Diary
from wellplaced.demonstration.young_people import Children
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Concern, Requirement
from wellplaced.monitoring.models.owed import RequirementQuerySet
from wellplaced.people import actions as people_actions
from wellplaced.people.models import ProvisionType
from wellplaced.placements import actions as placement_actions
from wellplaced.register import actions as register_actions
from wellplaced.register.importing import import_file
from wellplaced.register.models import Inspectorate, Provision
from wellplaced.register.reading import read_bytes

CONCERNS = (
    "Two staff left within a week and night cover is by an agency.",
    "Complaint about meals and about money for activities.",
    "The kitchen was reported dirty and the back door did not lock.",
    "Late notification of a missing episode.",
    "A neighbour reports noise and visitors at night.",
)


def tell(today: date, say: Callable[[str], object]) -> None:
    """Build the whole demonstration in an empty database, in one transaction: all of it or nothing."""
    with transaction.atomic():
        operator = add_operator()
        for days_ago in (560, 40, 5):  # each file brings the judgements since the last
            import_file(
                read_bytes(register_file.as_file(today, days_ago)), by=operator, on=days_before(today, days_ago)
            )
        say("The register is loaded.")
        provisions = _by_number()
        first = add_team("Fenmarket County Council", "9901", FIRST, operator, today)
        _Authority(first, today, random.Random(1), 400_000).live(provisions, 99)  # noqa: S311
        say("Fenmarket County Council is there.")
        second = add_team("Alderbrook Borough Council", "9902", SECOND, operator, today)
        _Authority(second, today, random.Random(2), 700_000).live(  # noqa: S311
            {number: provisions[number] for number in list(provisions)[::4]}, 19
        )
        let_everybody_sign_in()
        say("Alderbrook Borough Council is there.")


def _by_number() -> dict[int, Provision]:
    numbers = {row.urn: row.number for row in register_file.rows()}
    found = Provision.objects.filter(urn__in=numbers).exclude(type=ProvisionType.NOT_MONITORED)
    return {numbers[provision.urn]: provision for provision in sorted(found, key=lambda each: numbers[each.urn])}


@dataclass
class _Authority:
    """One authority living through the eighteen months."""

    team: Team
    today: date
    chance: random.Random
    first_reference: int

    def live(self, provisions: dict[int, Provision], young_people: int) -> None:
        self.children = Children(self.team, self.today, self.chance, self.first_reference)
        self.diary = Diary(self.team, self.today, self.chance)
        used = self._used(provisions)
        with history.together():  # what is owed is worked out once, when all of them are there
            for number, provision in used.items():
                self._describe(number, provision)
            self._stories(provisions)
            left_alone = {register_file.NO_PLAN, register_file.OVERTAKEN}
            self._fill([each for number, each in used.items() if number not in left_alone], young_people)
            for provision in used.values():
                self._raise_concern(provision)
        self.diary.keep_up(list(used.values()), [used[number] for number in left_alone if number in used])
        odd = OddVisits(self.team, self.today)
        odd.happen()
        self.diary.visit_early()
        self._afterwards()
        odd.end()

    def _used(self, provisions: dict[int, Provision]) -> dict[int, Provision]:
        always = set(register_file.STORIES)
        return {n: p for n, p in provisions.items() if n in always or self.chance.random() < 0.8}

    def _describe(self, number: int, provision: Provision) -> None:
        """The name that Ofsted redacts, a contract here and there, and who looks after it."""
        manager = self.team["manager"]
        name = (
            provision.name
            or f"{register_file.FIRST_WORDS[number % 12]} {register_file.LAST_WORDS[1 + (number + number // 12) % 6]}"
        )
        register_actions.describe_provision(
            provision=provision,
            name="" if provision.name else name,
            alias=f"P{number:03}",
            address=f"{number} Mill Lane, {provision.local_authority}",
            postcode=f"ZZ{number % 9 + 1} 1ZZ",
            under_contract_from=working_day(days_before(self.today, 300 + number)) if number % 9 == 0 else None,
            by=manager,
            on=self.today,
            seen_revision=0,
        )
        self._assign(number, provision)

    def _assign(self, number: int, provision: Provision) -> None:
        officers = ["officer", "officer3"]
        if provision.type in (ProvisionType.RESIDENTIAL, ProvisionType.SUPPORTED_ACCOMMODATION):
            officers.append("officer2")
        mailbox = officers[number % len(officers)] if number % 17 else "officer"
        manager, since = self.team["manager"], working_day(days_before(self.today, 500))
        actions.assign(provision=provision, officer=self.team[mailbox], by=manager, on=since)

    def _stories(self, provisions: dict[int, Provision]) -> None:
        """Placements on which the journeys turn: at the homes whose judgement changed, and the odd ones."""
        since = {register_file.SUSPENDED: 30, register_file.NO_PLAN: 26, register_file.OVERTAKEN: 52}
        for number in register_file.STORIES:
            if number in provisions:
                self.children.place(provisions[number], started=since.get(number, 200 + number))
        home = next(p for p in provisions.values() if p.type == ProvisionType.RESIDENTIAL)
        self.children.place(home, started=-9)  # moves in next week
        supported = next(p for p in provisions.values() if p.type == ProvisionType.SUPPORTED_ACCOMMODATION)
        self.children.place(supported, started=4, age=15)
        self.children.place(supported, started=1, age=17)

    def _fill(self, used: list[Provision], young_people: int) -> None:
        while len(self.children.young_people) < young_people:
            provision = self.chance.choice(used)
            started = self.chance.randint(2, 520)
            stays = self.chance.randint(2, 400)
            over = stays < started and self.chance.random() < 0.45
            placement = self.children.place(provision, started, started - stays if over else None)
            if over and started - stays > 30 and self.chance.random() < 0.4:  # and moves on to another provision
                self.children.put(placement.young_person, self.chance.choice(used), started - stays - 1)

    def _raise_concern(self, provision: Provision) -> None:
        if self.chance.random() > 0.35:
            return
        raised_on = working_day(days_before(self.today, self.chance.choice((3, 8, 15, 40, 90, 200, 330))))
        actions.raise_concern(
            provision=provision,
            raised_on=raised_on,
            raised_by="Social worker",
            how=self.chance.choice(Concern.How.values),
            summary=self.chance.choice(CONCERNS),
            by=self.team["officer"],
            on=raised_on,
        )

    def _afterwards(self) -> None:
        self._enter_school()
        self._waive()
        self._check_other_authorities()
        self._restrict()
        self._go_on_leave()

    def _owed(self) -> RequirementQuerySet:
        owed: RequirementQuerySet = Requirement.objects.owed().filter(authority=self.team.authority)
        return owed.order_by("due_on", "pk")

    def _waive(self) -> None:
        later = self._owed().filter(kind="annual").last()
        if later is not None:
            reason = "The last young person leaves before the visit; agreed with the head of service."
            actions.waive(requirement=later, reason=reason, by=self.team["manager"], on=working_day(self.today))

    def _check_other_authorities(self) -> None:
        overdue = self._owed().filter(kind="initial", fallback="needed").select_related("placement").first()
        if overdue is not None and overdue.placement is not None:
            actions.check_with_other_authority(
                placement=overdue.placement,
                provider_asked_on=working_day(days_before(self.today, 2)),
                named="Thornleigh City Council",
                asked_on=working_day(days_before(self.today, 1)),
                by=self.team["officer"],
            )

    def _restrict(self) -> None:
        placement_actions.restrict_record(
            young_person=self.children.young_people[3],
            named=[self.team["manager"], self.team["officer"]],
            reason="Known to a member of staff.",
            by=self.team["manager"],
            seen_revision=None,
        )

    def _go_on_leave(self) -> None:
        absent, covering = self.team["officer3"], self.team["officer"]
        people_actions.arrange_cover(
            absent=absent,
            covering=covering,
            starts_on=working_day(days_before(self.today, 3)),
            ends_on=next_working_day(days_before(self.today, -10)),
            reason="Annual leave",
            by=self.team["manager"],
        )

    def _enter_school(self) -> None:
        school = register_actions.enter_provision(
            provision_type=ProvisionType.SEN,
            name="Quarry Lane School",
            address="Quarry Lane, Thornleigh",
            postcode="ZZ4 4ZZ",
            inspectorate=Inspectorate.ISI,
            by=self.team["manager"],
            on=self.today,
        )
        actions.assign(
            provision=school,
            officer=self.team["officer"],
            by=self.team["manager"],
            on=working_day(days_before(self.today, 100)),
        )
        self.children.place(school, started=9)
