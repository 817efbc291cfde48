"""The team: who has what, as a page and as CSV; moving provisions from one officer to another."""

import csv
import io
import re
from datetime import date
from html import unescape

from tests.desk.conftest import SignIn
from tests.desk.making import concern, home, in_order, queries, read
from tests.monitoring.world import World
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Assignment, Visit
from wellplaced.people import actions as people
from wellplaced.people.models import Person, ProvisionType
from wellplaced.people.rights import Role


def colleague(world: World, name: str = "Rowan Pike", *kinds: str) -> Person:
    """Another placement officer, approved for these types alone (C11)."""
    email = f"{name.lower().replace(' ', '.')}@{world.authority.code}.example"
    made = people.add_person(authority=world.authority, name=name, email=email, roles=[Role.PLACEMENT_OFFICER], by=None)
    for kind in kinds:
        people.approve(person=made, provision_type=kind, starts_on=date(2026, 1, 1), ends_on=None, by=world.manager)
    return made


def test_each_officer_has_a_row_and_what_nobody_looks_after_has_one_too(world: World, signed_in: SignIn) -> None:
    mine, unassigned = home(world), world.provision()
    concern(world, mine, date(2026, 5, 28))
    concern(world, mine, date(2026, 6, 2))
    concern(world, unassigned, date(2026, 5, 20))
    client = signed_in(world.manager)
    rows = list(csv.reader(io.StringIO(client.get("/team/?format=csv").getvalue().decode("utf-8-sig"))))
    assert rows[0][:5] == ["Officer", "Provisions", "Visits owed", "Overdue", "Due this week"]
    assert ["Priya Oakes", "1", "2", "1", "1", "0", "0", "0", "0", "0", ""] in rows
    assert rows[-1] == ["Nobody yet", "1", "1", "1", "0", "0", "0", "0", "0", "0", ""]
    assert in_order(read(client, "/team/"), "Priya Oakes", "Nobody yet")


def test_the_number_links_to_what_it_counts(world: World, signed_in: SignIn) -> None:
    concern(world, home(world, name="Mine"), date(2026, 5, 28))
    concern(world, world.provision(name="Nobodys"), date(2026, 5, 28))
    client = signed_in(world.manager)
    page = client.get("/team/").text
    assert f"/owed/?state=overdue&amp;officer={world.officer.pk}" in page or f"officer={world.officer.pk}" in page
    assert "Nobodys" in read(client, "/owed/?officer=none&state=overdue")
    assert "Mine" not in read(client, "/owed/?officer=none&state=overdue")


def test_steps_of_the_visits_and_reports_to_review_are_counted_too(world: World, signed_in: SignIn) -> None:
    for reviewer, submitted in ((world.senior, True), (None, True), (None, False)):
        visit = actions.record_past_visit(
            provision=home(world),
            visit_on=date(2026, 6, 1),
            booked_on=date(2026, 5, 20),
            officer=world.officer,
            by=world.officer,
        )
        Visit.objects.filter(pk=visit.pk).update(reviewer=reviewer)
        if submitted:
            actions.record_step(
                visit=visit, step="report_submitted", done_on=date(2026, 6, 5), by=world.officer, on=world.today
            )
    client = signed_in(world.manager)
    rows = {
        row["Officer"]: row
        for row in csv.DictReader(io.StringIO(client.get("/team/?format=csv").getvalue().decode("utf-8-sig")))
    }
    officer, senior, nobody = rows["Priya Oakes"], rows["Dana Holloway"], rows["Nobody yet"]
    assert (officer["Steps overdue"], officer["Steps this week"]) == ("15", "2")
    assert (senior["Reports to review"], nobody["Reports to review"]) == ("1", "1")


def test_every_number_leads_to_the_list_of_what_it_counts(world: World, signed_in: SignIn) -> None:
    concern(world, home(world), date(2026, 5, 28))
    concern(world, world.provision(), date(2026, 6, 2))
    for visit_on in (date(2026, 6, 12), date(2026, 7, 20)):
        actions.book_visit(
            provision=home(world), officer=world.officer, visit_on=visit_on, by=world.officer, on=world.today
        )
    visit = actions.record_past_visit(
        provision=home(world),
        visit_on=date(2026, 6, 1),
        booked_on=date(2026, 5, 20),
        officer=world.officer,
        by=world.officer,
    )
    actions.record_step(visit=visit, step="report_submitted", done_on=world.today, by=world.officer, on=world.today)
    client = signed_in(world.manager)
    links = re.findall(r'<a class="govuk-link" href="(/[^"]+\?[^"]+)">([\d,]+)<', client.get("/team/").text)
    assert {address.partition("?")[0] for address, _ in links} == {"/owed/", "/visits/", "/steps/", "/team/reassign/"}
    for address, number in links:
        if address.startswith("/team/"):
            assert client.get(unescape(address)).text.count('name="provisions"') == int(number)
            continue
        answer = client.get(f"{unescape(address)}&format=csv").getvalue().decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(answer)))) - 1 == int(number), address


