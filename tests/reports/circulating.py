"""A visit whose report goes round: young people with their professionals, the report agreed, sent, answered."""

from datetime import date, timedelta
from typing import Any

from tests.monitoring.world import World
from tests.reports.making import LONG_AGO, returned, submitted
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.actions.steps import NewRecipient
from wellplaced.monitoring.models import Recipient, Visit
from wellplaced.people.models import ProvisionType
from wellplaced.placements import actions as placements
from wellplaced.placements.models import YoungPerson
from wellplaced.register.models import Provision
from wellplaced.reports.actions import circulation, comments
from wellplaced.reports.circulating import circulation_of
from wellplaced.reports.models import Comment, Report


def ready(world: World, kind: str = ProvisionType.RESIDENTIAL, ago: int = 10) -> tuple[Visit, Provision]:
    """Held so many days ago, where KL (K1) has a social worker, Ash Grove, and nobody else."""
    home, held_on = world.provision(kind), world.today - timedelta(days=ago)
    placed_with(world, home, f"K{home.pk}", csw="Ash Grove", placed_on=held_on)
    visit = monitoring.record_past_visit(
        provision=home,
        visit_on=held_on,
        booked_on=held_on - timedelta(days=20),
        officer=world.officer,
        by=world.officer,
    )
    return visit, home


def placed_with(
    world: World,
    home: Provision,
    reference: str,
    *,
    plan: bool = False,
    placed_on: date | None = None,
    ends_on: date | None = None,
    ends_role_on: date | None = None,
    **professionals: str,
) -> YoungPerson:
    """A young person placed there a month ago with a professional for each role named, such as csw="Ash Grove"."""
    young_person = placements.add_young_person(
        reference=reference, initials="KL", born_on=date(2012, 6, 1), has_ehc_plan=plan, by=world.officer,
        on=world.today,
    )  # fmt: skip
    placements.record_placement(
        young_person=young_person, provision=home, starts_on=placed_on or world.today - timedelta(days=30),
        ends_on=ends_on, by=world.officer, on=world.today,
    )  # fmt: skip
    for role, name in professionals.items():
        placements.add_professional(
            young_person=young_person, role=role, name=name, email=f"{name.lower().replace(' ', '.')}@care.example",
            starts_on=LONG_AGO, ends_on=ends_role_on, by=world.officer,
        )  # fmt: skip
    return young_person


def agreed(world: World, ago: int = 10) -> tuple[Visit, Provision]:
    """Its report was submitted two days after the visit, and the senior officer agreed to it a day later."""
    visit, home = ready(world, ago=ago)
    submitted(world, visit, ago - 2)
    returned(world, visit, ago - 3)
    visit.refresh_from_db()
    return visit, home


def sent(world: World, visit: Visit, on: date, left_out: dict[str, str] | None = None) -> Report:
    """Out for comment, to all whom the facts propose but those left out, by role, with the reason."""
    without = left_out or {}
    proposed = circulation_of(visit, world.officer, world.today).proposed
    recipients = [_but(each, without.get(each.role, "")) for each in proposed]
    return circulation.circulate(
        visit=visit, recipients=recipients, sent_on=on, copied_to=world.senior, by=world.officer, on=world.today
    )


def _but(new: NewRecipient, because: str) -> NewRecipient:
    return NewRecipient(**{**vars(new), "left_out_because": because})


def out(world: World, sent_ago: int = 1, **values: Any) -> Visit:
    """A visit whose report went out for comment so many days ago."""
    visit, _ = agreed(world, **values)
    sent(world, visit, world.today - timedelta(days=sent_ago))
    return visit


def to(visit: Visit, role: str, name: str = "") -> Recipient:
    """The recipient in a role; by name where there are several."""
    return visit.recipients.get(role=role, **{"name": name} if name else {})


def answered(world: World, visit: Visit, role: str, on: date, text: str = "") -> Comment:
    """A comment, or no comment where there is no text."""
    kind = "comment" if text else "no_comment"
    return comments.add_comment(
        recipient=to(visit, role), kind=kind, text=text, received_on=on, by=world.officer, on=world.today
    )
