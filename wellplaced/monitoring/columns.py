"""The columns of this room's lists; each row comes with its provision and `place_name` (`at_place`)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import CharField, Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, NullIf
from django.urls import reverse
from markupsafe import Markup

from wellplaced import guidance
from wellplaced.design.lists import Column
from wellplaced.design.tags import Due, Link, Tag, state_tag
from wellplaced.design.words import day, short_day
from wellplaced.monitoring.absence import away_words
from wellplaced.monitoring.models import Assignment, Concern, Requirement, Task, TaskCameBack, Visit
from wellplaced.monitoring.models.owed import OWED
from wellplaced.monitoring.officer_days import TO_COME
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.words import KINDS, in_a_sentence
from wellplaced.people.models import Cover
from wellplaced.register.models import LocalDetails
from wellplaced.register.pages import named

Closed = guidance.ClosedDays


def at_place(rows: "QuerySet[Any]") -> Any:
    """Rows with their provision, and as `place_name` the name that the authority typed, else the public one."""
    own = LocalDetails.objects.filter(authority=OuterRef("authority"), provision=OuterRef("provision"))
    typed = NullIf(Subquery(own.values("name")[:1]), Value(""))
    public = NullIf(F("provision__name"), Value(""))
    return rows.select_related("provision").annotate(place_name=Coalesce(typed, public, output_field=CharField()))


def with_officer(rows: "QuerySet[Any]") -> Any:
    """Rows with `looked_after_by`: the name of the officer who looks after the provision now."""
    current = Assignment.objects.filter(authority=OuterRef("authority"), provision=OuterRef("provision"), ends_on=None)
    return rows.annotate(looked_after_by=Subquery(current.values("officer__name")[:1]))


def with_times_back(rows: "QuerySet[Any]") -> Any:
    """Tasks with `times_back`: at how many later visits their matter was found again."""
    again = TaskCameBack.objects.filter(task=OuterRef("pk")).order_by().values("task").annotate(times=Count("pk"))
    return rows.annotate(times_back=Coalesce(Subquery(again.values("times")[:1]), 0))


def with_visit_due(concerns: "QuerySet[Concern]") -> Any:
    """Concerns with the due date and the state of their visit, as `visit_due` and `visit_state`."""
    owed = Requirement.objects.filter(
        authority=OuterRef("authority"),
        provision=OuterRef("provision"),
        key=Concat(Value("concern:"), OuterRef("pk"), output_field=CharField()),
    )
    due, state = Subquery(owed.values("due_on")[:1]), Subquery(owed.values("state")[:1])
    return concerns.annotate(visit_due=due, visit_state=state)


def place_text(row: Any) -> str:
    return str(row.place_name or row.provision.known_as)


def place(row: Any) -> Any:
    """The provision's name with a link, and whether it is suspended, closed or not registered."""
    return named(row.provision, place_text(row))


PLACE = Column("provision", "Provision", sort="place_name", cell=place, csv=place_text, nulls_last=True)
URN = Column("urn", "URN", csv_only=True, cell=lambda row: row.provision.urn)
OFFICER = Column("officer", "Officer", sort="looked_after_by", nulls_last=True, cell=lambda row: row.looked_after_by)


# What the download of everything owed says besides
IN_THE_FILE_OF_OWED = (
    URN,
    Column("type", "Type of provision", csv_only=True, cell=lambda row: row.provision.get_type_display()),
    Column("clause", "Clause", csv_only=True),
    Column("clock_on", "Clock started", csv_only=True),
    Column("ideal_by", "Ideally by", csv_only=True),
    Column("escalate_on", "Goes to the manager on", csv_only=True),
    Column("in_time", "In time", csv_only=True),
    Column("fallback", "Check with other authorities", csv_only=True),
    Column("key", "Key", csv_only=True),
)


