"""The flow chart of a type of provision (C24) as finished words: boxes with who stands there, the picture, the tabs."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from wellplaced import guidance
from wellplaced.design.words import plural
from wellplaced.guidance import Timeframes
from wellplaced.guidance.steps import COMMENT_RECEIVED
from wellplaced.insight.charting import BOOKING, PLAN, WEAK, Box, Chart, chart_of
from wellplaced.insight.placing import Layout, NotPlaced, Placed, placed
from wellplaced.insight.queries.flow_chart import Standing, standing
from wellplaced.monitoring.timeframes import versions_for
from wellplaced.people.models import Person, ProvisionType

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Count:
    """How many, in words, and the list of exactly these."""

    words: str
    href: str


@dataclass(frozen=True)
class Row:
    """A box with how many stand there and how many are late; None where there are none. `brief`: for the picture."""

    box: Box
    here: Count | None
    late: Count | None
    brief: str

    @property
    def times(self) -> Sequence[str]:
        """By when, line by line."""
        return [line for line in (self.box.time, *self.box.lines) if line]


@dataclass(frozen=True)
class FlowChartPage:
    """What the template prints. `picture` is None where it could not be drawn: the table says the same."""

    type_name: str
    tabs: Sequence[tuple[str, str, bool]]
    version: Timeframes
    occasions: Sequence[Row]
    steps: Sequence[Row]
    picture: Layout | None
    boxes: Sequence[tuple[Placed, Row]]


def flow_chart_page(person: Person, provision_type: str, today: date) -> FlowChartPage:
    """The chart under the version in force today, with what stands where."""
    version = guidance.in_force(versions_for(person.authority_id or 0), today)
    chart = chart_of(version, provision_type)
    counts = standing(person, provision_type, today)
    rows = {box.key: _row(box, counts.get(box.key, Standing()), provision_type) for box in chart.boxes}
    picture = _picture(chart)
    return FlowChartPage(
        type_name=ProvisionType(provision_type).label,
        tabs=[(name, f"?{urlencode({'type': code})}", code == provision_type) for code, name in _types()],
        version=version,
        occasions=[rows[box.key] for box in chart.boxes if box.kind in ("occasion", "plan")],
        steps=[rows[box.key] for box in chart.boxes if box.kind in ("booking", "step")],
        picture=picture,
        boxes=[(each, rows[each.box.key]) for each in picture.boxes] if picture else (),
    )


def readable_type(asked: str) -> str:
    """The type that was asked for; the first of them where it cannot be read."""
    codes = [code for code, _ in _types()]
    return asked if asked in codes else codes[0]


def _types() -> list[tuple[str, str]]:
    return ProvisionType.monitored()


def _picture(chart: Chart) -> Layout | None:
    try:
        return placed(chart)
    except NotPlaced:
        log.exception("the flow chart could not be placed")
        return None


def _row(box: Box, at: Standing, provision_type: str) -> Row:
    here = Count(_here(box, at), _href(box, "", provision_type)) if at.number else None
    late = Count(f"{at.late:,} late", _href(box, "overdue", provision_type)) if at.late else None
    words = here.words if here else ""
    return Row(box, here, late, plural(at.visits, "visit") if box.key == COMMENT_RECEIVED else words)


def _here(box: Box, at: Standing) -> str:
    if box.key == COMMENT_RECEIVED:
        return f"{plural(at.visits, 'visit')}, {plural(at.number, 'comment')}"
    words = {"occasion": f"{at.number:,} owed", "plan": f"{at.number:,} waiting", "booking": f"{at.number:,} proposed"}
    return words.get(box.kind) or plural(at.number, "visit")


def _href(box: Box, state: str, provision_type: str) -> str:
    """The list of what the number counts; nothing where there is no such list."""
    asked = {"type": provision_type}
    if box.kind == "step":
        return _address("monitoring:steps", {"step": box.key, "state": state or "open", **asked})
    if box.key == BOOKING:
        return _address("monitoring:visits", {"state": "proposed", **asked})
    if box.key == PLAN:
        return _address("monitoring:owed", {"state": "waiting", "clause": WEAK, **asked})
    return _address("monitoring:owed", {"clause": box.key, **asked, **({"state": state} if state else {})})


def _address(route: str, asked: dict[str, str]) -> str:
    try:
        return f"{reverse(route)}?{urlencode(asked)}"
    except NoReverseMatch:
        return ""
