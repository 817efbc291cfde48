"""How the demonstration's team kept up with what it owed: mostly in time, sometimes late, some still to do."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wellplaced.demonstration.days import days_before
from wellplaced.demonstration.people import Team
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Assignment, PlanStep, Requirement, RequirementState
from wellplaced.monitoring.models.owed import RequirementQuerySet
from wellplaced.people.models import Person
from wellplaced.register.models import Judgement, Premises, Provision

LATE, LEFT = 0.15, 0.3  # of the visits: made late; of those due lately: still not made
ROUNDS = 6  # a visit makes the next year's due; eighteen months hold few


@dataclass
class Diary:
    """One authority's officers going through what is owed, oldest first, until they come to today."""

    team: Team
    today: date
    chance: random.Random

    def keep_up(self, provision: Provision) -> None:
        """Make the visits that fell due at a provision in the past, and book some of those ahead."""
        officer = Assignment.objects.get(authority=self.team.authority, provision=provision, ends_on=None).officer
        self.follow_plans(provision)
        for _ in range(ROUNDS):
            due = self._due(provision)
            if due is None or not self._visit(provision, due, officer):
                break
        self._book_ahead(provision, officer)

    def _due(self, provision: Provision) -> Requirement | None:
        return self._owed(provision).overdue(self.today).order_by("due_on", "pk").first()

    def _owed(self, provision: Provision) -> RequirementQuerySet:
        owed = Requirement.objects.filter(authority=self.team.authority, provision=provision)
        return owed.filter(state=RequirementState.OPEN)

    def _visit(self, provision: Provision, due: Requirement, officer: Person) -> bool:
        """Visit for what is due, and for all else that this day discharges. False: left undone."""
        assert due.due_on is not None  # noqa: S101  (it is overdue)
        fate = self.chance.random()
        if fate < LEFT and due.due_on > days_before(self.today, 40):
            return False
        late = self.chance.randint(1, 9) if fate > 1 - LATE else -self.chance.randint(0, 2)
        earliest = (due.clock_on or due.due_on).toordinal() + (1 if due.kind == "annual" else 0)
        day = date.fromordinal(min(self.today.toordinal(), max(earliest, due.due_on.toordinal() + late)))
        keys = [owed.key for owed in self._owed(provision).filter(clock_on__lt=day, due_on__isnull=False)] or [due.key]
        if due.key not in keys:
            keys.append(due.key)
        actions.record_past_visit(
            provision=provision,
            visit_on=day,
            officer=officer,
            discharges=keys,
            premises=list(self._seen(provision)),
            whole_form=False,
            booked_on=days_before(day, min(14, day.toordinal() - earliest) if day.toordinal() > earliest else 0),
            by=officer,
        )
        return True

    def _seen(self, provision: Provision) -> Iterator[Premises]:
        yield from provision.premises.filter(authority=self.team.authority)

    def _book_ahead(self, provision: Provision, officer: Person) -> None:
        ahead = self._owed(provision).filter(due_on__gte=self.today, due_on__lt=days_before(self.today, -60))
        first = ahead.order_by("due_on", "pk").first()
        if first is None or first.due_on is None or self.chance.random() < 0.5:
            return
        actions.book_visit(
            provision=provision,
            officer=officer,
            visit_on=first.due_on,
            discharges=[first.key],
            premises=list(self._seen(provision)),
            by=officer,
            on=self.today,
        )

    def follow_plans(self, provision: Provision, received_after: int | None = 12) -> None:
        """C8, R14: the senior officer asks for the action plan, reminds, and notes when it came (None: it never does)."""
        senior = self.team["senior"]
        steps = PlanStep.objects.of(self.team.authority.pk).filter(provision=provision, done_on=None).order_by("due_on")
        for step in list(steps):
            self._follow(step, senior, received_after)

    def _follow(self, step: PlanStep, senior: Person, received_after: int | None) -> None:
        judgement: Judgement = step.judgement
        if step.due_on > self.today:
            return
        came_on = step.clock_on.toordinal() + (received_after or 10_000)
        if step.step == "plan_requested":
            actions.request_action_plan(judgement=judgement, requested_on=step.due_on, by=senior)
            if came_on <= self.today.toordinal():
                actions.receive_action_plan(judgement=judgement, received_on=date.fromordinal(came_on), by=senior)
        elif step.due_on.toordinal() < came_on:
            actions.chase_action_plan(judgement=judgement, chased_on=step.due_on, note="By email", by=senior)
