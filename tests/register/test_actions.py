"""What an authority types of a provision, its premises, and what it enters by hand."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import DjangoAssertNumQueries

from tests.people.made import authority, person
from tests.register.made import TODAY, listed
from wellplaced import history
from wellplaced.history.models import Event
from wellplaced.people.models import Person, ProvisionType
from wellplaced.people.rights import Role
from wellplaced.register import actions, standing
from wellplaced.register.models import Inspectorate, LocalDetails, Outcome, PremisesKind, Provision

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam() -> Person:
    return person(authority(), "Sam Reed", Role.PLACEMENT_OFFICER)


@pytest.fixture
def nia() -> Person:
    return person(authority("Alderbrook Borough Council", "ald"), "Nia Fell", Role.PLACEMENT_OFFICER)


def describe(home: Provision, by: Person, seen_revision: int | None = None, **values: object) -> LocalDetails:
    return actions.describe_provision(provision=home, by=by, on=TODAY, seen_revision=seen_revision, **values)


def test_a_redacted_home_gets_the_name_that_the_authority_typed_and_only_there(sam: Person, nia: Person) -> None:
    home = listed()
    describe(home, sam, name="Larch House", postcode="ZZ2 2ZZ")
    seen = Provision.objects.with_details_of(sam.authority_id).get(pk=home.pk)
    assert seen.known_as == "Larch House"
    assert Provision.objects.with_details_of(nia.authority_id).get(pk=home.pk).known_as == "Residential home SC900001"
    assert "zz22zz" in LocalDetails.objects.get().search_text


def test_what_was_typed_is_on_record_from_what_to_what(sam: Person) -> None:
    home = listed()
    details = describe(home, sam, name="Larch House")
    describe(home, sam, details.revision, name="Larch Lodge")
    event = Event.objects.of(details).last()
    assert event is not None
    assert (event.verb, event.by_name, event.provision_id) == ("provision described", "Sam Reed", home.pk)
    assert event.changes == {"name": ["Larch House", "Larch Lodge"]}


def test_a_contract_is_an_event_of_that_authority_at_that_provision(sam: Person) -> None:
    home = listed()
    describe(home, sam, under_contract_from=date(2026, 4, 1))
    event = Event.objects.get(verb="contract changed")
    assert (event.authority_id, event.provision_id) == (sam.authority_id, home.pk)
    assert event.changes == {"under_contract_from": [None, "2026-04-01"]}


def test_nothing_typed_leaves_nothing_behind(sam: Person) -> None:
    describe(listed(), sam, 0, name=" ", under_contract_from=None)
    assert not LocalDetails.objects.exists()


def test_an_alias_means_one_provision_of_an_authority_whatever_its_case(sam: Person) -> None:
    describe(listed("SC900001"), sam, name="Larch House", alias="LARCH")
    with pytest.raises(ValidationError, match="‘Larch’ already means Larch House") as refused:
        describe(listed("SC900002"), sam, alias="Larch")
    assert set(refused.value.message_dict) == {"alias"}


def test_two_authorities_may_use_one_alias(sam: Person, nia: Person) -> None:
    describe(listed("SC900001"), sam, alias="LARCH")
    describe(listed("SC900002"), nia, alias="LARCH")
    assert LocalDetails.objects.filter(alias="LARCH").count() == 2


def test_two_colleagues_describing_a_provision_for_the_first_time_at_once_do_not_overwrite_each_other(
    sam: Person,
) -> None:
    home = listed()
    describe(home, sam, 0, name="Larch House")
    with pytest.raises(history.Conflict) as conflict:
        describe(home, sam, 0, name="Birch House")
    assert conflict.value.theirs == {"name": ("Birch House", "Larch House")}


def test_another_authoritys_hand_entered_provision_is_not_described(sam: Person, nia: Person) -> None:
    school = actions.enter_provision(provision_type=ProvisionType.SEN, name="Quay School", by=nia, on=TODAY)
    with pytest.raises(PermissionDenied):
        describe(school, sam, name="Ours")


def test_a_flat_is_added_changed_and_closed(sam: Person) -> None:
    service = listed("1900003", ProvisionType.SUPPORTED_ACCOMMODATION, name="Brightwater Living")
    flat = actions.add_premises(
        provision=service, label="Flat 3, Mill Court", kind=PremisesKind.FLAT, capacity=1, by=sam, on=TODAY
    )
    flat = actions.change_premises(premises=flat, label="Flat 3", by=sam, on=TODAY, seen_revision=0)
    flat = actions.close_premises(premises=flat, closed_on=date(2026, 11, 1), by=sam, on=TODAY, seen_revision=1)
    assert (flat.label, flat.closed_on) == ("Flat 3", date(2026, 11, 1))
    verbs = [event.verb for event in Event.objects.of(flat)]
    assert verbs == ["premises added", "premises changed", "premises closed"]


def test_two_premises_of_one_service_have_two_names(sam: Person, nia: Person) -> None:
    service = listed("1900003", ProvisionType.SUPPORTED_ACCOMMODATION)
    for by in (sam, nia):  # each authority knows its own
        actions.add_premises(provision=service, label="Flat 3", kind=PremisesKind.FLAT, by=by, on=TODAY)
    with pytest.raises(ValidationError, match="called ‘Flat 3’ here already"):
        actions.add_premises(provision=service, label="Flat 3 ", kind=PremisesKind.FLAT, by=sam, on=TODAY)


def test_a_residential_home_has_no_premises_of_its_own(sam: Person) -> None:
    with pytest.raises(ValidationError, match="Only 16\\+"):
        actions.add_premises(provision=listed(), label="Annex", kind=PremisesKind.FLAT, by=sam, on=TODAY)


def test_a_day_school_entered_by_hand_is_its_authoritys_alone(sam: Person, nia: Person) -> None:
    school = actions.enter_provision(
        provision_type=ProvisionType.SEN,
        name="Quay School",
        owner="Quay Trust",
        inspectorate=Inspectorate.ISI,
        postcode="ZZ4 4ZZ",
        by=sam,
        on=TODAY,
    )
    assert list(Provision.objects.seen_by(sam)) == [school]
    assert not Provision.objects.seen_by(nia).exists()
    assert "quay trust" in school.search_text
    assert school.standing_warning == ""
    event = Event.objects.get(verb="provision entered")
    assert (event.authority_id, event.provision_id) == (sam.authority_id, school.pk)


def test_a_home_that_ofsted_should_register_and_does_not_says_so(sam: Person) -> None:
    home = actions.enter_provision(
        provision_type=ProvisionType.RESIDENTIAL, name="Alder Lodge", inspectorate=Inspectorate.OFSTED, by=sam, on=TODAY
    )
    assert home.standing_warning == "Not registered with Ofsted"


def test_the_same_school_is_not_entered_twice(sam: Person) -> None:
    actions.enter_provision(provision_type=ProvisionType.SEN, name="Quay School", by=sam, on=TODAY)
    with pytest.raises(ValidationError, match="already"):
        actions.enter_provision(provision_type=ProvisionType.SEN, name="quay school ", by=sam, on=TODAY)


def test_a_hand_entered_provision_is_changed_by_its_own_authority_only(sam: Person, nia: Person) -> None:
    home = actions.enter_provision(
        provision_type=ProvisionType.RESIDENTIAL, name="Glan Home", inspectorate=Inspectorate.CIW, by=sam, on=TODAY
    )
    changed = actions.change_entered_provision(
        provision=home, name="Glanafon", status="closed", owner="Cwm Care", by=sam, on=TODAY, seen_revision=0
    )
    assert changed.standing_warning == "Registration closed"
    assert "cwm care" in changed.search_text
    event = Event.objects.get(verb="entered provision changed")
    assert (event.authority_id, event.provision_id) == (sam.authority_id, home.pk)
    with pytest.raises(PermissionDenied):
        actions.change_entered_provision(provision=changed, name="Ours", by=nia, on=TODAY, seen_revision=1)
    with pytest.raises(PermissionDenied):
        actions.change_entered_provision(provision=listed(), name="Ours", by=sam, on=TODAY, seen_revision=0)


def test_a_school_is_judged_by_its_own_authority_and_owed_for_by_that_alone(sam: Person, nia: Person) -> None:
    school = actions.enter_provision(provision_type=ProvisionType.SEN, name="Quay School", by=sam, on=TODAY)
    judgement = actions.add_judgement(
        provision=school, outcome=Outcome.INADEQUATE, published_on=date(2026, 11, 20), by=sam, on=TODAY
    )
    school.refresh_from_db()
    assert (school.outcome, school.judged_on) == (Outcome.INADEQUATE, date(2026, 11, 20))
    assert judgement.entered_by == sam.authority
    assert Event.objects.of(judgement).get().authority_id == sam.authority_id
    with pytest.raises(PermissionDenied):
        actions.add_judgement(provision=school, outcome=Outcome.GOOD, published_on=TODAY, by=nia, on=TODAY)


def test_standing_is_set_for_many_provisions_in_few_queries(
    sam: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    numbers = [listed(f"SC9001{n:02}", outcome=Outcome.GOOD).pk for n in range(30)]
    Provision.objects.update(urn="", outcome="", judged_on=None, search_text="")
    with django_assert_max_num_queries(6):
        assert standing.refresh(numbers) == 30
    assert set(Provision.objects.values_list("outcome", flat=True)) == {Outcome.GOOD}
    assert standing.refresh(numbers) == 0
