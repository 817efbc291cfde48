"""Who may set a step of a visit aside: whose duty it is, or who answers for them; as a written table, and on the pages."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.monitoring.bookings import book
from tests.monitoring.browsing import signed_in, text_of
from tests.monitoring.world import World
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Requirement, StepRecord, Visit, Waiver
from wellplaced.people import actions as people
from wellplaced.people.models import Person
from wellplaced.people.rights import Role

STEPS = {  # step → who may set it aside: the visiting officer, a colleague, the senior officer, the manager
    "letter_sent": {"visitor", "colleague", "senior", "manager"},
    "pre_visit_form_received": {"visitor", "colleague", "senior", "manager"},
    "report_submitted": {"visitor", "colleague", "senior", "manager"},
    "report_returned": {"senior", "manager"},
    "sent_for_comment": {"visitor", "colleague", "senior", "manager"},
    "uploaded": {"visitor", "colleague", "senior", "manager"},
}


def colleague(world: World, role: Role, name: str = "Ash Keane") -> Person:
    email = f"{name.split(maxsplit=1)[0].lower()}@fen.example"
    return people.add_person(authority=world.authority, name=name, email=email, roles=[role], by=world.manager)


def set_aside(world: World, visit: Visit, step: str, by: Person) -> bool:
    try:
        actions.set_step_aside(visit=visit, step=step, because="Written on paper", by=by, on=world.today)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(("step", "may"), STEPS.items(), ids=STEPS)
def test_who_may_set_a_step_aside_follows_whose_duty_it_is(step: str, may: set[str], world: World) -> None:
    visit = book(world, world.provision(), 5)
    asks = {
        "visitor": world.officer,
        "colleague": colleague(world, Role.PLACEMENT_OFFICER),
        "senior": world.senior,
        "manager": world.manager,
    }
    for who, person in asks.items():
        assert set_aside(world, visit, step, person) == (who in may), who
        StepRecord.objects.all().delete()


def test_a_senior_officer_does_not_excuse_the_review_of_their_own_visit(world: World) -> None:
    visit = book(world, world.provision(), 5, officer=world.senior)
    assert not set_aside(world, visit, "report_returned", world.senior)
    assert set_aside(world, visit, "report_returned", world.manager)


def test_a_deputy_of_the_senior_officer_may(world: World) -> None:
    visit, deputy = book(world, world.provision(), 5), colleague(world, Role.PLACEMENT_OFFICER)
    people.arrange_cover(
        absent=world.senior,
        covering=deputy,
        starts_on=world.today,
        ends_on=world.today,
        reason="Leave",
        by=world.manager,
    )
    assert set_aside(world, visit, "report_returned", deputy)


def test_the_pages_say_whose_it_is_and_offer_it_to_nobody_else(world: World) -> None:
    visit = book(world, world.provision(), 5)
    at = reverse("monitoring:step", args=[visit.pk, "report_returned"])
    client = signed_in(world.officer)
    page = text_of(client.get(at))
    assert "This step is the duty of the senior officer (SQAO)" in page
    assert "Set it aside" not in page
    answer = client.post(f"{at}set-aside/", {"because": "No time", "revision": "-1"}, follow=True)
    assert "A senior officer (SQAO) or manager may set it aside, but not whoever made the visit" in text_of(answer)
    several = reverse("monitoring:record_steps", args=[visit.pk])
    assert 'value="report_returned"' not in text_of(client.get(several))
    client.post(several, {"set_aside": ["report_returned"], "because": "No time"})
    assert not StepRecord.objects.exists()
    assert "Set it aside" in text_of(signed_in(world.senior).get(at))


def test_a_second_waiver_with_another_reason_is_not_said_to_be_on_record(world: World) -> None:
    provision = world.provision()
    world.placed(provision, world.today)
    owed = Requirement.objects.get()
    browser, address = signed_in(world.manager), owed.get_absolute_url() + "waive/"
    for reason in ("Leaves tomorrow", "Leaves tomorrow"):
        assert "Waived. The reason is on record" in text_of(browser.post(address, {"reason": reason}, follow=True))
    again = text_of(browser.post(address, {"reason": "Seen in school"}, follow=True))
    assert "Nothing was changed: this visit is waived already, for another reason" in again
    assert "Waived. The reason is on record" not in again
    assert Waiver.objects.get().reason == "Leaves tomorrow"
    opened = text_of(browser.get(address, follow=True))
    assert "This visit is waived already" in opened
    assert "Leaves tomorrow" in opened