def due_of(row: Requirement, today: date, closed: Closed, where: str = "") -> Due:
    """A requirement's due date with the page that says why, and while it is owed the day by which to act."""
    act = act_by(row.due_on, today, closed) if row.state in OWED else None
    what = f"{in_a_sentence(row.kind)}, {where}" if where else in_a_sentence(row.kind)
    return Due(on=row.due_on, why=row.get_absolute_url() + "why/", what=what, act_by=act)


def act_by(due_on: date | None, today: date, closed: Closed) -> date | None:
    """The working day before a due date that falls on a closed day, where there is still time."""
    act = guidance.act_by(due_on, closed) if due_on and due_on >= today else None
    return act.on if act else None


def state_of(row: Requirement, today: date) -> Tag:
    return state_tag("overdue" if row.is_overdue(today) else row.state)


def about(row: Requirement, sight: Sight) -> Any:
    """For whom or what: the young person of a placement, the judgement; nothing for the others."""
    if row.placement:
        return sight.name(row.placement.young_person)
    if row.deciding_judgement:
        return state_tag(row.deciding_judgement.outcome)
    return ""


def owed_columns(today: date, closed: Closed, sight: Sight) -> tuple[Column, ...]:
    """Everything owed."""
    return (
        Column(
            "kind",
            "What is owed",
            sort="kind",
            cell=lambda row: Link(f"{KINDS[row.kind]} ({row.clause})", row.get_absolute_url(), f"to {place_text(row)}"),
        ),
        PLACE,
        Column("about", "About", cell=lambda row: about(row, sight)),
        Column(
            "due_on",
            "Due",
            sort="due_on",
            nulls_last=True,
            cell=lambda row: due_of(row, today, closed, place_text(row)),
            csv=lambda r: r.due_on,
        ),
        Column("state", "State", sort="state", cell=lambda row: state_of(row, today)),
        Column(
            "book_by",
            "Book by",
            sort="book_by",
            nulls_last=True,
            cell=lambda row: short_day(row.book_by),
            csv=lambda row: row.book_by,
        ),
        OFFICER,
        *IN_THE_FILE_OF_OWED,
    )


def visit_state(visit: Visit, today: date) -> Tag:
    """The state's tag; a booked visit whose day is past says that nobody recorded what became of it."""
    if visit.state == "booked" and visit.visit_on < today:
        return Tag("Not recorded", "amber")
    return state_tag(visit.state, visit.get_state_display())


def visit_columns(today: date, away: Mapping[int, Cover] | None = None) -> tuple[Column, ...]:
    """Visits. `away`: the colleagues who are away today, beside whose visits stands who covers."""
    return (
        Column(
            "visit_on",
            "Day",
            sort="visit_on",
            cell=lambda row: Link(day(row.visit_on), row.get_absolute_url()),
            csv=lambda row: row.visit_on,
        ),
        PLACE,
        Column(
            "by",
            "By",
            sort="officer__name",
            nulls_last=True,
            cell=lambda row: _by_whom(row, away or {}),
            csv=lambda row: row.by_whom,
        ),
        Column("state", "State", sort="state", cell=lambda row: visit_state(row, today)),
        Column("booked_on", "Booked on", sort="booked_on"),
        Column("looked_after_by", "Looked after by", csv_only=True),
        URN,
        Column("visit_at", "Time", csv_only=True),
        Column("outcome", "Outcome", csv_only=True, cell=lambda row: row.get_outcome_display()),
        Column("state_because", "Why not held", csv_only=True),
        Column("late_because", "Why booked late", csv_only=True),
        Column("short_notice_because", "Why at short notice", csv_only=True),
        Column("unannounced_because", "Why unannounced", csv_only=True),
        Column("reviewer", "Reviewed by", csv_only=True, cell=lambda row: row.reviewer.name if row.reviewer else ""),
        Column("closed_on", "Closed on", csv_only=True),
    )


def in_full(words: str) -> str:
    return words[:1].upper() + words[1:]


