"""The parts of a provision's page: what is owed, who of ours is there, judgements, concerns, visits, tasks, premises."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from markupsafe import Markup

from wellplaced.design import words
from wellplaced.design.tags import Link, Tag, state_tag
from wellplaced.desk.pages import sentences as say
from wellplaced.desk.pages.part import Part, part
from wellplaced.desk.pages.short_stays import of_provision
from wellplaced.guidance import ClosedDays
from wellplaced.monitoring.columns import visit_state
from wellplaced.monitoring.models import Concern, Requirement, Task, Visit
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.words import RESTRICTED
from wellplaced.people.models import ProvisionType
from wellplaced.placements.models import Placement
from wellplaced.register.models import GRADED, NEEDS_ACTION_PLAN, Judgement, Premises, Provision, Registration

NOTHING_OWED = "Nothing is owed here. A placement, a concern or a new judgement makes a visit owed."
NOT_MONITORED = "Nothing is owed here: provisions of this kind are not monitored under the guidance."


def owed(
    provision: Provision,
    rows: Sequence[Requirement],
    closed_days: ClosedDays,
    today: date,
    stays: Sequence[Requirement],
    *,
    asks: bool,
) -> Part:
    """`stays`: those that ended before their initial visit was due (R18); `asks`: the reader asks for action plans."""
    still = [row for row in rows if row.still]  # type: ignore[attr-defined]
    return part(
        "owed",
        "What is owed",
        ("What", "State", "Due", "To know"),
        [_owed_row(row, closed_days, today, asks=asks) for row in still],
        total=_in_all(still),
        empty=NOT_MONITORED if provision.type == ProvisionType.NOT_MONITORED else NOTHING_OWED,
        more=_list("All that is or was owed here", "monitoring:owed", provision, state="all"),
        more_always=bool(rows),
        note=of_provision(stays, provision),
    )


def _owed_row(row: Requirement, closed_days: ClosedDays, today: date, *, asks: bool) -> tuple[Any, ...]:
    known = (
        say.waiting_sentence(row, today, asks=asks),
        say.escalation_sentence(row, today),
        say.fallback_sentence(row, today),
        say.book_by_sentence(row, today),
    )
    return (
        Link(say.requirement_title(row), row.get_absolute_url()),
        say.requirement_tag(row, today),
        say.requirement_due(row, today, closed_days),
        Markup("<br>").join(sentence for sentence in known if sentence),
    )


def placements(provision: Provision, rows: Sequence[Placement], today: date) -> Part:
    has_premises = provision.type == ProvisionType.SUPPORTED_ACCOMMODATION
    return part(
        "placements",
        "Who of ours is or was there",
        ("Who", "State", "From", "Until", *(["Where"] if has_premises else [])),
        [
            (
                _who(row),
                placement_tag(row, today),
                row.starts_on,
                row.ends_on,
                *([row.premises] if has_premises else []),
            )
            for row in rows
        ],
        total=_in_all(rows),
        empty="Nobody of ours is or was placed here. Record a placement, and the visit that is owed for it stands here at once.",
        more=_list("All placements here", "placements:placements", provision),
    )


def _who(row: Placement) -> Any:
    if not row.seen:  # type: ignore[attr-defined]
        return RESTRICTED
    return Link(str(row.young_person), row.young_person.get_absolute_url())


def placement_tag(row: Placement, today: date) -> Tag:
    """Where a placement stands today."""
    if row.cancelled:
        return state_tag("cancelled")
    if row.starts_on > today:
        return Tag("To come", "blue")
    return state_tag("ended" if row.ends_on and row.ends_on < today else "current")


def judgements(rows: Sequence[Judgement], *, with_plans: bool) -> Part:
    """`with_plans`: an action plan is an authority's own; the operator of the service has none."""
    return part(
        "judgements",
        "Ofsted’s judgements",
        ("Published", "Judgement", "Inspected", *(["Action plan"] if with_plans else [])),
        [
            (
                row.published_on,
                _judged(row),
                row.inspected_on,
                *([_plan(row, rows[:place])] if with_plans else []),
            )
            for place, row in enumerate(rows)
        ],
        total=_in_all(rows),
        empty="No judgement is known. They come with Ofsted’s files.",
        note="An inspection by Ofsted never replaces one of our visits.",
    )


