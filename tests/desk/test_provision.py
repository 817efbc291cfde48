"""The page of a provision and its history: what stands there, what is never shown, and in how few queries."""

from datetime import date

import pytest

from tests.desk.conftest import SignIn
from tests.desk.making import DAY, concern, home, in_order, judged, queries, read
from tests.monitoring.world import World
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Requirement
from wellplaced.people import actions as people
from wellplaced.people.models import ProvisionType
from wellplaced.people.rights import Role
from wellplaced.placements import actions as placements
from wellplaced.register import actions as register


def test_the_page_says_what_is_owed_with_a_why_link_and_who_looks_after_it(world: World, signed_in: SignIn) -> None:
    provision = home(world)
    raised = concern(world, provision, date(2026, 6, 9))
    client = signed_in(world.officer)
    page = read(client, f"/provisions/{provision.pk}/")
    assert in_order(
        page,
        "Looked after by",
        "Priya Oakes",
        "What is owed",
        "Visit about a concern",
        "19 June 2026",
        "Why this date?",
    )
    assert (
        f"/provisions/{provision.pk}/owed/concern:{raised.pk}/why/" in client.get(f"/provisions/{provision.pk}/").text
    )


def test_the_first_button_books_the_visit_where_one_is_owed(world: World, signed_in: SignIn) -> None:
    provision, client = home(world), signed_in(world.officer)
    assert in_order(read(client, f"/provisions/{provision.pk}/"), "Record a placement", "Book a visit")
    concern(world, provision, date(2026, 6, 9))
    assert in_order(read(client, f"/provisions/{provision.pk}/"), "Book a visit", "Record a placement")


def test_where_nothing_is_monitored_the_page_says_why_nothing_is_owed(world: World, signed_in: SignIn) -> None:
    monitored, other = world.provision(), world.provision(kind=ProvisionType.NOT_MONITORED)
    client = signed_in(world.officer)
    assert "A placement, a concern or a new judgement makes a visit owed" in read(client, monitored.get_absolute_url())
    page = read(client, other.get_absolute_url())
    assert "Nothing is owed here: provisions of this kind are not monitored" in page
    assert "makes a visit owed" not in page


def test_a_suspended_home_says_so(world: World, signed_in: SignIn) -> None:
    provision = world.provision(ProvisionType.RESIDENTIAL)
    provision.status = "suspended"
    provision.save(update_fields=["status"])
    assert "Registration suspended" in read(signed_in(world.officer), f"/provisions/{provision.pk}/")


def test_the_name_that_the_authority_typed_is_its_own(world: World, neighbour: World, signed_in: SignIn) -> None:
    provision = world.provision(name="")
    register.describe_provision(
        provision=provision,
        name="Willow Lodge",
        address="4 Mill Lane",
        by=world.officer,
        on=world.today,
        seen_revision=0,
    )
    assert "Willow Lodge" in read(signed_in(world.officer), f"/provisions/{provision.pk}/")
    theirs = read(signed_in(neighbour.officer), f"/provisions/{provision.pk}/")
    assert "Willow Lodge" not in theirs
    assert "4 Mill Lane" not in theirs


def test_a_restricted_young_person_stands_there_without_a_name_in_tables_picture_and_history(
    world: World, signed_in: SignIn
) -> None:
    provision = home(world)
    placement = world.placed(provision, date(2026, 6, 1))
    young_person = placement.young_person
    concern(world, provision, date(2026, 6, 9), young_people=[young_person])
    placements.restrict_record(
        young_person=young_person, named=[world.manager], reason="Known family", by=world.manager, seen_revision=None
    )
    for address in (f"/provisions/{provision.pk}/", f"/provisions/{provision.pk}/history/"):
        others = signed_in(world.officer).get(address).text
        assert f"({young_person.reference})" not in others
        assert "restricted record" in others
        assert "Known family" not in others
    assert young_person.reference in signed_in(world.manager).get(f"/provisions/{provision.pk}/").text


def test_the_history_of_a_correction_says_from_what_to_what_and_by_whom(world: World, signed_in: SignIn) -> None:
    provision = home(world)
    raised = concern(world, provision, date(2026, 6, 9))
    actions.change_concern(concern=raised, by=world.senior, seen_revision=raised.revision, raised_on=date(2026, 6, 8))
    page = read(signed_in(world.officer), f"/provisions/{provision.pk}/history/")
    assert in_order(page, "Dana Holloway", "Concern corrected", "9 June 2026", "8 June 2026")


def test_a_judgement_that_needs_an_action_plan_says_where_the_plan_stands(world: World, signed_in: SignIn) -> None:
    provision = home(world)
    world.placed(provision, date(2025, 9, 1))
    judgement = judged(world, provision, "requires_improvement", date(2026, 6, 1))
    actions.request_action_plan(judgement=judgement, requested_on=date(2026, 6, 2), by=world.senior)
    page = read(signed_in(world.senior), f"/provisions/{provision.pk}/")
    assert in_order(page, "Ofsted’s judgements", "1 June 2026", "Requires improvement", "Asked for on 2 June 2026")


def test_the_timeline_marks_what_happened_in_the_last_18_months_alone(world: World, signed_in: SignIn) -> None:
    provision = home(world)
    concern(world, provision, date(2026, 6, 9))
    concern(world, provision, date(2024, 11, 1))
    page = signed_in(world.officer).get(f"/provisions/{provision.pk}/").text
    assert page.count("<title>Concern raised by telephone") == 1


