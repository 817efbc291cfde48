"""Two authorities with a person for every role, an operator, and a signed-in browser for each."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.test import Client

from wellplaced.people import actions
from wellplaced.people.models import Authority, Person, ProvisionType
from wellplaced.people.rights import ROLE_NAMES, Role


@dataclass
class Team:
    """An authority with a person for every role."""

    authority: Authority
    people: dict[Role, Person]

    @property
    def officer(self) -> Person:
        return self.people[Role.PLACEMENT_OFFICER]

    @property
    def manager(self) -> Person:
        return self.people[Role.MANAGER]

    @property
    def viewer(self) -> Person:
        return self.people[Role.VIEWER]


@dataclass
class World:
    """Fenmarket, whose people knock at every door; another authority, whose records they must not see; the operator."""

    own: Team
    other: Team
    operator: Person
    sessions: dict[Role, str] = field(default_factory=dict)
    made: dict[tuple[str, int, int], Any] = field(default_factory=dict)
    asker: Person = field(init=False)

    def __post_init__(self) -> None:
        self.asker = self.own.manager

    def browser(self, role: Role) -> Client:
        """A browser in which the person of this role is signed in."""
        browser = Client()
        browser.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return browser

    def person(self, role: Role) -> Person:
        return self.operator if role == Role.OPERATOR else self.own.people[role]

    def record(self, kind: str, team: Team) -> Any:
        """The team's record of a kind, made when first asked for."""
        from tests.architecture.records import BY_ASKER, KINDS  # they are written in terms of this world

        key = (kind, team.authority.pk, self.asker.pk if kind in BY_ASKER else 0)
        if key not in self.made:
            self.made[key] = KINDS[kind](self, team)
        return self.made[key]


def make_world() -> World:
    operator = actions.add_operator(name="Opal Service", email="operator@service.example", by=None)
    own = _team("Fenmarket County Council", "fen", operator)
    world = World(own, _team("Alderbrook Borough Council", "ald", operator), operator)
    for role, person in {**own.people, Role.OPERATOR: operator}.items():
        browser = Client()
        browser.force_login(person, backend="wellplaced.people.sign_in.Backend")
        browser.get("/account")  # the first request of a session writes when it was
        world.sessions[role] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return world


def _team(name: str, code: str, operator: Person) -> Team:
    authority = actions.add_authority(name=name, code=code, by=operator, safeguarding_contact="01632 960 100")
    people = {
        role: actions.add_person(
            authority=authority,
            name=f"{ROLE_NAMES[role]} of {code}",
            email=f"{role}@{code}.example",
            roles=[role],
            by=operator,
        )
        for role in Role
        if role != Role.OPERATOR
    }
    for kind, _ in ProvisionType.monitored():
        actions.approve(
            person=people[Role.PLACEMENT_OFFICER], provision_type=kind, starts_on=date(2015, 1, 1), ends_on=None,
            by=people[Role.MANAGER],
        )  # fmt: skip
    return Team(authority, people)
