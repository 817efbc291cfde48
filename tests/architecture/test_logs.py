"""The log says what went wrong and where, never what somebody typed."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.handlers.exception import response_for_exception
from django.test import RequestFactory
from django.urls import resolve

from wellplaced.config.logs import Lines


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
