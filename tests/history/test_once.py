"""A form sent twice does its work once: one after the other, both at a time, and only for the person who sent it."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from tests.monitoring.world import World, make_world
from wellplaced import history
from wellplaced.design.forms import OnceForm, forms
from wellplaced.history import clock
from wellplaced.history.models import Event, Sent
from wellplaced.history.once import forget_old_tokens
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Concern


def raising(world: World) -> Callable[[], Concern]:
    home = world.provision()

    def act() -> Concern:
        return actions.raise_concern(
            provision=home,
            raised_on=clock.today(),
            raised_by="Neighbour",
            how="telephone",
            summary="Noise",
            by=world.officer,
            on=clock.today(),
        )

    return act


def test_the_same_form_sent_again_answers_with_the_record_made_before(db: None) -> None:
    world = make_world()
    act = raising(world)
    first = history.once("a", act, by=world.officer)
    assert history.once("a", act, by=world.officer) == first
    assert Concern.objects.count() == Event.objects.filter(verb="concern raised").count() == 1
    assert history.made_before("a", by=world.officer) == first
    assert not any([history.made_before("b", by=world.officer), history.made_before("a", by=world.manager)])
    assert history.made_before("", by=world.officer) is None


def test_another_form_another_person_and_a_form_without_a_token_each_make_their_own(db: None) -> None:
    world = make_world()
    act = raising(world)
    made = {
        history.once("a", act, by=world.officer).pk,
        history.once("b", act, by=world.officer).pk,
        history.once("a", act, by=world.manager).pk,
        history.once("", act, by=world.officer).pk,
        history.once("", act, by=world.officer).pk,
    }
    assert len(made) == Concern.objects.count() == 5


def test_what_was_refused_is_sent_again_as_if_for_the_first_time(db: None) -> None:
    world = make_world()

    def refuse() -> Concern:
        raise ValidationError("The day is past")

    with pytest.raises(ValidationError):
        history.once("a", refuse, by=world.officer)
    assert not Sent.objects.exists()
    assert history.once("a", raising(world), by=world.officer) == Concern.objects.get()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_record_and_answers_both_with_it() -> None:
    world = make_world()
    act = raising(world)
    start = threading.Barrier(2)
    made: list[Concern] = []

    def click() -> None:
        start.wait()
        try:
            made.append(history.once("a", act, by=world.officer))
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [Concern.objects.get()] * 2
    assert Event.objects.filter(verb="concern raised").count() == 1


def test_tokens_are_forgotten_after_a_week(db: None) -> None:
    world = make_world()
    history.once("old", raising(world), by=world.officer)
    Sent.objects.update(at=clock.now() - timedelta(days=8))
    history.once("new", raising(world), by=world.officer)
    forget_old_tokens()
    assert [sent.token for sent in Sent.objects.all()] == ["new"]


class LetterForm(OnceForm):
    words = forms.CharField()
    scan = forms.FileField(required=False)


def sent(form: OnceForm) -> str:
    assert form.is_valid()
    return form.sent


def posted(text: str, scan: bytes = b"") -> LetterForm:
    files = {"scan": [SimpleUploadedFile("scan.pdf", scan)]} if scan else {}
    return LetterForm(QueryDict(text), MultiValueDict(files))


def test_each_page_carries_a_token_of_its_own() -> None:
    tokens = [re.findall('name="once" value="([^"]+)"', str(LetterForm()["once"]))[0] for _ in range(2)]
    assert len(set(tokens)) == 2


def test_the_same_page_with_another_answer_or_another_file_is_another_sending() -> None:
    first = posted("once=a&words=Hello&csrfmiddlewaretoken=x", b"one")
    assert sent(first) == sent(posted("once=a&words=Hello&csrfmiddlewaretoken=y", b"one"))
    assert first.cleaned_data.keys() == {"words", "scan"}
    assert first.cleaned_data["scan"].read() == b"one"
    others = [
        posted("once=b&words=Hello", b"one"),
        posted("once=a&words=Bye", b"one"),
        posted("once=a&words=Hello", b"two"),
    ]
    assert len({sent(first), *map(sent, others)}) == 4


def test_a_page_without_a_token_is_sent_without_the_guarantee() -> None:
    assert sent(posted("words=Hello")) == ""
