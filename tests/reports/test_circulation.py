"""C21: who gets the report for comment, proposed from the facts; sent, put right on record, recalled."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.world import World
from tests.reports.circulating import agreed, answered, out, placed_with, ready, sent, to
from wellplaced.design.words import day
from wellplaced.history.models import Event
from wellplaced.monitoring.models import Recipient, Step, StepRecord, Visit
from wellplaced.people.models import ProvisionType
from wellplaced.placements import actions as placements
from wellplaced.placements.models import YoungPerson
from wellplaced.register.models import Provision
from wellplaced.reports.actions import circulation
from wellplaced.reports.actions.closing import close_report, reopen_report
from wellplaced.reports.circulating import circulation_of
from wellplaced.reports.models import Report, ReportState


def names(visit: Visit, world: World) -> list[str]:
    return [f"{each.role}: {each.name}" for each in circulation_of(visit, world.officer, world.today).proposed]


def missing(visit: Visit, world: World) -> list[str]:
    found = circulation_of(visit, world.officer, world.today).missing
    return [f"{each.role.upper()} of {each.young_person.reference}" for each in found]


def test_social_worker_and_reviewing_officer_of_everybody_placed_on_the_day_and_the_provider_get_it(
    world: World,
) -> None:
    visit, home = ready(world)
    placed_with(world, home, "M2", csw="Cal Reed", iro="Ira Moss")
    gone = visit.visit_on - timedelta(days=1)
    placed_with(world, home, "M3", ends_on=gone, csw="Nobody Now")
    assert names(visit, world) == ["csw: Ash Grove", "csw: Cal Reed", "iro: Ira Moss", f"provider: {home.known_as}"]


def test_one_person_for_two_young_people_gets_it_once_in_each_role(world: World) -> None:
    visit, home = ready(world)
    placed_with(world, home, "M2", csw="Ash Grove", iro="Ash Grove")
    found = circulation_of(visit, world.officer, world.today).proposed
    assert [(each.role, len(each.young_people)) for each in found] == [("csw", 2), ("iro", 1), ("provider", 0)]


def test_the_sen_officer_is_asked_where_there_is_a_plan_and_for_everybody_in_a_sen_provision(world: World) -> None:
    """R12."""
    visit, home = ready(world)
    placed_with(world, home, "M2", plan=True, seno="Sen Officer")
    assert "seno: Sen Officer" in names(visit, world)
    school_visit, school = ready(world, ProvisionType.SEN)
    placed_with(world, school, "M4", seno="Sen Officer")
    assert "seno: Sen Officer" in names(school_visit, world)
    assert "IRO of M4" in missing(school_visit, world)
    assert not [each for each in missing(visit, world) if each.startswith("SENO")]


def test_who_holds_the_role_now_gets_it_and_where_nobody_does_who_held_it_on_the_day(world: World) -> None:
    visit, home = ready(world)
    day_after = visit.visit_on + timedelta(days=1)
    young_person = placed_with(world, home, "M2", csw="Old Hand", ends_role_on=visit.visit_on)
    assert "csw: Old Hand" in names(visit, world)
    placements.add_professional(
        young_person=young_person, role="csw", name="New Hand", email="new@care.example", starts_on=day_after,
        by=world.officer,
    )  # fmt: skip
    assert "csw: New Hand" in names(visit, world)
    assert "csw: Old Hand" not in names(visit, world)


def test_sending_records_the_step_its_recipients_and_the_senior_officer_in_copy(world: World) -> None:
    visit, _ = agreed(world)
    sent_on = world.today - timedelta(days=2)
    sent(world, visit, sent_on)
    step = Step.objects.get(visit=visit, step="sent_for_comment")
    assert (step.state, step.done_on) == ("done", sent_on)
    assert StepRecord.objects.get(visit=visit, step="sent_for_comment").note == "Dana Holloway in copy"
    due = Step.objects.filter(visit=visit, step="comment_received").values_list("due_on", flat=True)
    assert set(due) == {sent_on + timedelta(days=3)}
    assert Report.objects.get(visit=visit).state == ReportState.OUT_FOR_COMMENT


def test_somebody_left_out_has_a_reason_and_is_not_waited_for(world: World) -> None:
    visit, _ = agreed(world)
    sent(world, visit, world.today, left_out={"csw": "On long leave"})
    assert Recipient.objects.get(visit=visit, role="csw").left_out_because == "On long leave"
    waited_for = Step.objects.filter(visit=visit, step="comment_received").values_list("recipient", flat=True)
    assert list(waited_for) == ["provider"]


def test_it_is_not_sent_to_nobody(world: World) -> None:
    visit, _ = agreed(world)
    with pytest.raises(ValidationError, match="Nobody gets the document"):
        sent(world, visit, world.today, left_out={"csw": "Away", "provider": "Closed"})
    assert not Recipient.objects.filter(visit=visit).exists()


@pytest.mark.parametrize(("ago", "said"), [(11, "before the visit|went to the senior officer later"), (-1, "future")])
def test_it_cannot_have_gone_out_before_the_visit_or_in_the_future(world: World, ago: int, said: str) -> None:
    visit, _ = agreed(world)
    with pytest.raises(ValidationError, match=said):
        sent(world, visit, world.today - timedelta(days=ago))


def test_a_second_sending_is_refused_and_changes_nothing(world: World) -> None:
    visit, _ = agreed(world)
    sent(world, visit, world.today)
    before = Event.objects.count()
    with pytest.raises(ValidationError, match="out for comment"):
        sent(world, visit, world.today)
    assert Event.objects.count() == before


def test_a_report_that_nobody_has_seen_is_not_sent(world: World) -> None:
    visit, _ = ready(world)
    with pytest.raises(ValidationError, match="being written"):
        sent(world, visit, world.today)


def test_somebody_added_later_is_waited_for_too(world: World) -> None:
    visit, home = agreed(world)
    sent(world, visit, world.today)
    young_person = to(visit, "csw").young_people.get()
    placements.add_professional(
        young_person=young_person, role="iro", name="Ira Moss", email="ira@care.example", starts_on=date(2024, 1, 1),
        by=world.officer,
    )  # fmt: skip
    (new,) = [each for each in circulation_of(visit, world.officer, world.today).proposed if each.role == "iro"]
    circulation.add_recipients(visit=visit, recipients=[new], by=world.officer, on=world.today)
    assert Step.objects.filter(visit=visit, step="comment_received").count() == 3
    assert home.pk == visit.provision_id


def test_somebody_is_left_out_later_only_while_they_have_not_answered(world: World) -> None:
    visit, _ = agreed(world)
    sent(world, visit, world.today)
    csw, provider = to(visit, "csw"), to(visit, "provider")
    answered(world, visit, "provider", world.today)

    def leave_out(recipient: Recipient) -> object:
        return circulation.leave_out(
            recipient=recipient, because="Has left", by=world.officer, on=world.today, seen_revision=None
        )

    leave_out(csw)
    with pytest.raises(ValidationError, match="has answered already"):
        leave_out(provider)
    assert Step.objects.filter(visit=visit, step="comment_received").count() == 1
    csw.refresh_from_db()
    circulation.include(recipient=csw, by=world.officer, on=world.today, seen_revision=csw.revision)
    assert Step.objects.filter(visit=visit, step="comment_received").count() == 2


def test_recalled_before_anybody_answered_it_stands_as_if_it_had_not_gone_out(world: World) -> None:
    visit, _ = agreed(world)
    sent(world, visit, world.today - timedelta(days=1))
    circulation.recall(visit=visit, because="The wrong version", by=world.officer, on=world.today)
    step = Step.objects.get(visit=visit, step="sent_for_comment")
    assert step.done_on is None
    assert Report.objects.get(visit=visit).state == ReportState.AGREED
    states = Step.objects.filter(visit=visit, step="comment_received").values_list("state", flat=True)
    assert set(states) == {"waiting"}
    assert Event.objects.filter(verb="report recalled", reason="The wrong version").exists()


def test_recalled_after_an_answer_the_first_sending_keeps_its_day(world: World) -> None:
    visit, _ = agreed(world)
    first = world.today - timedelta(days=1)
    sent(world, visit, first)
    answered(world, visit, "provider", world.today)
    circulation.recall(visit=visit, because="Must be revised", by=world.officer, on=world.today)
    sent(world, visit, world.today)
    assert Step.objects.get(visit=visit, step="sent_for_comment").done_on == first
    again = Event.objects.get(verb="report sent for comment again")
    assert again.happened_on == world.today
    assert to(visit, "provider").answered_on == world.today


def test_recalled_after_an_answer_closed_and_opened_again_it_is_not_out(world: World) -> None:
    visit = out(world)
    answered(world, visit, "provider", world.today, "A page is missing")
    recalled = circulation.recall(visit=visit, because="Must be revised", by=world.officer, on=world.today)
    stood = recalled.state
    assert stood != ReportState.OUT_FOR_COMMENT
    close_report(visit=visit, closed_on=world.today, because="On paper", by=world.manager, on=world.today)
    visit.refresh_from_db()
    assert reopen_report(visit=visit, because="It goes on", by=world.senior).state == stood
    sent(world, visit, world.today)
    close_report(visit=visit, closed_on=world.today, because="On paper", by=world.manager, on=world.today)
    visit.refresh_from_db()
    assert reopen_report(visit=visit, because="It goes on", by=world.senior).state == ReportState.OUT_FOR_COMMENT


def gets(key: str) -> str:
    """The field that asks whether somebody gets it."""
    return f"gets_{key.replace(':', '_')}"


def page_typed(world: World, visit: Visit, **typed: str) -> dict[str, str]:
    """The form as a browser sends it, everybody getting it."""
    proposed = circulation_of(visit, world.officer, world.today).proposed
    everybody = {gets(new.key): "yes" for new in proposed}
    return everybody | day_parts("sent_on", world.today) | {"copied_to": str(world.senior.pk)} | typed


def test_the_page_shows_who_gets_it_and_who_is_missing_from_the_records(world: World) -> None:
    visit, _ = agreed(world)
    page = text_of(signed_in(world.officer).get(f"/visits/{visit.pk}/circulate/"))
    assert "Ash Grove, social worker (CSW)" in page
    assert "No IRO recorded for KL" in page
    assert f"selected>{world.senior.name}" in page.replace(" >", ">")


def test_leaving_somebody_out_on_the_page_asks_why_and_keeps_the_rest(world: World) -> None:
    visit, _ = agreed(world)
    typed = page_typed(world, visit) | {gets(_key_of(visit, world, "csw")): "no"}
    page = text_of(signed_in(world.officer).post(f"/visits/{visit.pk}/circulate/", typed))
    assert "Say why they do not get it: Ash Grove" in page
    assert not Recipient.objects.exists()


def _key_of(visit: Visit, world: World, role: str) -> str:
    proposed = circulation_of(visit, world.officer, world.today).proposed
    return next(new.key for new in proposed if new.role == role)


def test_who_is_left_out_is_somebody_and_not_whoever_stands_in_their_place_by_now(world: World) -> None:
    """While the page is open another social worker takes over: who is left out is not them."""
    visit, home = agreed(world)
    key = _key_of(visit, world, "csw")
    typed = page_typed(world, visit) | {gets(key): "no", gets(key).replace("gets", "why"): "Ash Grove has left"}
    placements.add_professional(
        young_person=YoungPerson.objects.get(placements__provision=home), role="csw", name="Aaron Birch",
        email="aaron@care.example", starts_on=world.today - timedelta(days=1), by=world.officer,
    )  # fmt: skip
    page = text_of(signed_in(world.officer).post(f"/visits/{visit.pk}/circulate/", typed))
    assert "Say whether Aaron Birch gets it" in page
    assert not Recipient.objects.exists()


def test_the_page_sent_twice_sends_once(world: World) -> None:
    visit, _ = agreed(world)
    browser, typed = signed_in(world.officer), page_typed(world, visit, once="the page that was open")
    for _ in range(2):
        answer = browser.post(f"/visits/{visit.pk}/circulate/", typed)
        assert answer.headers["Location"] == f"/visits/{visit.pk}/comments/"
    assert Event.objects.filter(verb="report sent for comment").count() == 1


def test_whoever_does_not_see_a_restricted_record_does_not_see_its_professionals(world: World) -> None:
    visit, home = agreed(world)
    young_person = placed_with(world, home, "K50", csw="Sam Hush")
    placements.restrict_record(
        young_person=young_person, named=[world.manager], reason="Family", by=world.manager, seen_revision=None
    )
    page = text_of(signed_in(world.officer).get(f"/visits/{visit.pk}/circulate/"))
    assert "Sam Hush" not in page
    assert "K50" not in page
    assert "1 young person placed here on the day has a restricted record" in page
    sent(world, visit, world.today)
    comments_page = text_of(signed_in(world.officer).get(f"/visits/{visit.pk}/comments/"))
    assert "nobody is named yet who gets the document" in comments_page
    added = signed_in(world.manager).post(
        f"/visits/{visit.pk}/recipients/add/", {"who": key_of(world, visit, "Sam Hush")}
    )
    assert added.status_code == 302
    assert to(visit, "csw", "Sam Hush").young_people.get() == young_person
    assert "Sam Hush" not in text_of(signed_in(world.officer).get(f"/visits/{visit.pk}/comments/"))


def key_of(world: World, visit: Visit, name: str) -> str:
    found = circulation_of(visit, world.manager, world.today).proposed
    return next(each.key for each in found if each.name == name)


def test_a_report_that_goes_out_today_says_by_when_comments_are_due(world: World) -> None:
    visit, _ = agreed(world)
    page = text_of(signed_in(world.officer).get(f"/visits/{visit.pk}/circulate/"))
    assert f"by {day(world.today + timedelta(days=3))}" in page


def test_the_day_of_sending_is_corrected_with_the_due_dates_but_not_past_an_answer(world: World) -> None:
    visit, _ = agreed(world)
    sent(world, visit, world.today)
    record = StepRecord.objects.get(visit=visit, step="sent_for_comment")
    earlier = world.today - timedelta(days=2)

    def correct(sent_on: date) -> object:
        return circulation.correct_sending(
            visit=visit, sent_on=sent_on, note=record.note, by=world.officer, on=world.today, seen_revision=None
        )

    correct(earlier)
    due = Step.objects.filter(visit=visit, step="comment_received").values_list("due_on", flat=True)
    assert set(due) == {earlier + timedelta(days=3)}
    answered(world, visit, "csw", earlier)
    with pytest.raises(ValidationError, match="Somebody answered before this"):
        correct(world.today)


def test_a_recalled_report_that_was_answered_says_that_it_must_go_out_again(world: World) -> None:
    visit, _ = agreed(world)
    sent(world, visit, world.today)
    answered(world, visit, "provider", world.today)
    circulation.recall(visit=visit, because="Must be revised", by=world.officer, on=world.today)
    page = text_of(signed_in(world.officer).get(f"/visits/{visit.pk}/comments/"))
    assert "Recalled, and to be sent again" in page
    assert "Send the report for comment again" in page


def test_a_provider_whose_name_is_longer_than_any_recipients_gets_it_all_the_same(world: World) -> None:
    """PostgreSQL refuses a longer text than its column has room for."""
    visit, home = agreed(world)
    Provision.objects.filter(pk=home.pk).update(name="Alder House " * 20)
    visit.refresh_from_db()
    sent(world, visit, world.today)
    to(visit, "provider").clean_fields()
