"""My work: what stands on it, in which order, for whom, and in how few queries."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.desk.conftest import SignIn
from tests.desk.making import concern, home, in_order, judged, queries, read
from tests.monitoring.world import World
from wellplaced.monitoring import actions
from wellplaced.people import actions as people
from wellplaced.people.models import ProvisionType
from wellplaced.people.rights import Role
from wellplaced.placements import actions as placements

LONDON = ZoneInfo("Europe/London")


def test_overdue_comes_first_then_what_waits_then_this_week_and_later(world: World, signed_in: SignIn) -> None:
    late, waiting, soon, far = (home(world, name=name) for name in ("Late", "Waiting", "Soon", "Far"))
    concern(world, late, date(2026, 5, 28))
    concern(world, soon, date(2026, 6, 2))
    concern(world, far, date(2026, 6, 10))
    world.placed(waiting, date(2025, 9, 1), date(2026, 6, 30))
    judged(world, waiting, "inadequate", date(2026, 6, 3))
    page = read(signed_in(world.officer), "/")
    assert in_order(
        page, "Overdue", "Late", "3 days overdue", "Waiting on others", "Waiting", "This week", "Soon", "Later", "Far"
    )


def test_a_home_judged_inadequate_says_for_how_long_its_action_plan_is_waited_for(
    world: World, signed_in: SignIn
) -> None:
    waiting = home(world)
    world.placed(waiting, date(2025, 9, 1))
    judgement = judged(world, waiting, "inadequate", date(2026, 6, 1))
    page = read(signed_in(world.officer), "/")
    assert "Waiting for a senior officer to ask for the action plan: 9 days, since Monday 1 June 2026" in page
    actions.request_action_plan(judgement=judgement, requested_on=date(2026, 6, 2), by=world.senior)
    page = read(signed_in(world.officer), "/")
    assert "Waiting for the provider’s action plan: 8 days, since Tuesday 2 June 2026" in page
    assert "Goes to the manager on Monday 15 June 2026 if the plan has not come" in page


def test_an_authority_that_was_asked_by_mistake_is_not_waited_for(world: World, signed_in: SignIn) -> None:
    placement = world.placed(home(world), date(2026, 4, 1))
    check = actions.check_with_other_authority(
        placement=placement, provider_asked_on=date(2026, 6, 1), named="Northmere", asked_on=date(2026, 6, 2),
        by=world.officer,
    )  # fmt: skip
    waiting = "Waiting for another authority’s feedback: 8 days, since Tuesday 2 June 2026"
    assert waiting in read(signed_in(world.officer), "/")
    actions.take_check_back(check=check, because="Of another placement", by=world.officer)
    assert waiting not in read(signed_in(world.officer), "/")


def test_what_falls_due_on_a_sunday_says_act_by_friday_and_is_today_s_work_on_that_friday(
    world: World, signed_in: SignIn, clock: time_machine.Traveller
) -> None:
    concern(world, home(world), date(2026, 6, 4))
    client = signed_in(world.officer)
    page = read(client, "/")
    assert in_order(
        page, "This week", "Visit about a concern", "14 June 2026", "Falls on a Sunday: act by Friday 12 June"
    )
    clock.move_to(datetime(2026, 6, 12, 9, tzinfo=LONDON))
    signed_in(world.officer)
    assert in_order(read(signed_in(world.officer), "/"), "1 Today", "Today", "Visit about a concern", "14 June 2026")


def test_each_line_says_by_when_to_book_and_goes_to_the_page_where_it_is_done(world: World, signed_in: SignIn) -> None:
    provision = home(world)
    placement = world.placed(provision, date(2026, 6, 8))
    judged(world, provision, "good", date(2026, 1, 8))
    client = signed_in(world.officer)
    page = client.get("/").content.decode()
    assert f"/provisions/{provision.pk}/owed/initial:{placement.pk}/" in page or f"initial%3A{placement.pk}" in page
    concern(world, provision, date(2026, 6, 10))
    assert "Book now: two weeks’ notice is no longer possible" in read(client, "/")


def test_a_colleague_who_covers_today_has_the_absent_officer_s_work_too_and_tomorrow_no_longer(
    world: World, signed_in: SignIn, clock: time_machine.Traveller
) -> None:
    colleague = people.add_person(
        authority=world.authority, name="Rowan Pike", email="rowan@fen.example", roles=[Role.PLACEMENT_OFFICER], by=None
    )
    concern(world, home(world), date(2026, 5, 28))
    assert "Nothing to do" in read(signed_in(colleague), "/")
    people.arrange_cover(
        absent=world.officer,
        covering=colleague,
        starts_on=date(2026, 6, 8),
        ends_on=date(2026, 6, 10),
        by=world.manager,
    )
    page = read(signed_in(colleague), "/")
    assert in_order(page, "You cover for Priya Oakes today", "Visit about a concern", "For Priya Oakes, whom you cover")
    clock.move_to(datetime(2026, 6, 11, 9, tzinfo=LONDON))
    assert "Nothing to do" in read(signed_in(colleague), "/")


def test_a_restricted_young_person_is_never_named_to_somebody_who_is_not_named_on_the_record(
    world: World, signed_in: SignIn
) -> None:
    provision = home(world, kind=ProvisionType.SUPPORTED_ACCOMMODATION)
    placement = world.placed(provision, date(2026, 6, 1), born_on=date(2012, 1, 1))
    young_person = placement.young_person
    client = signed_in(world.officer)
    assert str(young_person) in read(client, "/")
    placements.restrict_record(
        young_person=young_person, named=[world.manager], reason="Family known", by=world.manager, seen_revision=None
    )
    page = client.get("/").content.decode()
    assert young_person.reference not in page
    assert "a young person (restricted record)" in page
    managers = signed_in(world.manager).get("/").content.decode()
    assert young_person.reference in managers


def test_a_visit_booked_stands_on_its_day_in_place_of_what_it_discharges(world: World, signed_in: SignIn) -> None:
    provision = home(world)
    raised = concern(world, provision, date(2026, 6, 9))
    visit = actions.book_visit(
        provision=provision,
        officer=world.officer,
        visit_on=date(2026, 6, 12),
        discharges=[f"concern:{raised.pk}"],
        by=world.officer,
        on=world.today,
    )
    page = read(signed_in(world.officer), "/")
    assert in_order(page, "This week", "Visit", "Booked for Friday 12 June 2026", "For visit about a concern")
    assert in_order(page, "Due by Friday 19 June 2026", "Why this date? visit, Alder House")
    assert "Visit about a concern" not in page
    assert f"/visits/{visit.pk}/" in signed_in(world.officer).get("/").content.decode()


def test_a_visit_whose_day_has_passed_asks_whether_it_took_place(
    world: World, signed_in: SignIn, clock: time_machine.Traveller
) -> None:
    provision = home(world)
    actions.book_visit(
        provision=provision, officer=world.officer, visit_on=date(2026, 6, 12), by=world.officer, on=world.today
    )
    clock.move_to(datetime(2026, 6, 15, 9, tzinfo=LONDON))
    assert in_order(read(signed_in(world.officer), "/"), "Overdue", "Say whether the visit took place")


def test_a_task_of_the_provider_stands_among_the_officer_s_work(world: World, signed_in: SignIn) -> None:
    actions.add_task(
        provision=home(world), what="Mend the fire door", owner="provider", due_on=date(2026, 6, 9), by=world.officer
    )
    assert in_order(
        read(signed_in(world.officer), "/"), "Overdue", "Mend the fire door", "For the provider to do", "1 day overdue"
    )


def test_a_senior_officer_asks_for_the_action_plan_the_day_after_the_judgement(world: World, signed_in: SignIn) -> None:
    provision = home(world)
    world.placed(provision, date(2025, 9, 1))
    judgement = judged(world, provision, "requires_improvement", date(2026, 6, 9))
    client = signed_in(world.senior)
    page = read(client, "/")
    assert in_order(
        page, "New Ofsted judgement where a young person is placed", "Today", "Ask the provider for the action plan"
    )
    assert f"/judgements/{judgement.pk}/action-plan/" in client.get("/").content.decode()


def test_a_manager_is_told_of_an_age_outside_16_to_17_and_sees_what_nobody_looks_after(
    world: World, signed_in: SignIn
) -> None:
    unassigned = world.provision(ProvisionType.SUPPORTED_ACCOMMODATION)
    world.placed(unassigned, date(2026, 6, 1), born_on=date(2011, 3, 3))
    page = read(signed_in(world.manager), "/")
    assert "Outside 16 to 17 on the first day in 16+ supported accommodation" in page
    assert "1 provision that owes a visit and nobody looks after" in page
    assert "The timeframes in force were to be reviewed by" in page


def test_on_the_fourteenth_day_without_a_plan_the_manager_sees_it(
    world: World, signed_in: SignIn, clock: time_machine.Traveller
) -> None:
    provision = home(world)
    world.placed(provision, date(2025, 9, 1))
    judged(world, provision, "inadequate", date(2026, 6, 1))
    assert "Visit after an Ofsted judgement" not in read(signed_in(world.manager), "/")
    clock.move_to(datetime(2026, 6, 15, 9, tzinfo=LONDON))
    page = read(signed_in(world.manager), "/")
    assert "With the manager since Monday 15 June 2026: the visit may be made without the plan" in page


def test_a_viewer_sees_the_authority_in_numbers_and_no_work_of_their_own(world: World, signed_in: SignIn) -> None:
    viewer = people.add_person(
        authority=world.authority, name="Vera Lind", email="vera@fen.example", roles=[Role.VIEWER], by=None
    )
    concern(world, home(world), date(2026, 5, 28))
    page = read(signed_in(viewer), "/")
    assert in_order(page, "The whole authority", "1 overdue")
    assert "Nothing to do" not in page


def test_the_operator_is_pointed_to_the_register_and_the_authorities(world: World, signed_in: SignIn) -> None:
    page = read(signed_in(world.operator), "/")
    assert "Keep authorities" in page


def test_another_authority_s_work_at_the_same_home_is_not_shown(
    world: World, neighbour: World, signed_in: SignIn
) -> None:
    shared = home(world, name="Shared House")
    concern(world, shared, date(2026, 5, 28))
    actions.assign(provision=shared, officer=neighbour.officer, by=neighbour.manager, on=world.today)
    assert "Nothing to do" in read(signed_in(neighbour.officer), "/")


@pytest.mark.parametrize("role", ["officer", "senior", "manager"])
def test_my_work_takes_at_most_12_queries_however_much_is_owed(world: World, signed_in: SignIn, role: str) -> None:
    client = signed_in(getattr(world, role))
    busy(world, 3)
    few = queries(client, "/")
    busy(world, 40)
    assert queries(client, "/") == few <= 12


def test_somebody_who_holds_every_role_takes_at_most_12_queries_and_150_kb(world: World, signed_in: SignIn) -> None:
    everything = [Role.PLACEMENT_OFFICER, Role.SENIOR_OFFICER, Role.MANAGER, Role.ADMINISTRATOR, Role.VIEWER]
    people.set_roles(person=world.officer, roles=everything, seen_revision=None, by=world.manager)
    busy(world, 60)
    client = signed_in(world.officer)
    assert queries(client, "/") <= 12
    assert len(client.get("/").content) < 150_000


def busy(world: World, homes: int) -> None:
    """Homes with everything that my work shows."""
    for number in range(homes):
        provision = home(world)
        concern(world, provision, date(2026, 5, 20 + number % 10))
        concern(world, provision, date(2026, 6, 1 + number % 10))
        world.placed(provision, date(2025, 9, 1))
        judged(world, provision, "inadequate", date(2026, 6, 1 + number % 9))
        actions.add_task(
            provision=provision, what="Mend it", owner="provider", due_on=date(2026, 7, 1), by=world.officer
        )
        actions.book_visit(
            provision=provision, officer=world.officer, visit_on=date(2026, 6, 20), by=world.officer, on=world.today
        )