def _judged(row: Judgement) -> Any:
    """The outcome, and Ofsted's own words where an older scale said it otherwise."""
    tag, label = state_tag(row.outcome), row.get_outcome_display()
    if not row.words or row.words.casefold() in (label.casefold(), tag.text.casefold()):
        return tag
    return Markup("{}<br>Ofsted’s words: {}").format(tag, row.words)


def _plan(row: Judgement, newer: Sequence[Judgement]) -> Any:
    """C8: where the action plan stands, and the page of it. Nobody needs to ask for one of a judgement long replaced."""
    if row.outcome not in NEEDS_ACTION_PLAN:
        return ""
    follow_up = next(iter(row.own_follow_ups), None)  # type: ignore[attr-defined]
    if follow_up and follow_up.plan_received_on:
        text = f"Received on {words.day(follow_up.plan_received_on)}"
    elif follow_up and follow_up.plan_requested_on:
        text = f"Asked for on {words.day(follow_up.plan_requested_on)}"
    else:
        text = "Superseded" if any(each.outcome in GRADED for each in newer) else "Not asked for"
    return Link(text, reverse("monitoring:action_plan", args=[row.pk]), f"the plan after {words.day(row.published_on)}")


def concerns(provision: Provision, rows: Sequence[Concern], sight: Sight) -> Part:
    return part(
        "concerns",
        "Concerns",
        ("Raised", "How", "About"),
        [
            (
                Link(words.day(row.raised_on), row.get_absolute_url(), "concern"),
                row.get_how_display(),
                _about(row, sight),
            )
            for row in rows
        ],
        total=_in_all(rows),
        empty="No concern was raised about this provision.",
        more=_list("All concerns here", "monitoring:concerns", provision),
    )


def _about(row: Concern, sight: Sight) -> Any:
    return sight.names(row.young_people.all()) or "The provision"


def visits(provision: Provision, rows: Sequence[Visit], today: date) -> Part:
    return part(
        "visits",
        "Visits",
        ("Day", "State", "By", "Why not held"),
        [
            (
                Link(words.day(row.visit_on), row.get_absolute_url(), "visit"),
                visit_state(row, today),
                row.by_whom,
                row.state_because,
            )
            for row in rows
        ],
        total=_in_all(rows),
        empty="No visit was made or booked. Book one, and say which of what is owed it is to discharge.",
        more=_list("All visits here", "monitoring:visits", provision),
    )


def tasks(provision: Provision, rows: Sequence[Task], closed_days: ClosedDays, today: date) -> Part:
    return part(
        "tasks",
        "Open tasks",
        ("What", "Who", "State", "Due"),
        [
            (
                Link(say.short(row.what), row.get_absolute_url()),
                row.get_owner_display(),
                say.day_tag(row.due_on, today),
                say.task_due(row, provision, today, closed_days),
            )
            for row in rows
        ],
        total=_in_all(rows),
        empty="No task is open here.",
        more=_list("All tasks here", "monitoring:tasks", provision),
    )


def premises(provision: Provision, rows: Sequence[Premises]) -> list[Part]:
    """Houses and flats, of 16+ supported accommodation alone."""
    if provision.type != ProvisionType.SUPPORTED_ACCOMMODATION:
        return []
    return [
        part(
            "premises",
            "Houses and flats",
            ("Called", "Kind", "Postcode", "Last seen on a visit", "Closed"),
            [
                (row.label, row.get_kind_display(), row.postcode, row.last_seen or "Never", row.closed_on)  # type: ignore[attr-defined]
                for row in rows
            ],
            total=_in_all(rows),
            empty="No house or flat is known. Add those where young people live: each must be seen by itself.",
            more=Link("Houses and flats", reverse("register:premises", args=[provision.pk])),
        )
    ]


def registrations(rows: Sequence[Registration]) -> Part:
    return part(
        "registrations",
        "Registrations with Ofsted",
        ("URN", "State", "Registered", "Ended", "Ofsted’s words for its type"),
        [(row.urn, state_tag(row.status), row.registered_on, row.ended_on, row.ofsted_type) for row in rows],
        total=len(rows),
        empty="Ofsted does not register this provision, or its file was not loaded yet.",
    )


def _list(text: str, name: str, provision: Provision, **asked: str) -> Link:
    """The full list of another room, narrowed to this provision by what finds it alone: its URN, else its name."""
    return Link(text, f"{reverse(name)}?{urlencode({'q': provision.urn or provision.known_as, **asked})}")


def _in_all(rows: Sequence[Any]) -> int:
    return rows[0].in_all if rows else 0
