"""C22: each recipient's comment, 'no comment' or silence; late ones; the officer's reply; what was written down wrongly."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.world import World
from tests.reports.circulating import answered, out, to
from wellplaced import history
from wellplaced.history.models import Event
from wellplaced.monitoring.models import Step, Visit
from wellplaced.placements import actions as placements
from wellplaced.reports.actions import circulation, closing, comments
from wellplaced.reports.models import Comment


def step_of(visit: Visit, role: str) -> Step:
    return Step.objects.get(visit=visit, step="comment_received", recipient=to(visit, role).key)


def page_of(world: World, visit: Visit) -> str:
    return text_of(signed_in(world.officer).get(f"/visits/{visit.pk}/comments/"))


def test_a_comment_within_three_days_is_in_time_and_a_later_one_is_late(world: World) -> None:
    visit = out(world, sent_ago=5)
    answered(world, visit, "csw", world.today - timedelta(days=2), "The garden is not mentioned")
    answered(world, visit, "provider", world.today, "We disagree")
    assert step_of(visit, "csw").in_time is True
    assert step_of(visit, "provider").in_time is False
    page = page_of(world, visit)
    assert "Answered late" in page
    assert "2 days late" in page


def test_silence_past_the_due_date_is_shown_as_silence_and_never_as_agreement(world: World) -> None:
    visit = out(world, sent_ago=5)
    answered(world, visit, "provider", world.today - timedelta(days=4))
    page = page_of(world, visit)
    assert "Silence, which is not agreement: 2 days late" in page
    assert step_of(visit, "csw").state == "open"
    assert Step.objects.get(visit=visit, step="uploaded").state == "open", "the time for comments has run out"


def test_no_comment_is_an_answer(world: World) -> None:
    visit = out(world)
    answered(world, visit, "csw", world.today)
    assert step_of(visit, "csw").state == "done"


def test_of_several_answers_of_one_recipient_the_first_days_counts_whichever_is_taken_down_first(world: World) -> None:
    visit = out(world, sent_ago=5)
    answered(world, visit, "csw", world.today, "And the kitchen")
    answered(world, visit, "csw", world.today - timedelta(days=3), "The garden")
    assert step_of(visit, "csw").done_on == world.today - timedelta(days=3)
    assert Comment.objects.count() == 2


@pytest.mark.parametrize(("ago", "said"), [(2, "before the report went out"), (-1, "in the future")])
def test_nobody_answers_before_the_document_went_out_nor_in_the_future(world: World, ago: int, said: str) -> None:
    visit = out(world, sent_ago=1)
    with pytest.raises(ValidationError, match=said):
        answered(world, visit, "csw", world.today - timedelta(days=ago))
    assert not Comment.objects.exists()


def test_somebody_who_was_left_out_got_nothing_to_comment_on(world: World) -> None:
    visit = out(world)
    circulation.leave_out(
        recipient=to(visit, "csw"), because="Has left", by=world.officer, on=world.today, seen_revision=None
    )
    with pytest.raises(ValidationError, match="left out"):
        answered(world, visit, "csw", world.today)


def test_a_comment_that_comes_after_the_close_is_added_and_says_so(world: World) -> None:
    visit = out(world, sent_ago=5)
    closing.close_report(
        visit=visit, closed_on=world.today - timedelta(days=1), because="Not needed", by=world.officer, on=world.today
    )
    answered(world, visit, "csw", world.today, "Too late?")
    page = page_of(world, visit)
    assert "Too late?" in page
    assert "2 days late, after the visit was closed" in page


def test_a_comment_is_accepted_or_not_and_then_says_why(world: World) -> None:
    visit = out(world)
    comment = answered(world, visit, "csw", world.today, "The garden")

    def reply(answer: str, because: str) -> Comment:
        return comments.reply_to_comment(
            comment=comment, reply=answer, because=because, by=world.officer, on=world.today, seen_revision=None
        )

    with pytest.raises(ValidationError, match="why"):
        reply("not_accepted", " ")
    replied = reply("not_accepted", "It is on page 4")
    assert (replied.replied_by, replied.replied_on) == (world.officer, world.today)
    assert "It is on page 4" in page_of(world, visit)


def test_a_comment_written_down_for_the_wrong_recipient_is_moved_and_the_other_is_silent_again(world: World) -> None:
    visit = out(world)
    comment = answered(world, visit, "csw", world.today, "The garden")
    comments.correct_comment(
        comment=comment, recipient=to(visit, "provider"), kind="comment", text="The gardens", received_on=world.today,
        by=world.officer, on=world.today, seen_revision=0,
    )  # fmt: skip
    assert step_of(visit, "csw").done_on is None
    assert step_of(visit, "provider").done_on == world.today
    changes = Event.objects.get(verb="comment corrected").changes
    assert changes["text"] == ["The garden", "The gardens"]


def test_two_who_correct_one_comment_do_not_overwrite_each_other(world: World) -> None:
    visit = out(world)
    comment = answered(world, visit, "csw", world.today, "The garden")
    for text in ("Yes", "No"):
        conflicts = text == "No"
        try:
            comments.correct_comment(
                comment=comment, recipient=to(visit, "csw"), kind="comment", text=text, received_on=world.today,
                by=world.officer, on=world.today, seen_revision=0,
            )  # fmt: skip
        except history.Conflict:
            assert conflicts
        else:
            assert not conflicts
    assert Comment.objects.get().text == "Yes"


def test_a_comment_that_never_came_is_kept_and_counts_for_nothing(world: World) -> None:
    visit = out(world)
    comment = answered(world, visit, "csw", world.today, "The garden")
    comments.take_comment_back(
        comment=comment, because="Another visit’s", by=world.officer, on=world.today, seen_revision=0
    )
    assert step_of(visit, "csw").done_on is None
    assert "Another visit’s" in page_of(world, visit)


def test_an_answer_sent_twice_is_taken_down_once(world: World) -> None:
    visit = out(world)
    browser, address = signed_in(world.officer), f"/recipients/{to(visit, 'csw').pk}/comment/"
    typed = {"once": "the page that was open", "kind": "comment", "text": "The garden"}
    for _ in range(2):
        answer = browser.post(address, typed | day_parts("received_on", world.today))
        assert answer.headers["Location"] == f"/visits/{visit.pk}/comments/"
    assert Comment.objects.get().text == "The garden"


def test_a_comment_without_words_is_asked_for_them_and_keeps_its_day(world: World) -> None:
    visit = out(world)
    yesterday = world.today - timedelta(days=1)
    address = f"/recipients/{to(visit, 'csw').pk}/comment/"
    page = text_of(signed_in(world.officer).post(address, {"kind": "comment"} | day_parts("received_on", yesterday)))
    assert "Write down what they said" in page
    assert f'value="{yesterday.day}"' in page


def test_what_is_said_about_a_restricted_record_is_read_by_those_named_on_it(world: World) -> None:
    visit = out(world)
    young_person = to(visit, "csw").young_people.get()
    comment = answered(world, visit, "csw", world.today, "About KL alone")
    placements.restrict_record(
        young_person=young_person, named=[world.manager], reason="Family", by=world.manager, seen_revision=None
    )
    page = page_of(world, visit)
    assert "About KL alone" not in page
    assert "Ash Grove" not in page
    assert "restricted record" in page
    assert signed_in(world.officer).get(f"/comments/{comment.pk}/reply/").status_code == 404
    assert "About KL alone" in text_of(signed_in(world.manager).get(f"/visits/{visit.pk}/comments/"))
