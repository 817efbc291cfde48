"""What may be done with a visit: every move × how it stands × who asks."""

from typing import Any

import pytest

from tests.monitoring.bookings import book, closed, hold, of_visit, propose
from tests.monitoring.browsing import day_parts, signed_in
from tests.monitoring.world import World
from wellplaced.monitoring import actions
from wellplaced.monitoring.actions.moves import MOVES
from wellplaced.monitoring.models import Visit, VisitState
from wellplaced.people import actions as people
from wellplaced.people.rights import ROLE_NAMES, Permission, Role
from wellplaced.register.models import Provision

# Every move of a visit × how it stands × who asks

ROUTES = {
    "confirm": "confirm_visit",
    "plan": "plan_visit",
    "rebook": "rebook_visit",
    "hold": "hold_visit",
    "not_held": "visit_not_held",
    "correct": "correct_visit",
    "cancel": "cancel_visit",
    "choose_reviewer": "choose_reviewer",
}
TABLE = {  # what can be done, by how the visit stands
    "proposed": {"confirm", "plan", "rebook", "cancel", "choose_reviewer"},
    "booked": {"plan", "rebook", "hold", "not_held", "cancel", "choose_reviewer"},
    "held": {"not_held", "correct", "choose_reviewer"},
    "not_held": {"plan", "rebook", "hold", "choose_reviewer"},
    "cancelled": set(),
    "closed": set(),
}
MAY = {Role.PLACEMENT_OFFICER, Role.SENIOR_OFFICER, Role.MANAGER}


def standing(world: World, home: Provision, state: str) -> Visit:
    if state == "proposed":
        return propose(world, home, 0)
    if state == "closed":
        return closed(world, home)
    visit = book(world, home, 0)
    if state == "held":
        hold(world, visit, world.today)
    elif state == "not_held":
        actions.record_not_held(
            visit=visit, because="Nobody in", outcome="aborted", by=world.officer, seen_revision=None
        )
    elif state == "cancelled":
        actions.cancel_visit(visit=visit, because="No", by=world.officer, seen_revision=None)
    visit.refresh_from_db()
    return visit


def everything_typed(world: World, visit: Visit) -> dict[str, Any]:
    """Answers that do for every form of a visit."""
    return {
        **day_parts("visit_on", world.today),
        **day_parts("confirmed_on", world.today),
        "visit_at": "10:00",
        "officer": visit.officer_id,
        "told": "yes",
        "reason": "Why not",
        "because": "Why not",
        "short_notice_because": "Why not",
        "note": "Changed",
        "reviewer": world.senior.pk,
        "revision": visit.revision,
    }


@pytest.mark.parametrize("role", [role for role in ROLE_NAMES if role != Role.OPERATOR])
def test_every_move_of_a_visit_in_every_state_by_every_role(world: World, role: Role) -> None:
    asks = people.add_person(
        authority=world.authority, name="Ash Keane", email="ash@fen.example", roles=[role], by=world.manager
    )
    client, home = signed_in(asks), world.provision()
    assert asks.may(Permission.BOOK_VISIT) == (role in MAY)
    for state, possible in TABLE.items():
        for move, route in ROUTES.items():
            visit = standing(world, home, state)
            outcome = {"not_held": "refused"}.get(move, "nobody_living_there")
            answer = client.post(of_visit(route, visit), everything_typed(world, visit) | {"outcome": outcome})
            before = visit.revision
            visit.refresh_from_db()
            assert answer.status_code == (302 if role in MAY else 403), (state, move)
            moved = visit.revision == before + 1
            assert moved == (role in MAY and move in possible), (state, move)
            Visit.objects.filter(pk=visit.pk).update(visit_at=None)


def test_the_table_of_moves_is_the_one_that_is_written_here() -> None:
    said = {move: {VisitState(state) for state, moves in TABLE.items() if move in moves} for move in ROUTES}
    assert said == MOVES
