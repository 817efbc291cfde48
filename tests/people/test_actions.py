"""Staff, their roles and rights, approvals (C11), cover: every write on record, and what is refused."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.people.made import person
from wellplaced.history import Conflict, clock
from wellplaced.history.models import Event
from wellplaced.people import actions
from wellplaced.people.approvals import approval_problem, approved_for, approved_people
from wellplaced.people.covering import acting_for, standing_in_for
from wellplaced.people.models import Approval, Authority, Cover, Person, ProvisionType
from wellplaced.people.pages import cover_tag
from wellplaced.people.rights import RIGHTS, ROLE_NAMES, Permission, Role

SA = ProvisionType.SUPPORTED_ACCOMMODATION
HOME = ProvisionType.RESIDENTIAL
NEW_YEAR = date(2027, 1, 1)


def again(found: Person) -> Person:
    return Person.objects.get(pk=found.pk)


# C11


def test_an_officer_is_approved_from_the_first_to_the_last_day(sam: Person, max_: Person) -> None:
    actions.approve(person=sam, provision_type=SA, starts_on=NEW_YEAR, ends_on=date(2027, 3, 31), by=max_)
    assert not approved_for(sam, SA, date(2026, 12, 31))
    assert approved_for(sam, SA, NEW_YEAR)
    assert approved_for(sam, SA, date(2027, 3, 31))
    assert not approved_for(sam, SA, date(2027, 4, 1))
    assert not approved_for(sam, HOME, NEW_YEAR), "only for the type that the approval names"


def test_without_a_last_day_an_approval_holds_until_further_notice(sam: Person, max_: Person) -> None:
    actions.approve(person=sam, provision_type=HOME, starts_on=NEW_YEAR, ends_on=None, by=max_)
    assert approved_for(sam, HOME, date(2040, 1, 1))


def test_a_missing_approval_says_who_what_when_and_what_to_do(sam: Person, max_: Person) -> None:
    problem = approval_problem(sam, SA, date(2027, 1, 3))
    assert "Sam Reed is not approved for 16+ supported accommodation on 3 January 2027 (C11)." in problem
    assert "Ask a manager" in problem
    actions.approve(person=sam, provision_type=SA, starts_on=NEW_YEAR, ends_on=None, by=max_)
    assert approval_problem(sam, SA, date(2027, 1, 3)) == ""


def test_an_approval_does_not_end_within_the_next_one(sam: Person, max_: Person) -> None:
    first = actions.approve(person=sam, provision_type=SA, starts_on=NEW_YEAR, ends_on=date(2027, 1, 31), by=max_)
    actions.approve(person=sam, provision_type=SA, starts_on=date(2027, 3, 1), ends_on=None, by=max_)
    with pytest.raises(ValidationError, match="approved for 16\\+ supported accommodation already"):
        actions.end_approval(approval=first, ends_on=date(2027, 3, 31), seen_revision=0, by=max_)
    assert Approval.objects.get(pk=first.pk).ends_on == date(2027, 1, 31)


def test_somebody_who_has_left_is_not_sent_whatever_the_approval(sam: Person, max_: Person) -> None:
    actions.approve(person=sam, provision_type=SA, starts_on=NEW_YEAR, ends_on=None, by=max_)
    left = actions.deactivate_person(person=sam, on=NEW_YEAR, seen_revision=None, by=max_)
    assert "no longer works here" in approval_problem(left, SA, date(2027, 1, 3))
    assert approved_people(max_, SA, date(2027, 1, 3)) == []


def test_two_approvals_for_one_type_do_not_overlap(sam: Person, max_: Person) -> None:
    actions.approve(person=sam, provision_type=SA, starts_on=NEW_YEAR, ends_on=date(2027, 3, 31), by=max_)
    with pytest.raises(ValidationError, match="already, from 1 January 2027 until 31 March 2027"):
        actions.approve(person=sam, provision_type=SA, starts_on=date(2027, 3, 31), ends_on=None, by=max_)
    actions.approve(person=sam, provision_type=SA, starts_on=date(2027, 4, 1), ends_on=None, by=max_)


def test_ending_and_correcting_an_approval_is_on_record_from_what_to_what(sam: Person, max_: Person) -> None:
    approval = actions.approve(person=sam, provision_type=SA, starts_on=NEW_YEAR, ends_on=None, by=max_)
    ended = actions.end_approval(
        approval=approval, ends_on=date(2027, 2, 28), seen_revision=0, by=max_, reason="Moved to fostering"
    )
    actions.correct_approval(
        approval=ended, starts_on=date(2027, 1, 4), ends_on=date(2027, 2, 28), seen_revision=1, by=max_
    )
    given, ended_event, corrected = Event.objects.of(approval)
    assert given.verb == "approval given"
    assert ended_event.changes == {"ends_on": [None, "2027-02-28"]}
    assert ended_event.reason == "Moved to fostering"
    assert corrected.changes == {"starts_on": ["2027-01-01", "2027-01-04"]}
    assert corrected.by_name == "Max Orchard"


def test_two_people_correct_one_approval_and_the_second_is_told(sam: Person, max_: Person) -> None:
    approval = actions.approve(person=sam, provision_type=SA, starts_on=NEW_YEAR, ends_on=None, by=max_)
    actions.end_approval(approval=approval, ends_on=date(2027, 2, 28), seen_revision=0, by=max_)
    with pytest.raises(Conflict):
        actions.end_approval(approval=approval, ends_on=date(2027, 3, 31), seen_revision=0, by=max_)


def test_another_authority_approves_nobody_here(sam: Person, alderbrook: Authority) -> None:
    stranger = person(alderbrook, "Bo Vale", Role.MANAGER)
    with pytest.raises(ValidationError, match="their own authority"):
        actions.approve(person=sam, provision_type=SA, starts_on=NEW_YEAR, ends_on=None, by=stranger)


@given(st.dates(), st.dates(), st.dates())
def test_the_database_and_the_page_agree_on_which_days_an_approval_holds(first: date, last: date, day: date) -> None:
    approval = Approval(starts_on=min(first, last), ends_on=max(first, last))
    assert approval.holds_on(day) == (min(first, last) <= day <= max(first, last))


# Cover


def test_somebody_acts_for_a_colleague_for_a_named_period(sam: Person, quinn: Person, max_: Person) -> None:
    cover = actions.arrange_cover(
        absent=sam, covering=quinn, starts_on=NEW_YEAR, ends_on=date(2027, 1, 8), by=max_, reason="leave"
    )
    assert list(acting_for(quinn, NEW_YEAR)) == [sam]
    assert list(acting_for(quinn, date(2027, 1, 8))) == [sam]
    assert list(standing_in_for(sam, date(2027, 1, 8))) == [quinn]
    assert not acting_for(quinn, date(2027, 1, 9))
    assert not acting_for(sam, NEW_YEAR)
    assert Event.objects.of(cover).get().for_id == sam.pk


def test_cover_ended_early_holds_no_more_from_that_day(sam: Person, quinn: Person, max_: Person) -> None:
    cover = actions.arrange_cover(absent=sam, covering=quinn, starts_on=NEW_YEAR, ends_on=date(2027, 1, 8), by=max_)
    actions.end_cover(cover=cover, on=date(2027, 1, 5), seen_revision=0, by=max_)
    assert acting_for(quinn, date(2027, 1, 4))
    assert not acting_for(quinn, date(2027, 1, 5))


def test_whoever_has_left_acts_for_nobody_until_they_are_back(sam: Person, quinn: Person, max_: Person) -> None:
    cover = actions.arrange_cover(absent=sam, covering=quinn, starts_on=NEW_YEAR, ends_on=date(2027, 1, 8), by=max_)
    left = actions.deactivate_person(person=quinn, on=NEW_YEAR, seen_revision=None, by=max_)
    assert not standing_in_for(sam, NEW_YEAR)
    assert cover_tag(Cover.objects.get(), NEW_YEAR).text == "Has left"
    assert cover_tag(Cover.objects.get(), date(2027, 1, 9)).text == "Over"
    actions.reactivate_person(person=left, on=NEW_YEAR, seen_revision=None, by=max_)
    assert list(standing_in_for(sam, NEW_YEAR)) == [quinn]
    assert cover_tag(Cover.objects.get(pk=cover.pk), NEW_YEAR).text == "In force"


def test_nobody_covers_for_themselves_or_while_away(sam: Person, quinn: Person, max_: Person) -> None:
    with pytest.raises(ValidationError, match="nobody covers for themselves"):
        actions.arrange_cover(absent=sam, covering=sam, starts_on=NEW_YEAR, ends_on=NEW_YEAR, by=max_)
    actions.arrange_cover(absent=sam, covering=quinn, starts_on=NEW_YEAR, ends_on=date(2027, 1, 8), by=max_)
    with pytest.raises(ValidationError, match="Sam Reed is away too"):
        actions.arrange_cover(absent=max_, covering=sam, starts_on=NEW_YEAR, ends_on=NEW_YEAR, by=max_)


def test_all_that_is_wrong_with_cover_is_told_at_once(sam: Person, max_: Person) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.arrange_cover(absent=sam, covering=sam, starts_on=NEW_YEAR, ends_on=date(2026, 12, 31), by=max_)
    assert refused.value.message_dict == {
        "covering": ["Choose somebody else: nobody covers for themselves."],
        "ends_on": ["The last day must be on or after the first day."],
    }


@pytest.mark.parametrize(
    ("away", "able", "unable", "work"),
    [
        (Role.PLACEMENT_OFFICER, Role.SENIOR_OFFICER, Role.VIEWER, "book, hold and correct visits"),
        (Role.SENIOR_OFFICER, Role.PLACEMENT_OFFICER, Role.ADMINISTRATOR, "book, hold and correct visits"),
        (Role.MANAGER, Role.SENIOR_OFFICER, Role.ADMINISTRATOR, "book, hold and correct visits"),
        (Role.ADMINISTRATOR, Role.MANAGER, Role.PLACEMENT_OFFICER, "keep staff"),
    ],
)
def test_nobody_covers_who_may_not_do_the_work(
    away: Role, able: Role, unable: Role, work: str, fenmarket: Authority
) -> None:
    max_ = person(fenmarket, "Max Orchard", Role.MANAGER)
    absent, noor = person(fenmarket, "Ash Keane", away), person(fenmarket, "Noor Latham", unable)
    with pytest.raises(ValidationError) as refused:
        actions.arrange_cover(absent=absent, covering=noor, starts_on=NEW_YEAR, ends_on=NEW_YEAR, by=max_)
    [said] = refused.value.message_dict["covering"]
    assert said.startswith(f"Noor Latham cannot act for Ash Keane: choose somebody who may {work}")
    deputy = person(fenmarket, "Kit Lowe", able)
    actions.arrange_cover(absent=absent, covering=deputy, starts_on=NEW_YEAR, ends_on=NEW_YEAR, by=max_)
    assert list(acting_for(deputy, NEW_YEAR)) == [absent]


def test_cover_stays_within_an_authority(sam: Person, max_: Person, alderbrook: Authority) -> None:
    stranger = person(alderbrook, "Bo Vale", Role.PLACEMENT_OFFICER)
    with pytest.raises(ValidationError, match="colleagues of one authority"):
        actions.arrange_cover(absent=sam, covering=stranger, starts_on=NEW_YEAR, ends_on=NEW_YEAR, by=max_)


# Staff and roles


def test_an_email_address_is_kept_in_lower_case_and_belongs_to_one_person(fenmarket: Authority, ada: Person) -> None:
    added = actions.add_person(
        authority=fenmarket, name="Kit Lowe", email=" Kit.Lowe@Fen.EXAMPLE ", roles=[Role.VIEWER], by=ada
    )
    assert added.email == "kit.lowe@fen.example"
    with pytest.raises(ValidationError, match="signs in with this email address already"):
        actions.add_person(
            authority=fenmarket, name="Another", email="KIT.LOWE@fen.example", roles=[Role.VIEWER], by=ada
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=added.pk).update(email="Kit@fen.example")


def test_nobody_knows_the_password_of_somebody_new(fenmarket: Authority, ada: Person) -> None:
    added = actions.add_person(
        authority=fenmarket, name="Kit Lowe", email="kit@fen.example", roles=[Role.VIEWER], by=ada
    )
    assert not added.has_usable_password()
    with pytest.raises(PermissionDenied):
        actions.set_password(person=added, password="chosen-by-another", by=ada)


def test_a_person_may_do_what_any_of_their_roles_allows(fenmarket: Authority) -> None:
    both = person(fenmarket, "Kit Lowe", Role.VIEWER, Role.ADMINISTRATOR)
    assert both.may(Permission.KEEP_STAFF)
    assert not both.may(Permission.WAIVE)


def test_roles_are_set_on_record(sam: Person, ada: Person) -> None:
    actions.set_roles(person=sam, roles=[Role.SENIOR_OFFICER], seen_revision=0, by=ada)
    assert again(sam).held_roles == {Role.SENIOR_OFFICER}
    assert Event.objects.of(sam).last().changes == {"roles": [["Placement officer"], ["Senior officer (SQAO)"]]}
    with pytest.raises(Conflict):
        actions.set_roles(person=sam, roles=[Role.MANAGER], seen_revision=0, by=ada)


def test_the_last_one_who_keeps_staff_cannot_give_that_up(ada: Person, sam: Person) -> None:
    with pytest.raises(ValidationError, match="Nobody would be left who may keep staff"):
        actions.set_roles(person=ada, roles=[Role.VIEWER], seen_revision=0, by=ada)
    assert again(ada).held_roles == {Role.ADMINISTRATOR}, "nothing of it is kept"
    actions.set_roles(person=sam, roles=[Role.MANAGER], seen_revision=0, by=ada)
    actions.set_roles(person=ada, roles=[Role.VIEWER], seen_revision=0, by=ada)


def test_nobody_ends_their_own_access(ada: Person, max_: Person) -> None:
    with pytest.raises(ValidationError, match="your own access"):
        actions.deactivate_person(person=ada, on=NEW_YEAR, seen_revision=None, by=ada)
    assert not actions.deactivate_person(person=ada, on=NEW_YEAR, seen_revision=None, by=max_).is_active


def test_somebody_who_comes_back_has_their_roles_again(sam: Person, max_: Person) -> None:
    left = actions.deactivate_person(person=sam, on=NEW_YEAR, seen_revision=0, by=max_)
    back = actions.reactivate_person(person=left, on=date(2027, 6, 1), seen_revision=1, by=max_)
    assert back.is_active
    assert back.held_roles == {Role.PLACEMENT_OFFICER}


def test_the_operator_belongs_to_no_authority(fenmarket: Authority, sam: Person, ada: Person) -> None:
    with pytest.raises(ValidationError, match="belongs to no authority"):
        actions.set_roles(person=sam, roles=[Role.OPERATOR], seen_revision=0, by=ada)
    with pytest.raises(ValidationError, match="can only be"):
        actions.add_person(authority=None, name="Kit", email="kit@x.example", roles=[Role.VIEWER], by=None)


def test_another_authoritys_administrator_changes_nobody_here(sam: Person, alderbrook: Authority) -> None:
    stranger = person(alderbrook, "Bo Vale", Role.ADMINISTRATOR)
    with pytest.raises(PermissionDenied):
        actions.change_person(person=sam, name="X", email=sam.email, seen_revision=0, by=stranger)


# The operator, and a service of one authority


def test_where_there_is_one_authority_and_no_operator_its_administrator_keeps_the_register(ada: Person) -> None:
    assert again(ada).may(Permission.KEEP_REGISTER)
    loaded = Person.objects.signed_in(ada.pk, clock.today())
    assert loaded is not None
    assert loaded.may(Permission.CORRECT_REGISTER)
    with pytest.raises(ValidationError, match="needs an operator"):
        actions.add_authority(name="Second", code="two", by=again(ada))


def test_with_an_operator_or_a_second_authority_the_administrator_does_not(ada: Person, olive: Person) -> None:
    assert not again(ada).may(Permission.KEEP_REGISTER)
    loaded = Person.objects.signed_in(ada.pk, clock.today())
    assert loaded is not None
    assert not loaded.may(Permission.KEEP_REGISTER)


def test_in_a_service_of_two_authorities_without_operator_nobody_keeps_the_register(
    ada: Person, alderbrook: Authority
) -> None:
    assert not again(ada).may(Permission.KEEP_REGISTER)


def test_only_the_operator_keeps_authorities(max_: Person, fenmarket: Authority, olive: Person) -> None:
    with pytest.raises(PermissionDenied):
        actions.add_authority(name="Second", code="two", by=max_)
    second = actions.add_authority(name="Second", code="two", by=olive)
    assert Event.objects.of(second).get().by_name == "Olive Stone"


def test_a_closure_day_is_entered_once_and_taken_back_on_record(max_: Person) -> None:
    day = actions.add_closure_day(day=date(2026, 12, 24), name="Christmas Eve", by=max_)
    with pytest.raises(ValidationError, match="24 December 2026 is entered already"):
        actions.add_closure_day(day=date(2026, 12, 24), name="Again", by=max_)
    number = day.pk
    actions.remove_closure_day(closure_day=day, by=max_)
    verbs = Event.objects.filter(about_type="people.closureday", about_id=number).values_list("verb", flat=True)
    assert list(verbs) == ["closure day added", "closure day removed"]


# The table of rights


def test_every_role_has_its_rights_and_a_name() -> None:
    assert set(RIGHTS) == set(ROLE_NAMES) == set(Role)
    assert all(RIGHTS.values())


def test_every_permission_is_held_by_somebody() -> None:
    assert frozenset[Permission]().union(*RIGHTS.values()) == frozenset(Permission)


def test_the_operator_sees_no_authoritys_work() -> None:
    assert Permission.SEE not in RIGHTS[Role.OPERATOR]


def test_only_a_manager_waives_and_reassigns() -> None:
    for permission in (Permission.WAIVE, Permission.REASSIGN, Permission.RESTRICT_RECORD):
        assert [role for role, held in RIGHTS.items() if permission in held] == [Role.MANAGER]