def test_somebody_away_is_shown_with_who_covers(world: World, signed_in: SignIn) -> None:
    rowan = colleague(world)
    people.arrange_cover(
        absent=world.officer, covering=rowan, starts_on=date(2026, 6, 8), ends_on=date(2026, 6, 12), by=world.manager
    )
    assert in_order(read(signed_in(world.manager), "/team/"), "Priya Oakes", "Rowan Pike")


def test_several_provisions_are_moved_at_once(world: World, signed_in: SignIn) -> None:
    rowan = colleague(world, "Rowan Pike", ProvisionType.RESIDENTIAL)
    first, second, kept = home(world), home(world), home(world)
    client = signed_in(world.manager)
    address = f"/team/reassign/?whose={world.officer.pk}"
    assert first.name in read(client, address)
    answer = client.post(address, {"provisions": [first.pk, second.pk], "officer": rowan.pk, "reason": "Leave"})
    assert answer.status_code == 302
    now = Assignment.objects.filter(ends_on=None)
    assert set(now.filter(officer=rowan).values_list("provision", flat=True)) == {first.pk, second.pk}
    assert set(now.filter(officer=world.officer).values_list("provision", flat=True)) == {kept.pk}


def test_what_the_officer_is_not_approved_for_is_named_and_nothing_is_moved(world: World, signed_in: SignIn) -> None:
    rowan = colleague(world, "Rowan Pike", ProvisionType.RESIDENTIAL)
    fit, unfit = home(world, name="Fit House"), home(world, kind=ProvisionType.SEN, name="Unfit School")
    address = f"/team/reassign/?whose={world.officer.pk}"
    answer = signed_in(world.manager).post(
        address, {"provisions": [fit.pk, unfit.pk], "officer": rowan.pk, "reason": "Leave"}
    )
    assert answer.status_code == 200
    assert "Unfit School: Rowan Pike is not approved for SEN provision on 10 June 2026 (C11)" in answer.text
    assert "Fit House: Rowan Pike" not in answer.text
    assert not Assignment.objects.filter(officer=rowan).exists()


def test_what_nobody_looks_after_yet_is_given_to_somebody(world: World, signed_in: SignIn) -> None:
    unassigned, quiet = world.provision(name="Owing House"), world.provision(name="Quiet House")
    concern(world, unassigned, date(2026, 6, 2))
    client = signed_in(world.manager)
    page = read(client, "/team/reassign/?whose=none")
    assert in_order(page, "Owing House", "1 visit owed")
    assert quiet.name not in page
    client.post(
        "/team/reassign/?whose=none", {"provisions": [unassigned.pk], "officer": world.officer.pk, "reason": "New here"}
    )
    assert "Owing House" in read(signed_in(world.officer), "/")
    assert "There is nothing to move" in read(client, "/team/reassign/?whose=none")


def test_an_officer_may_not_see_the_team_nor_move_anything(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.officer)
    assert client.get("/team/").status_code == 403
    assert client.get("/team/reassign/").status_code == 403
    assert signed_in(world.senior).get("/team/reassign/").status_code == 403


def test_a_provision_of_another_authority_s_officer_cannot_be_moved(
    world: World, neighbour: World, signed_in: SignIn
) -> None:
    theirs = home(neighbour)
    address = f"/team/reassign/?whose={neighbour.officer.pk}"
    answer = signed_in(world.manager).post(
        address, {"provisions": [theirs.pk], "officer": world.officer.pk, "reason": "Mine now"}
    )
    assert answer.status_code == 200
    assert not Assignment.objects.filter(authority=world.authority).exists()


def test_the_team_takes_as_many_queries_with_ten_officers_as_with_two(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.manager)
    concern(world, home(world), date(2026, 6, 2))
    few = queries(client, "/team/")
    for number in range(8):
        officer = colleague(world, f"Officer {number}", ProvisionType.RESIDENTIAL)
        concern(world, home(world, officer), date(2026, 6, 2))
    assert queries(client, "/team/") == few <= 12