def _by_whom(row: Visit, away: Mapping[int, Cover]) -> Any:
    """The officer; where they are away on the day of a visit still to be made, until when and who covers for them."""
    cover = away.get(row.officer_id) if row.officer_id and row.state in TO_COME else None
    if cover is None or row.visit_on > cover.ends_on:
        return row.by_whom
    return Markup('{}<span class="wp-table__aside">{}</span>').format(row.by_whom, in_full(away_words(cover)))


def concern_columns(today: date, sight: Sight) -> tuple[Column, ...]:
    """Concerns: never their words, which may name somebody."""
    return (
        Column(
            "raised_on",
            "Raised",
            sort="raised_on",
            cell=lambda row: Link(day(row.raised_on), row.get_absolute_url()),
            csv=lambda row: row.raised_on,
        ),
        PLACE,
        Column("how", "How", sort="how", cell=lambda row: row.get_how_display()),
        Column(
            "young_people",
            "Young people",
            cell=lambda row: sight.names(row.young_people.all()),
            csv=lambda row: ", ".join(map(str, sight.names(row.young_people.all()))),
        ),
        Column(
            "visit_due",
            "Visit due",
            sort="visit_due",
            nulls_last=True,
            cell=_concern_due,
            csv=lambda row: row.visit_due,
        ),
        Column(
            "visit_state", "Visit", sort="visit_state", nulls_last=True, cell=lambda row: _concern_state(row, today)
        ),
        OFFICER,
        URN,
    )


def _concern_due(row: Any) -> Due | str:
    """The due date of a concern's visit, with the page that says why."""
    if row.visit_due is None:
        return ""
    why = reverse("monitoring:why", args=[row.provision_id, f"concern:{row.pk}"])
    return Due(on=row.visit_due, why=why, what=f"{in_a_sentence('concern')}, {place_text(row)}")


def _concern_state(row: Any, today: date) -> Tag | str:
    if row.withdrawn_because:
        return Tag("Withdrawn")
    if not row.visit_state:
        return ""
    overdue = row.visit_state in ("open", "booked") and row.visit_due and row.visit_due < today
    return state_tag("overdue" if overdue else row.visit_state)


def task_state(task: Task, today: date) -> Tag:
    if task.done_on:
        return state_tag("done")
    return state_tag("overdue" if task.due_on and task.due_on < today else "open")


def _due_of_task(task: Any) -> Due | str:
    """The day that was agreed, with the page that says so."""
    what = f"{_short(task.what).rstrip(' .')}, {place_text(task)}"
    return Due(on=task.due_on, why=f"{task.get_absolute_url()}#why", what=what) if task.due_on else ""


def task_columns(today: date) -> tuple[Column, ...]:
    """Tasks: cut short, since what must be done can be long."""
    return (
        Column(
            "what",
            "What",
            sort="what",
            cell=lambda row: Link(_short(row.what), row.get_absolute_url()),
            csv=lambda row: row.what,
        ),
        PLACE,
        Column("owner", "Who", sort="owner", cell=lambda row: row.get_owner_display()),
        Column("due_on", "Due", sort="due_on", nulls_last=True, cell=_due_of_task, csv=lambda row: row.due_on),
        Column("state", "State", sort="done_on", cell=lambda row: task_state(row, today)),
        Column(
            "times_back",
            "Came back",
            sort="times_back",
            numeric=True,
            cell=lambda row: row.times_back or "",
            csv=lambda row: row.times_back,
        ),
        OFFICER,
        URN,
        Column("finding", "Finding", csv_only=True),
        Column("agreed_on", "Agreed at the visit of", csv_only=True, cell=lambda row: row.visit and row.visit.visit_on),
        Column("done_on", "Done on", csv_only=True),
        Column("evidence", "Evidence", csv_only=True),
        Column("verified_on", "Checked on", csv_only=True),
        Column("verified_by", "Checked by", csv_only=True, cell=lambda row: row.verified_by and row.verified_by.name),
        Column("reference", "Reference", csv_only=True),
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else f"{line[:88].rstrip()} …"
