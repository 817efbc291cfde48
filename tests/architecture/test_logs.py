"""The log says what went wrong and where, never what somebody typed."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.handlers.exception import response_for_exception
from django.test import Client, RequestFactory
from django.urls import resolve

from tests.monitoring.world import make_world
from wellplaced.config.logs import Lines
from wellplaced.history import clock
from wellplaced.insight import actions


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the product's formatter writes for the whole service."""
    assert settings.LOGGING["formatters"]["json"]["()"] == "wellplaced.config.logs.Lines"
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("django")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


def test_a_fault_is_logged_without_the_address_and_without_its_words(written: io.StringIO) -> None:
    request = RequestFactory().get("/search/", {"q": "AB born 2012"})
    request.resolver_match = resolve("/search/")
    try:
        raise ValueError("Key (reference)=(M1002) already exists") from KeyError("Willow Lodge")
    except ValueError as fault:
        response_for_exception(request, fault)
    line = written.getvalue()
    for typed in ("AB", "2012", "M1002", "Willow Lodge"):
        assert typed not in line
    said = json.loads(line)
    assert said["route"] == "desk:search"
    assert said["status_code"] == 500
    assert said["exc_info"].startswith("ValueError at ")
    assert "KeyError" in said["exc_info"]
    assert "test_logs.py" in said["exc_info"]


@pytest.mark.django_db
@pytest.mark.parametrize("secret", ["known-" + "k" * 40, "unknown-" + "u" * 40])
def test_a_calendars_secret_link_is_in_no_line_of_the_log(secret: str) -> None:
    """Read, refused or failing: a log is read by more people than the link is for."""
    person = make_world().officer
    actions.make_calendar_link(secret="known-" + "k" * 40, by=person, on=clock.today())
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(settings.LOGGING["root"]["level"])
    logging.getLogger("django.request").setLevel(logging.DEBUG)  # however little the service leaves out
    try:
        answer = Client(raise_request_exception=False).get(f"/calendar/feed/{secret}.ics")
        failing = RequestFactory().get(f"/calendar/feed/{secret}.ics")
        failing.resolver_match = resolve(failing.path)
        response_for_exception(failing, ValueError(secret))
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        logging.getLogger("django.request").setLevel(settings.LOGGING["loggers"]["django.request"]["level"])
    assert answer.status_code == (200 if secret.startswith("known") else 404)
    assert "insight:feed" in stream.getvalue()
    assert secret not in stream.getvalue()
