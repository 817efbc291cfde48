"""The senior officer's queue of reports."""

from django.db.models import F
from django.http import HttpResponseBase

from wellplaced.design import lists
from wellplaced.history import clock
from wellplaced.monitoring.timeframes import closed_days_for
from wellplaced.people.access import Request, may
from wellplaced.people.covering import acting_for, roles_today
from wellplaced.people.rights import RIGHTS, Permission
from wellplaced.reports.forms.queue import QueueFilters
from wellplaced.reports.pages.queue import queue_columns, queue_of


@may(Permission.SEE)
def queue(request: Request) -> HttpResponseBase:
    """C19: reports to be returned by due date; on request those returned with tasks and those still expected."""
    person, today = request.person, clock.today()
    covered = list(acting_for(person, today).values_list("pk", "name"))
    reviews = any(Permission.REVIEW_REPORT in RIGHTS[role] for role in roles_today(person, today))
    filters = QueueFilters(
        request.GET, person=person, today=today, reviews=reviews, covered=[number for number, _ in covered]
    )
    return lists.answer(
        request,
        "reports/queue.html",
        queue_of(person),
        columns=queue_columns(today, closed_days_for(person.authority_id or 0)),
        filters=filters,
        order=[F("due_on").asc(nulls_last=True)],
        name="reviews",
        noun="report",
        context={"covered": sorted(name for _, name in covered) if reviews else []},
    )
