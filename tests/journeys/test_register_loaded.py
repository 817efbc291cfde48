"""Ofsted's file into the shared register, a new judgement opening its visit (C8, C25); an authority's own list for itself."""

import signal
from collections.abc import Callable
from datetime import date

import pytest
from django.core.management import call_command

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from tests.register.made_up import (
    AGENCY,
    HOME,
    LISTED,
    LISTED_SETTING,
    SUPPORTED,
    TITLE_2025,
    as_list_2025,
    provider_level,
)
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Requirement
from wellplaced.people.models import Person
from wellplaced.register.importing import import_file
from wellplaced.register.models import Judgement, LocalDetails, Premises, Provision
from wellplaced.register.reading import read_bytes

MARCH, MAY = (TITLE_2025.replace("31 March 2025", day) for day in ("31 March 2026", "31 May 2026"))
JUDGED = AGENCY | {
    "\nLatest full inspection date": "21/04/2026",
    "Latest full inspection publication date": "20/05/2026",
    "\nLatest full inspection event number": "10399999",
    "\nOverall experiences and progress of children and young people": "Inadequate",
}
NO_URN = HOME | {"URN": "none yet"}
NO_SUCH_DAY = HOME | {"URN": "SC900008", "\nLatest full inspection date": "31/04/2026"}
NEW = HOME | {"URN": "SC900009"}


@pytest.fixture
def agency(calendar: Calendar, world: World) -> Provision:
    """Willowmere Fostering, Outstanding in the file of March 2026, where AB was placed on 2 February and seen."""
    import_file(read_bytes(provider_level(HOME, AGENCY, SUPPORTED, title=MARCH)), by=world.operator, on=world.today)
    agency = Provision.objects.get(urn="1900002")
    placement = world.placed(agency, date(2026, 2, 2))
    monitoring.record_past_visit(
        provision=agency,
        officer=world.officer,
        visit_on=date(2026, 2, 4),
        discharges=[f"initial:{placement.pk}"],
        by=world.officer,
    )
    monitoring.assign(provision=agency, officer=world.officer, reason="", by=world.manager, on=world.today)
    return agency


def test_a_file_with_refused_rows_is_compared_applied_and_opens_the_visit_after_a_new_judgement(
    calendar: Calendar, world: World, agency: Provision, walk: Callable[..., Walker]
) -> None:
    content = provider_level(HOME, JUDGED, SUPPORTED, NEW, NO_URN, NO_SUCH_DAY, title=MAY)

    # the operator hands the file in, and looks at every change before anything is changed
    operator = _hand_in(walk(world.operator), "published.csv", content)
    operator.sees("What it would change", "As at", "31 May 2026", "1 new", "Rows refused").follow("Refused rows (2)")
    operator.sees("none yet", "31/04/2026", "Why it cannot be read").follow("New judgements (2)")
    operator.sees("Willowmere Fostering", "Inadequate", "published on 20 May 2026")
    assert not Judgement.objects.filter(outcome="inadequate").exists()
    operator.press("Apply these changes").sees("Being applied")
    _work()
    operator.sees("What it changed", "applied on 1 June 2026")

    # the visit stands on the work pages at once, and waits for the action plan
    officer = walk(world.officer).sees("New Ofsted judgement where a young person is placed: Inadequate")
    officer.sees("Visit after an Ofsted judgement", "Waiting on others").follow("Visit after an Ofsted judgement")
    officer.sees("Waiting for the action plan. The visit has no due date until the plan arrives.")
    walk(world.senior).sees("Ask the provider for the action plan", "21 May 2026", "Willowmere Fostering")

    # the same file again
    _hand_in(operator, "published-again.csv", content)
    operator.sees("This file changes nothing: the register says all of it already.").press("Leave it")

    requirement = Requirement.objects.get(kind="judgement")
    assert (requirement.clause, requirement.state, requirement.due_on) == ("C8", "waiting", None)
    assert requirement.deciding_judgement == Judgement.objects.get(provision=agency, published_on=date(2026, 5, 20))
    assert Requirement.objects.get(kind="initial").state == "discharged"
    assert {each.urn for each in Provision.objects.all()} == {"SC900001", "1900002", "1900003", "SC900009"}


def test_an_authority_loads_the_list_that_ofsted_sends_it_and_nobody_else_sees_the_names(
    calendar: Calendar, world: World, administrator: Person, walk: Callable[..., Walker]
) -> None:
    import_file(read_bytes(provider_level(HOME, SUPPORTED, title=MARCH)), by=world.operator, on=world.today)
    officer = walk(world.officer).open("/search/?q=larch").does_not_see("Larch House")

    keeper = walk(administrator).follow("Load the list that Ofsted sends us").press("Hand in a file")
    keeper.sees("What an authority typed is never overwritten").upload(
        "File", "list.xlsx", as_list_2025([LISTED], [LISTED_SETTING])
    )
    keeper.press("Compare with the register").sees("Being compared")
    _work()
    keeper.sees("What it would change", "For Fenmarket County Council", "Larch House").press("Apply these changes")
    _work()
    keeper.sees("What it changed")

    officer.open("/search/?q=larch").follow("Larch House").sees("7 Larch Lane", "SC900001")
    officer.open("/search/?q=brightwater").follow("Brightwater Living").sees("Flat 3, Mill Court", "Never")
    walk(world.operator).open("/provisions/?q=SC900001").sees("SC900001").does_not_see("Larch")

    assert LocalDetails.objects.get(name="Larch House").authority == world.authority
    assert Premises.objects.get().authority == world.authority


def _hand_in(operator: Walker, name: str, content: bytes) -> Walker:
    """The worker compares in the background; the page follows by itself."""
    operator.go("Register").open("/register/imports/").press("Hand in a file").upload("File", name, content)
    operator.press("Compare with the register").sees("Being compared")
    _work()
    return operator.sees("What it would change")


def _work() -> None:
    """The background worker does what waits, and stops."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        call_command("db_worker", batch=True, startup_delay=False, interval=0.1, verbosity=0)
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
