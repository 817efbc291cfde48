"""The people of the demonstration: a person for every role, two authorities, an operator. Every name is invented."""

from dataclasses import dataclass
from datetime import date

from wellplaced.demonstration.days import days_before
from wellplaced.people import actions
from wellplaced.people.models import Authority, Person, ProvisionType
from wellplaced.people.rights import Role

PASSWORD = "wellplaced-demonstration"  # noqa: S105  (of invented people, printed at the start)
OPERATOR = "operator@demonstration.example"
FIRST, SECOND = "fenmarket.example", "alderbrook.example"
R, I, S, E = ProvisionType.RESIDENTIAL, ProvisionType.IFA, ProvisionType.SUPPORTED_ACCOMMODATION, ProvisionType.SEN  # noqa: E741


@dataclass(frozen=True)
class Staff:
    """One member of staff: the part of the email before the @, name, roles, types of provision that they may visit."""

    mailbox: str
    name: str
    roles: tuple[Role, ...]
    visits: tuple[ProvisionType, ...] = ()


STAFF = (
    Staff("officer", "Priya Oakes", (Role.PLACEMENT_OFFICER,), (R, I, S, E)),
    Staff("officer2", "Tom Barrowby", (Role.PLACEMENT_OFFICER,), (R, S)),
    Staff("officer3", "Grace Winfield", (Role.PLACEMENT_OFFICER,), (R, I, S, E)),
    Staff("senior", "Dana Holloway", (Role.SENIOR_OFFICER,), (R, I)),
    Staff("manager", "Marcus Fell", (Role.MANAGER,)),
    Staff("administrator", "Ines Carrow", (Role.ADMINISTRATOR,)),
    Staff("viewer", "Noor Latham", (Role.VIEWER,)),
)
ROLES_IN_ORDER = ("officer", "senior", "manager", "administrator", "viewer")


@dataclass(frozen=True)
class Team:
    """One authority with its people, by mailbox."""

    authority: Authority
    people: dict[str, Person]

    def __getitem__(self, mailbox: str) -> Person:
        return self.people[mailbox]


def sign_ins() -> str:
    """One line with the demonstration's sign-ins; empty where the demonstration is not in the database."""
    if not Person.objects.filter(email=f"officer@{FIRST}").exists():
        return ""
    names = ", ".join(f"{mailbox}@{FIRST}" for mailbox in ROLES_IN_ORDER)
    return f"Sign in as {names}, officer@{SECOND} or {OPERATOR}; the password is {PASSWORD}"


def add_operator() -> Person:
    """The operator of the demonstration's service."""
    return actions.add_operator(name="Opal Service", email=OPERATOR, by=None)


def add_team(name: str, code: str, domain: str, operator: Person, today: date) -> Team:
    """An authority with a person for every role; officers and the senior officer are approved (C11)."""
    authority = actions.add_authority(
        name=name,
        code=code,
        safeguarding_contact=f"{name}'s first response team, 01632 960{len(name):03}, at any hour",
        by=operator,
    )
    people = {staff.mailbox: _add(staff, authority, domain, operator) for staff in STAFF}
    for staff in STAFF:
        for kind in staff.visits:
            actions.approve(
                person=people[staff.mailbox],
                provision_type=kind,
                starts_on=days_before(today, 1200),
                ends_on=None,
                by=people["manager"],
            )
    return Team(authority, people)


def _add(staff: Staff, authority: Authority, domain: str, operator: Person) -> Person:
    return actions.add_person(
        authority=authority, name=staff.name, email=f"{staff.mailbox}@{domain}", roles=staff.roles, by=operator
    )


def let_everybody_sign_in() -> None:
    """All with the password that is printed at the start."""
    actions.share_password(people=Person.objects.order_by("pk"), password=PASSWORD)
