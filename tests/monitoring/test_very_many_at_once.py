"""Where one action concerns very many provisions, they are counted right after its transaction, in parts; none is forgotten."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.monitoring.test_rebuilding import stored
from tests.monitoring.world import World
from tests.register.made import listed
from tests.register.made_up import HOME, provider_level
from wellplaced import history
from wellplaced.guidance import Refusal
from wellplaced.history import clock
from wellplaced.monitoring import actions, deadlines
from wellplaced.monitoring.counted_by import edition
from wellplaced.monitoring.models import Concern, Refreshed, Requirement
from wellplaced.placements import actions as placements
from wellplaced.placements.loading import kind_of
from wellplaced.register import actions as register
from wellplaced.register.importing import import_file
from wellplaced.register.models import Provision
from wellplaced.register.reading import read_bytes

Committing = Callable[..., AbstractContextManager[list[Callable[[], None]]]]
GRADE = "\nOverall experiences and progress of children and young people"
A_YEAR_AGO, LATELY = timedelta(days=300), timedelta(days=3)


def lived_in(world: World, number: int) -> list[Provision]:
    homes = [world.provision() for _ in range(number)]
    for home in homes:
        world.placed(home, world.today - A_YEAR_AGO)
    return homes


@pytest.fixture
def homes(world: World) -> list[Provision]:
    """One more than are counted in one transaction."""
    return lived_in(world, deadlines.IN_ONE_GO + 1)


def judge_all(world: World, homes: list[Provision]) -> None:
    with transaction.atomic(), history.together():
        for home in homes:
            world.judged(home, "inadequate", world.today - LATELY)


def of_judgements() -> int:
    return Requirement.objects.filter(kind="judgement").count()


def test_new_judgements_of_very_many_homes_open_what_is_owed_as_soon_as_they_are_saved(
    world: World, homes: list[Provision], django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        judge_all(world, homes)
        assert of_judgements() == 0
    assert of_judgements() == len(homes)
    before = stored()
    deadlines.rebuild(clock.today())
    assert stored() == before


def test_where_the_service_stops_between_the_save_and_the_count_the_next_look_counts(
    world: World, homes: list[Provision], django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=False):
        judge_all(world, homes)
    assert of_judgements() == 0
    assert deadlines.refresh_due(clock.today()) == len(homes)
    assert of_judgements() == len(homes)


def test_what_another_process_counts_meanwhile_is_not_counted_again(
    world: World,
    homes: list[Provision],
    django_capture_on_commit_callbacks: Committing,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with django_capture_on_commit_callbacks(execute=False):
        judge_all(world, homes)
    monkeypatch.setattr(time, "sleep", Once(lambda: deadlines.refresh_due(clock.today())))
    with CaptureQueriesContext(connection) as asked:
        deadlines.refresh_due(clock.today())
    assert of_judgements() == len(homes)
    assert sum(' FROM "monitoring_concern"' in query["sql"] for query in asked) == 2  # a part each, the other's


class Once:
    """Instead of a pause: the first time another process counts, and later nothing."""

    def __init__(self, count: Callable[[], object]) -> None:
        self.counts = [count]

    def __call__(self, seconds: float) -> None:
        if self.counts:
            self.counts.pop()()


def test_somebody_who_acts_there_before_the_count_finds_what_is_owed(
    world: World, homes: list[Provision], django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=False):
        judge_all(world, homes)
    world.placed(homes[0], world.today)
    assert of_judgements() == 1


def test_past_visits_that_are_loaded_before_the_count_discharge_what_the_placements_before_them_owe(
    world: World, django_capture_on_commit_callbacks: Committing
) -> None:
    homes = [world.provision() for _ in range(deadlines.IN_ONE_GO + 1)]
    with django_capture_on_commit_callbacks(execute=False), transaction.atomic(), history.together():
        for home in homes:
            world.placed(home, world.today - A_YEAR_AGO)
    load_a_visit(world, homes[0], on=world.today - LATELY)
    deadlines.refresh_due(clock.today())
    states = Requirement.objects.filter(kind="initial").values_list("provision", "state")
    assert dict(states)[homes[0].pk] == "discharged"


def load_a_visit(world: World, home: Provision, *, on: date) -> None:
    kind = kind_of("visits")
    assert kind is not None
    table = f"provision,visited_on,kind,officer\n{home.urn},{on:%d/%m/%Y},initial,{world.officer.email}"
    load = placements.hand_in(
        kind=kind, file_name="visits.csv", content=table.encode(), by=world.manager, on=world.today
    )
    placements.apply_load(load=load, by=world.manager, on=world.today, seen_revision=None)


def test_judgements_of_fewer_homes_open_what_is_owed_in_the_same_transaction(world: World) -> None:
    homes = lived_in(world, 2)
    judge_all(world, homes)
    assert of_judgements() == 2


def test_facts_that_cannot_be_are_refused_however_many_provisions_one_action_concerns(
    world: World, homes: list[Provision]
) -> None:
    concern = raise_concern(world, homes[0], days_ago=10)
    actions.record_past_visit(
        provision=homes[0],
        visit_on=world.today - LATELY,
        officer=world.officer,
        discharges=[f"concern:{concern.pk}"],
        by=world.officer,
    )
    before = stored()
    with pytest.raises(Refusal):
        raise_everywhere_and_move(world, homes, concern)
    assert stored() == before
    assert Concern.objects.count() == 1


@transaction.atomic
def raise_everywhere_and_move(world: World, homes: list[Provision], concern: Concern) -> None:
    with history.together():
        for home in homes:
            raise_concern(world, home, days_ago=1)
        actions.change_concern(concern=concern, raised_on=world.today, by=world.officer, seen_revision=None)


def raise_concern(world: World, home: Provision, *, days_ago: int) -> Concern:
    return actions.raise_concern(
        provision=home,
        raised_on=world.today - timedelta(days=days_ago),
        raised_by="Neighbour",
        how="telephone",
        summary="Noise",
        by=world.officer,
        on=world.today,
    )


def counted_anew(home: Provision) -> bool:
    """Whether an action since `before_anything` counted what is owed there."""
    return Refreshed.objects.get(provision=home).counted_by == edition()


def before_anything() -> None:
    Refreshed.objects.update(counted_by="before")


@pytest.fixture
def home(world: World) -> Provision:
    home = listed(outcome="good", published_on=date(2025, 1, 14))
    world.placed(home, world.today - A_YEAR_AGO)
    before_anything()
    return home


def test_a_registration_that_ends_changes_no_due_date_and_costs_no_count(world: World, home: Provision) -> None:
    register.correct_registration(
        registration=home.registrations.get(), status="closed", by=world.operator, on=world.today, seen_revision=None
    )
    assert not counted_anew(home)


def test_an_address_of_ones_own_changes_no_due_date_and_a_contract_may(world: World, home: Provision) -> None:
    register.describe_provision(
        provision=home, by=world.officer, on=world.today, seen_revision=None, name="Alder House"
    )
    assert not counted_anew(home)
    register.describe_provision(
        provision=home, by=world.officer, on=world.today, seen_revision=None, under_contract_from=world.today
    )
    assert counted_anew(home)


def test_a_corrected_judgement_is_counted_where_its_outcome_or_its_day_changed(world: World, home: Provision) -> None:
    judgement = home.judgements.get()

    def correct(**values: object) -> None:
        register.correct_judgement(judgement=judgement, by=world.operator, on=world.today, seen_revision=None, **values)

    correct(words="Good overall")
    assert not counted_anew(home)
    correct(published_on=date(2025, 1, 15))
    assert counted_anew(home)
    before_anything()
    correct(outcome="inadequate")
    assert counted_anew(home)


def test_a_home_that_one_file_calls_another_type_and_the_next_a_home_again_is_owed_what_it_was(
    world: World, home: Provision
) -> None:
    deadlines.rebuild(clock.today())
    before = stored()
    say_type(world, "Residential family centre", as_at=date(2025, 3, 31))
    assert not Requirement.objects.exists()
    say_type(world, "Children's home", as_at=date(2025, 9, 30))
    assert stored() == before


def say_type(world: World, kind: str, *, as_at: date) -> None:
    title = f"Made-up data - Provider level as at {as_at:%-d %B %Y}"
    file = provider_level(HOME | {"Provision type": kind, GRADE: "Good"}, title=title)
    import_file(read_bytes(file), by=world.operator, on=world.today)
