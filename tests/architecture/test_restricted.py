"""A restricted record on every page of the service: whoever is not named on it, the manager included, reads nothing of it."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.http import HttpResponseBase

from tests.architecture.doors import routes, table
from tests.architecture.teams import World
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.people.rights import Role
from wellplaced.placements import actions as placements
from wellplaced.placements.models import YoungPerson

ROUTES, TABLE = routes(), table()
WITH_EXAMPLES = {"design:gallery", "placements:hand_in", "placements:load", "placements:mend", "placements:template"}
TOKEN = re.compile(r'name="(?:csrfmiddlewaretoken|once)" value="[\w-]+"|nonce="[^"]+"')
TELLS = re.compile(r"M100[13]|\bAB\b|\bEF\b|Quagmire")  # references, initials, and what was written about them
ASKED = ("", "?format=csv", "?state=all")


@pytest.fixture
def world(teams: World, db: None) -> World:
    """Two young people placed, a concern, a waiver, a check and a task about them, restricted to the officer afterwards."""
    made = replace(teams, made={})
    own = made.own
    for kind in ("placement", "cancelled_placement", "waived_key", "check", "professional", "followed_up_judgement"):
        made.record(kind, own)
    young_person = made.record("young_person", own)
    made.made["concern", own.authority.pk, 0] = actions.raise_concern(
        provision=made.record("provision", own), raised_on=clock.today(), raised_by="Quagmire", how="telephone",
        summary="Quagmire of AB", young_people=[young_person], by=own.officer, on=clock.today(),
    )  # fmt: skip
    withdrawn = actions.raise_concern(
        provision=made.record("provision", own), raised_on=clock.today(), raised_by="Aunt", how="telephone",
        summary="Quagmire of AB", young_people=[young_person], by=own.officer, on=clock.today(),
    )  # fmt: skip
    made.made["withdrawn_concern", own.authority.pk, 0] = actions.withdraw_concern(
        concern=withdrawn, because="Quagmire of EF", by=own.manager
    )
    placement = made.record("placement", own)
    again = actions.check_with_other_authority(
        placement=placement, provider_asked_on=clock.today(), named="Southmere", by=own.officer
    )
    actions.take_check_back(check=again, because="Quagmire of AB", by=own.officer)
    made.made["task", own.authority.pk, 0] = actions.add_task(
        provision=made.record("provision", own), what="Quagmire of AB", owner="csw", due_on=clock.today(),
        visit=made.record("visit", own), finding="Quagmire", young_person=young_person, by=own.officer,
    )  # fmt: skip
    actions.change_check(
        check=made.record("check", own), by=own.officer, seen_revision=None, asked_on=clock.today(),
        answered_on=clock.today(), said="Quagmire",
    )  # fmt: skip
    for each in YoungPerson.objects.of(own.authority.pk):
        placements.restrict_record(
            young_person=each, named=[own.officer], reason="Quagmire", by=own.manager, seen_revision=None
        )
    return made


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SENIOR_OFFICER, Role.ADMINISTRATOR, Role.VIEWER])
def test_nobody_else_reads_anything_of_it_anywhere(role: Role, world: World) -> None:
    assert not _told(world, role)


def test_the_officer_who_is_named_reads_it_on_many_pages(world: World) -> None:
    """Else the silence of the others would prove nothing."""
    assert len(_told(world, Role.PLACEMENT_OFFICER)) > 15


def _told(world: World, role: Role) -> list[str]:
    """The addresses that tell somebody of a role something of it, with what."""
    browser, told = world.browser(role), []
    for address in _addresses(world, role):
        for asked in ASKED if address.count("/") <= 2 else ("",):
            found = TELLS.search(TOKEN.sub("", _text(browser.get(address + asked))))
            told += [f"{address}{asked}: {found[0]}"] if found else []
    return told


def _addresses(world: World, role: Role) -> Iterator[str]:
    world.asker = world.person(role)
    for name, row in TABLE.items():
        if row.admits(role) and name not in WITH_EXAMPLES:
            records = [kind[1:] if kind.startswith("=") else world.record(kind, world.own) for kind in row.args]
            yield ROUTES[name].address([getattr(each, "pk", each) for each in records])


def _text(answer: HttpResponseBase) -> str:
    if answer.streaming:
        return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    return answer.content.decode(errors="replace")  # type: ignore[attr-defined,no-any-return]
