"""Two people who record different facts of one provision at the same moment: what is owed follows from both, or one is told.

Each would otherwise count with the facts that it alone knows, and what was stored last would stand. On both databases.
"""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from tests.monitoring.bookings import book, hold
from tests.monitoring.test_rebuilding import stored
from tests.monitoring.world import World, make_world
from wellplaced.guidance import Refusal
from wellplaced.history import clock
from wellplaced.monitoring import actions, deadlines
from wellplaced.monitoring.models import Concern, Refreshed, Requirement, Task, Visit
from wellplaced.placements import actions as placements
from wellplaced.register.models import Provision
from wellplaced.reports.actions import mosaic

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
A_MOMENT = 0.3  # seconds: what the second has for overtaking the first, who has acted and not yet saved
Act = Callable[[], object]


def one_inside_the_other(first: Act, second: Act) -> list[object]:
    """The first acts; before it is saved, the second begins. What each gave, or was refused with."""
    acted, overtaken = threading.Event(), threading.Event()
    outcomes: list[object] = [None, None]

    def begin() -> None:
        with transaction.atomic():
            outcomes[0] = first()
            acted.set()
            overtaken.wait(A_MOMENT)

    def overtake() -> None:
        acted.wait()
        outcomes[1] = second()
        overtaken.set()

    def run(number: int, act: Act) -> None:
        try:
            act()
        except (Refusal, ValidationError) as refusal:
            outcomes[number] = refusal
        finally:
            acted.set()
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate((begin, overtake))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def agrees_with_the_facts() -> None:
    before = stored()
    deadlines.rebuild(clock.today())
    assert stored() == before


def test_a_start_corrected_while_a_visit_is_booked() -> None:
    world, today = make_world(), clock.today()
    home = world.provision()
    placement = world.placed(home, today - 30 * DAY)
    key = f"initial:{placement.pk}"
    one_inside_the_other(
        lambda: placements.change_placement(
            placement=placement, starts_on=today - 5 * DAY, by=world.manager, on=today, seen_revision=None
        ),
        lambda: book(world, home, 1, discharges=[key]),
    )
    owed = Requirement.objects.get(key=key)
    assert (owed.clock_on, owed.state) == (today - 5 * DAY, "booked")
    agrees_with_the_facts()


def test_the_first_two_placements_of_a_provision() -> None:
    world, today = make_world(), clock.today()
    home = world.provision()
    outcomes = one_inside_the_other(
        lambda: world.placed(home, today - 30 * DAY), lambda: world.placed(home, today - 20 * DAY)
    )
    assert [type(each).__name__ for each in outcomes] == ["Placement", "Placement"]
    assert Requirement.objects.filter(kind="initial").count() == 2
    assert Refreshed.objects.count() == 1
    agrees_with_the_facts()


@pytest.mark.parametrize("is_judged_first", [True, False])
def test_the_first_placement_of_a_home_while_its_judgement_is_published(is_judged_first: bool) -> None:
    world, today = make_world(), clock.today()
    home = world.provision()
    acts: list[Act] = [
        lambda: world.judged(home, "inadequate", today - 3 * DAY),
        lambda: world.placed(home, today - 300 * DAY),
    ]
    one_inside_the_other(*(acts if is_judged_first else reversed(acts)))
    assert Requirement.objects.filter(kind="judgement").count() == 1
    agrees_with_the_facts()


@pytest.mark.parametrize("is_withdrawn_first", [True, False])
def test_a_concern_withdrawn_while_a_visit_is_booked_for_it(is_withdrawn_first: bool) -> None:
    world, today = make_world(), clock.today()
    home = world.provision()
    found = concern(world, home, today)
    acts: list[Act] = [
        lambda: actions.withdraw_concern(concern=found, because="Of another home", by=world.manager),
        lambda: book(world, home, 1, discharges=[f"concern:{found.pk}"]),
    ]
    outcomes = one_inside_the_other(*(acts if is_withdrawn_first else reversed(acts)))
    assert isinstance(outcomes[1], Refusal | ValidationError)
    assert Visit.objects.exists() != bool(Concern.objects.get().withdrawn_because)
    agrees_with_the_facts()
    concern(world, home, today)  # and work there goes on


def test_a_task_agreed_while_the_last_upload_is_recorded() -> None:
    world, today = make_world(), clock.today()
    home = world.provision()
    visit = hold(world, book(world, home, 0), on=today)

    def agree() -> Task:
        return actions.add_task(provision=home, visit=visit, what="Mend the door", owner="provider", by=world.officer)

    one_inside_the_other(agree, lambda: upload(world, visit, today))
    assert not visit.step_records.filter(step="uploaded").exists(), "the task is not on Mosaic"
    agrees_with_the_facts()


def test_a_task_agreed_inside_an_upload_waits_for_it() -> None:
    world, today = make_world(), clock.today()
    home = world.provision()
    visit = hold(world, book(world, home, 0), on=today)
    outcomes = one_inside_the_other(
        lambda: upload(world, visit, today),
        lambda: actions.add_task(provision=home, visit=visit, what="Mend it", owner="provider", by=world.officer),
    )
    assert [type(each).__name__ for each in outcomes] == ["MosaicUpload", "Task"]
    assert not visit.step_records.filter(step="uploaded").exists(), "the task is not on Mosaic"


def upload(world: World, visit: Visit, today: date) -> object:
    return mosaic.record_upload(
        visit=visit, young_person=None, report=True, reference="M-1", uploaded_on=today, by=world.officer, on=today
    )


def concern(world: World, home: Provision, today: date) -> Concern:
    return actions.raise_concern(
        provision=home, raised_on=today, raised_by="Neighbour", how="telephone", summary="Noise",
        by=world.officer, on=today,
    )  # fmt: skip
