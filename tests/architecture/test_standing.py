"""A suspended provision on every page of the service: wherever its name stands, the page says that it is suspended."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.architecture.doors import routes, table
from tests.architecture.teams import World
from wellplaced.people.rights import Role
from wellplaced.register.models import Provision, Registration, RegistrationStatus

ROUTES, TABLE = routes(), table()
WITH_EXAMPLES = {"design:gallery"}
NAMES = re.compile(r"Alder House|Bridge Lodgings")
MARKUP = re.compile(r"<(script|head)\b.*?</\1>|<[^>]*>", re.DOTALL)


@pytest.mark.parametrize("role", [Role.PLACEMENT_OFFICER, Role.MANAGER, Role.OPERATOR])
def test_a_suspended_provision_says_so_wherever_it_is_named(role: Role, world: World) -> None:
    addresses = list(_addresses(world, role))
    Registration.objects.update(status=RegistrationStatus.SUSPENDED)
    Provision.objects.exclude(urn="").update(status=RegistrationStatus.SUSPENDED)
    named, silent = 0, []
    for address in addresses:
        text = _text(world.browser(role).get(address))
        named += bool(NAMES.search(text))
        if NAMES.search(text) and "Registration suspended" not in text:
            silent.append(address)
    assert not silent
    assert named > 3


def _addresses(world: World, role: Role) -> Iterator[str]:
    world.asker = world.person(role)
    for name, row in TABLE.items():
        if row.admits(role) and name not in WITH_EXAMPLES:
            records = [kind[1:] if kind.startswith("=") else world.record(kind, world.own) for kind in row.args]
            yield ROUTES[name].address([getattr(each, "pk", each) for each in records])


def _text(answer: Any) -> str:
    """What a person reads of a page; nothing of a download or of an answer that is no page."""
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return ""
    return html.unescape(MARKUP.sub(" ", answer.content.decode()))
