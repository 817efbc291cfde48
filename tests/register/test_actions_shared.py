"""The shared register corrected by hand: judgements ahead of the file, status, those left, homes registered anew."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.people.made import authority, person
from tests.register.made import TODAY, listed
from wellplaced import history
from wellplaced.history.models import Event
from wellplaced.people.models import Person, ProvisionType
from wellplaced.people.rights import Role
from wellplaced.register import actions, standing
from wellplaced.register.models import Judgement, Outcome, Provision, Registration, RegistrationStatus, Scale

pytestmark = pytest.mark.django_db


@pytest.fixture
def olive() -> Person:
    return person(None, "Olive Stone", Role.OPERATOR)


@pytest.fixture
def sam(olive: Person) -> Person:
    return person(authority(), "Sam Reed", Role.PLACEMENT_OFFICER)


def judge(home: Provision, by: Person, outcome: str = Outcome.INADEQUATE, on: date = date(2026, 11, 20)) -> Judgement:
    return actions.add_judgement(
        provision=home, outcome=outcome, inspected_on=on - timedelta(days=5), published_on=on, by=by, on=TODAY
    )


def test_a_judgement_published_before_the_file_is_out_concerns_every_authority(olive: Person) -> None:
    home = listed(outcome=Outcome.GOOD)
    judgement = judge(home, olive)
    home.refresh_from_db()
    assert (home.outcome, home.judged_on) == (Outcome.INADEQUATE, date(2026, 11, 20))
    assert judgement.registration == home.registrations.get()
    event = Event.objects.of(judgement).get()
    assert (event.authority_id, event.provision_id, event.happened_on) == (None, home.pk, date(2026, 11, 20))


def test_an_officer_does_not_judge_a_shared_provision(sam: Person) -> None:
    with pytest.raises(PermissionDenied):
        judge(listed(), sam)


def test_a_visit_without_a_grade_never_blanks_the_judgement(olive: Person) -> None:
    home = listed(outcome=Outcome.GOOD)
    judge(home, olive, Outcome.NOT_JUDGED)
    home.refresh_from_db()
    assert (home.outcome, home.judged_on) == (Outcome.GOOD, date(2025, 1, 14))


def test_an_older_judgement_does_not_replace_the_one_in_force(olive: Person) -> None:
    home = listed(outcome=Outcome.GOOD)
    judge(home, olive, Outcome.OUTSTANDING, date(2022, 3, 1))
    home.refresh_from_db()
    assert home.outcome == Outcome.GOOD


def test_each_type_is_judged_on_its_own_scale(olive: Person) -> None:
    service = listed("1900003", ProvisionType.SUPPORTED_ACCOMMODATION)
    with pytest.raises(ValidationError, match="scale"):
        judge(service, olive, Outcome.GOOD)
    assert judge(service, olive, Outcome.SERIOUS_WEAKNESSES).scale == Scale.SUPPORTED_ACCOMMODATION


def test_a_judgement_is_not_published_tomorrow_nor_before_its_inspection(olive: Person) -> None:
    home = listed()
    with pytest.raises(ValidationError, match="still to come"):
        judge(home, olive, on=date(2026, 11, 24))
    with pytest.raises(ValidationError, match="on or before the day of publication"):
        actions.add_judgement(
            provision=home,
            outcome=Outcome.GOOD,
            inspected_on=date(2026, 11, 2),
            published_on=date(2026, 11, 1),
            by=olive,
            on=TODAY,
        )


def test_one_inspection_is_recorded_once(olive: Person) -> None:
    home = listed(outcome=Outcome.GOOD)
    with pytest.raises(ValidationError, match="recorded here already"):
        actions.add_judgement(
            provision=home,
            outcome=Outcome.GOOD,
            inspected_on=date(2024, 11, 5),
            published_on=TODAY,
            event_number="10360658",
            by=olive,
            on=TODAY,
        )


def test_ofsteds_file_finds_a_typed_judgement_by_the_day_of_its_inspection_so_that_day_is_asked_for(
    olive: Person,
) -> None:
    with pytest.raises(ValidationError, match="Enter the day of the inspection"):
        actions.add_judgement(provision=listed(), outcome=Outcome.GOOD, published_on=TODAY, by=olive, on=TODAY)


def test_what_one_authoritys_own_list_says_of_a_shared_home_does_not_show_to_others(olive: Person, sam: Person) -> None:
    home = listed(outcome=Outcome.GOOD)
    own = judge(home, olive)
    own.entered_by = sam.authority
    own.save(update_fields=["entered_by"])
    standing.refresh([home.pk])
    home.refresh_from_db()
    assert home.outcome == Outcome.GOOD
    assert Judgement.objects.seen_by(sam).count() == 2
    assert Judgement.objects.seen_by(olive).count() == 1


def test_a_corrected_judgement_changes_what_stands_and_is_on_record(olive: Person) -> None:
    home = listed()
    judgement = judge(home, olive)
    actions.correct_judgement(
        judgement=judgement, outcome=Outcome.REQUIRES_IMPROVEMENT, by=olive, on=TODAY, seen_revision=0
    )
    home.refresh_from_db()
    assert home.outcome == Outcome.REQUIRES_IMPROVEMENT
    event = Event.objects.of(judgement).last()
    assert event is not None
    assert event.changes == {"outcome": ["inadequate", "requires_improvement"]}
    with pytest.raises(history.Conflict):
        actions.correct_judgement(judgement=judgement, outcome=Outcome.GOOD, by=olive, on=TODAY, seen_revision=0)


def test_a_suspended_registration_warns_wherever_the_provision_appears(olive: Person, sam: Person) -> None:
    home = listed()
    actions.correct_registration(
        registration=home.registrations.get(), status=RegistrationStatus.SUSPENDED, by=olive, on=TODAY, seen_revision=0
    )
    home.refresh_from_db()
    assert home.standing_warning == "Registration suspended"
    assert home.registrations.get().as_at == TODAY
    event = Event.objects.get(verb="registration corrected")
    assert (event.authority_id, event.provision_id) == (None, home.pk)
    with pytest.raises(PermissionDenied):
        actions.correct_registration(
            registration=home.registrations.get(), status="active", by=sam, on=TODAY, seen_revision=1
        )


def marked_as_left(urn: str = "SC900001") -> Registration:
    registration = listed(urn).registrations.get()
    registration.left_marked_on = date(2026, 9, 30)
    registration.save(update_fields=["left_marked_on"])
    return registration


def test_one_that_a_file_no_longer_lists_may_still_be_active(olive: Person) -> None:
    settled = actions.settle_left(registration=marked_as_left(), still_active=True, by=olive, on=TODAY, seen_revision=0)
    assert (settled.status, settled.left_marked_on) == (RegistrationStatus.ACTIVE, None)


def test_one_that_a_file_no_longer_lists_may_have_closed(olive: Person) -> None:
    settled = actions.settle_left(
        registration=marked_as_left(),
        still_active=False,
        closed_on=date(2026, 8, 1),
        by=olive,
        on=TODAY,
        seen_revision=0,
    )
    assert (settled.status, settled.ended_on) == (RegistrationStatus.CLOSED, date(2026, 8, 1))
    assert Provision.objects.get().standing_warning == "Registration closed"


def test_a_home_registered_anew_keeps_its_history(olive: Person) -> None:
    old = listed("SC900001", outcome=Outcome.INADEQUATE, status=RegistrationStatus.CANCELLED)
    new = listed("SC900009", outcome=Outcome.GOOD, published_on=date(2026, 1, 14))
    joined = actions.link_registration(registration=new.registrations.get(), to=old, by=olive, on=TODAY)
    assert Provision.objects.get() == joined
    assert (joined.urn, joined.outcome) == ("SC900009", Outcome.GOOD)
    assert joined.judgements.count() == 2
    assert "sc900001" in joined.search_text
    assert joined.standing_warning == ""


def test_a_home_where_an_authority_recorded_something_is_not_joined_away(olive: Person, sam: Person) -> None:
    old, new = listed("SC900001"), listed("SC900009")
    actions.describe_provision(provision=new, name="Larch House", by=sam, on=TODAY, seen_revision=0)
    with pytest.raises(ValidationError, match="local details"):
        actions.link_registration(registration=new.registrations.get(), to=old, by=olive, on=TODAY)
    assert Provision.objects.count() == 2


def test_two_types_are_not_one_home(olive: Person) -> None:
    old, new = listed("SC900001"), listed("1900009", ProvisionType.IFA)
    with pytest.raises(ValidationError, match="two types"):
        actions.link_registration(registration=new.registrations.get(), to=old, by=olive, on=TODAY)