@pytest.mark.parametrize(("role", "may"), [("officer", True), ("viewer", False)])
def test_who_may_record_sees_the_buttons(world: World, signed_in: SignIn, role: str, may: bool) -> None:
    viewer = people.add_person(
        authority=world.authority, name="Vera Lind", email="vera@fen.example", roles=[Role.VIEWER], by=None
    )
    provision = home(world)
    page = read(signed_in(world.officer if role == "officer" else viewer), f"/provisions/{provision.pk}/")
    assert ("Raise a concern" in page) is may


def test_what_another_authority_entered_by_hand_is_not_found(world: World, neighbour: World, signed_in: SignIn) -> None:
    school = register.enter_provision(
        provision_type=ProvisionType.SEN, name="Harbour School", by=neighbour.officer, on=world.today
    )
    client = signed_in(world.officer)
    assert client.get(f"/provisions/{school.pk}/").status_code == 404
    assert client.get(f"/provisions/{school.pk}/history/").status_code == 404
    assert signed_in(neighbour.officer).get(f"/provisions/{school.pk}/").status_code == 200


def test_another_authority_s_work_at_a_shared_home_is_not_shown(
    world: World, neighbour: World, signed_in: SignIn
) -> None:
    provision = home(world)
    placement = world.placed(provision, date(2026, 6, 1))
    concern(world, provision, date(2026, 6, 9))
    page = read(signed_in(neighbour.officer), f"/provisions/{provision.pk}/")
    assert placement.young_person.reference not in page
    assert "Nothing is owed here" in page
    assert "Priya Oakes" not in page


def test_the_operator_sees_the_register_s_part_and_no_authority_s(world: World, signed_in: SignIn) -> None:
    provision = home(world)
    placement = world.placed(provision, date(2026, 6, 1))
    page = read(signed_in(world.operator), f"/provisions/{provision.pk}/")
    assert placement.young_person.reference not in page
    assert "Looked after by" not in page


def test_a_provision_takes_at_most_20_queries_and_as_many_with_a_long_past(world: World, signed_in: SignIn) -> None:
    provision = home(world, kind=ProvisionType.SUPPORTED_ACCOMMODATION)
    client = signed_in(world.manager)
    lived_in(world, provision, 2)
    few = queries(client, f"/provisions/{provision.pk}/")
    lived_in(world, provision, 30)
    assert queries(client, f"/provisions/{provision.pk}/") == few <= 20
    assert len(client.get(f"/provisions/{provision.pk}/").content) < 150_000


def lived_in(world: World, provision: object, times: int) -> None:
    """Placements, concerns, visits, tasks, flats and judgements, many times over."""
    for number in range(times):
        on = date(2026, 1, 1) + number * DAY
        world.made += 1
        flat = world.flat(provision, f"Flat {world.made}")  # type: ignore[arg-type]
        world.placed(provision, on, premises=flat)  # type: ignore[arg-type]
        concern(world, provision, on)  # type: ignore[arg-type]
        actions.record_past_visit(
            provision=provision,
            visit_on=on,
            officer=world.officer,
            premises=[flat],
            by=world.officer,  # type: ignore[arg-type]
        )
        actions.add_task(provision=provision, what="Mend the fire door", owner="provider", by=world.officer)  # type: ignore[arg-type]


def test_a_visit_that_is_only_proposed_stands_in_the_picture(world: World, signed_in: SignIn) -> None:
    place = home(world)
    actions.propose_visit(
        provision=place, officer=world.officer, visit_on=world.today + 5 * DAY, by=world.officer, on=world.today
    )
    assert "Visit: proposed" in read(signed_in(world.officer), place.get_absolute_url())


def test_the_history_is_filtered_by_who_and_downloads_without_what_is_closed(world: World, signed_in: SignIn) -> None:
    provision = home(world)
    concern(world, provision, date(2026, 6, 1))
    kept = world.placed(provision, date(2026, 6, 2)).young_person
    placements.restrict_record(
        young_person=kept, named=[world.manager], reason="Known family", by=world.manager, seen_revision=None
    )
    address = f"/provisions/{provision.pk}/history/"
    client = signed_in(world.officer)
    assert in_order(read(client, f"{address}?who=priya"), "Showing", "Priya Oakes", "Concern raised")
    assert "Nothing matches these filters" in read(client, f"{address}?who=nobody-of-this-name")
    written = b"".join(client.get(f"{address}?format=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert written.lstrip("\ufeff").startswith("When,Who,What,From and to,Why")
    assert "Concern raised" in written
    assert kept.reference not in written
    assert "Known family" not in written


def test_what_is_overdue_is_drawn_over_what_was_settled_on_the_same_day(world: World, signed_in: SignIn) -> None:
    provision = home(world)
    concern(world, provision, date(2026, 5, 28))
    other = concern(world, provision, date(2026, 5, 28))
    owed = Requirement.objects.get(key=f"concern:{other.pk}")
    actions.waive(requirement=owed, reason="Seen by the school", by=world.manager, on=world.today)
    picture = signed_in(world.officer).get(provision.get_absolute_url()).text.partition("<svg")[2]
    assert in_order(picture, "Visit about a concern was due: waived", "Visit about a concern due, overdue")
