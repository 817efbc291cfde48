"""A return's tasks may be ticked off wherever tasks are: with the last of them its round is complete (C20)."""

from collections.abc import Sequence

from wellplaced.history import clock
from wellplaced.history.models import Event
from wellplaced.people.models import Person
from wellplaced.reports.actions.rounds import complete_tasks
from wellplaced.reports.models import ReportState, Round


def complete_rounds(events: Sequence[Event]) -> None:
    """Listener: tasks were done; rounds that named them are complete where no other task of theirs is left."""
    done = {event.about_id: event.by_id for event in events if event.verb == "task done" and event.by_id}
    if not done:
        return
    named = Round.objects.filter(tasks__in=done, outcome=Round.Outcome.ACTIONS, actions_completed_on=None)
    for round_ in named.exclude(visit__report__state=ReportState.CLOSED).select_related("visit").distinct():
        by = Person.objects.get(pk=next(done[task.pk] for task in round_.tasks.all() if task.pk in done))
        complete_tasks(round_=round_, done={}, by=by, on=clock.today())
