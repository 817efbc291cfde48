"""What every test may ask for."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("no timing", deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("no timing")  # a slow machine makes no test fail


@pytest.fixture(autouse=True)
def open_history_before_the_flush(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests that commit are cleaned up by deleting rows; the history's guard is lifted for that and put back after."""
    commits = _commits(request)
    if commits:
        request.getfixturevalue("transactional_db")
        _guard(closed=True)
    yield
    if commits:
        _guard(closed=False)


def _commits(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    names = {"transactional_db", "live_server"} & set(request.fixturenames)
    return bool(names) or bool(marker and marker.kwargs.get("transaction"))


def _guard(*, closed: bool) -> None:
    from wellplaced.history.models import Guard

    Guard.objects.all().delete()
    if closed:
        Guard.objects.create()
