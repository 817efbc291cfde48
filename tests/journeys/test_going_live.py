"""Going live from CSV files, one with a bad row: the first morning is not a wall of red (C3, C5, R6, R7)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Requirement, Task
from wellplaced.people.models import Person, ProvisionType
from wellplaced.placements.models import Placement

PLACEMENTS = """reference,initials,date_of_birth,ehc_plan,provision,premises,starts_on,ends_on
M5001,KT,09/03/2011,no,{home},,01/09/2025,
M5002,LW,14/11/2008,no,{living},Flat 2,10/02/2026,
M5003,DR,02/07/2012,yes,{lodge},,31/02/2026,
"""
VISITS = """provision,visited_on,kind,officer,premises,note
{home},03/09/2025,initial,priya.oakes@fen.example,,
{living},12/02/2026,initial,Former Officer,Flat 2,
{lodge},21/05/2026,initial,priya.oakes@fen.example,,
"""
CONTRACTS = "provision,under_contract_from\n{agency},01/10/2025\n"
TASKS = "reference,provision,what,owner,due_on,done_on\nT-1,{home},Repair the back door,provider,30/06/2026,\n"


@pytest.fixture
def urns(calendar: Calendar, world: World) -> dict[str, str]:
    """Four provisions that Priya Oakes looks after, by the words that the files use for them."""
    made = {
        "home": world.provision(name="Larkmere House"),
        "living": world.provision(ProvisionType.SUPPORTED_ACCOMMODATION, name="Wharf Street Living"),
        "lodge": world.provision(name="Osier Lodge"),
        "agency": world.provision(ProvisionType.IFA, name="Fen Fostering"),
    }
    for each in made.values():
        monitoring.assign(provision=each, officer=world.officer, reason="", by=world.manager, on=world.today)
    return {name: each.urn for name, each in made.items()}


def test_an_authority_goes_live_from_files_and_the_first_morning_is_not_red(
    calendar: Calendar, world: World, administrator: Person, urns: dict[str, str], walk: Callable[..., Walker]
) -> None:
    keeper = walk(administrator).follow("Load placements, past visits, tasks and contracts")
    _load_placements(keeper, urns)
    walk(world.officer).sees("Overdue", "Initial visit for KT", "Initial visit for LW", "Initial visit for DR")
    _load_what_was_done_before(keeper, urns)

    # the first morning
    calendar.turn_to(date(2026, 6, 2))
    officer = walk(world.officer).does_not_see("Initial visit").sees("Repair the back door", "30 June 2026")
    assert officer.main.get_by_role("heading", name="Overdue", exact=True).count() == 0
    officer.go("Owed").sees("Annual visit (C5)", "3 September 2026", "1 October 2026").does_not_see(
        "Initial visit (C3)"
    )

    owed = Requirement.objects.owed().order_by("due_on").values_list("provision__name", "clause", "due_on", "state")
    assert list(owed) == [
        ("Larkmere House", "C5", date(2026, 9, 3), "open"),
        ("Fen Fostering", "C5", date(2026, 10, 1), "open"),
        ("Wharf Street Living", "C5", date(2027, 2, 12), "open"),
        ("Osier Lodge", "C5", date(2027, 5, 21), "open"),
    ]
    assert set(Requirement.objects.filter(kind="initial").values_list("state", "in_time")) == {("discharged", True)}
    assert Task.objects.get().reference == "T-1"


def _load_placements(keeper: Walker, urns: dict[str, str]) -> None:
    """Two rows go in, one comes back as a file to mend; mended it goes in, and a second time changes nothing."""
    keeper.follow("Young people and placements")
    keeper.press("Compare the file").sees("There is a problem")
    _hand_in(keeper, "placements.csv", PLACEMENTS.format(**urns))
    keeper.sees("2 rows would be loaded; the rows to mend stay out", "starts_on", "31/02/2026", "Flat 2")
    to_mend = _downloaded(keeper, "Download the file to mend")
    assert "M5003" in to_mend
    assert "M5001" not in to_mend
    keeper.press("Load the good rows").sees("The good rows are loaded")
    _hand_in(keeper.open("/going-live/placements/"), "mended.csv", to_mend.replace("31/02/2026", "20/05/2026"))
    keeper.sees("1 row would be loaded").does_not_see("Columns passed over").press("Load the good rows")
    _hand_in(keeper.open("/going-live/placements/"), "mended.csv", to_mend.replace("31/02/2026", "20/05/2026"))
    keeper.sees("There is nothing to load: 1 row of this file says what is on record already")
    assert Placement.objects.count() == 3


def _load_what_was_done_before(keeper: Walker, urns: dict[str, str]) -> None:
    """Contracts, visits, tasks."""
    keeper.press("Put this file away").follow("Provisions under contract")
    _hand_in(keeper, "contracts.csv", CONTRACTS.format(**urns)).press("Load the good rows")
    _hand_in(keeper.open("/going-live/visits/"), "visits.csv", VISITS.format(**urns))
    keeper.sees("3 rows would be loaded", "Discharges 1 visit that is owed.").press("Load the good rows")
    _hand_in(keeper.open("/going-live/tasks/"), "tasks.csv", TASKS.format(**urns)).press("Load the good rows")
    keeper.sees("The good rows are loaded")


def _hand_in(keeper: Walker, name: str, content: str) -> Walker:
    return keeper.upload("CSV file", name, content.encode()).press("Compare the file")


def _downloaded(keeper: Walker, link: str) -> str:
    with keeper.page.expect_download() as download:
        keeper.main.get_by_role("link", name=link).click()
    return Path(download.value.path()).read_text(encoding="utf-8-sig")
