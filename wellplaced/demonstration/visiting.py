"""How the demonstration's team kept up with what it owed: mostly in time, sometimes late, some still to do."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wellplaced.demonstration.around_visits import AroundVisits
from wellplaced.demonstration.days import days_before
from wellplaced.demonstration.people import Team
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Assignment, PlanStep, Requirement, RequirementState, Visit
from wellplaced.monitoring.models.owed import RequirementQuerySet
from wellplaced.people.models import Person
from wellplaced.register.models import Judgement, Premises, Provision

LATE, LEFT = 0.15, 0.45  # of the visits: made late; of those due lately: still not made
ROUNDS = 6  # a visit makes the next year's due; eighteen months hold few
LATELY = (0, 1, 3, 6, 9, 12, 14, 15, 16, 17, 18, 20, 22, 24, 27, 31, 36)  # days ago, of visits that were made early
SHORT = 14  # days of notice below which a reason is told; what is owed is counted by the guidance, not here
WENT_LIVE = 170  # days ago: earlier visits came from a file


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
        if fate < LEFT and due.due_on > days_before(self.today, 50):
            return False
        late = self.chance.randint(1, 9) if fate > 1 - LATE else -self.chance.randint(0, 2)
        earliest = (due.clock_on or due.due_on).toordinal() + (1 if due.kind == "annual" else 0)
        day = date.fromordinal(min(self.today.toordinal(), max(earliest, due.due_on.toordinal() + late)))
        keys = [owed.key for owed in self._owed(provision).filter(clock_on__lt=day, due_on__isnull=False)] or [due.key]
        if due.key not in keys:
            keys.append(due.key)
        ahead = self.chance.choice((5, 16, 20, 24))  # booked so many days before, where it was known by then
        booked_on = days_before(day, min(ahead, max(0, day.toordinal() - earliest)))
        if day < days_before(self.today, WENT_LIVE):
            self._from_a_file(provision, day, officer, keys, booked_on)
        else:
            self._with_its_steps(provision, day, officer, keys, booked_on)
        return True

    def _from_a_file(self, provision: Provision, day: date, officer: Person, keys: list[str], booked_on: date) -> None:
        actions.record_past_visit(
            provision=provision,
            visit_on=day,
            officer=officer,
            discharges=keys,
            premises=list(self._seen(provision)),
            loaded=True,
            booked_on=booked_on,
            by=officer,
        )

    def _with_its_steps(
        self, provision: Provision, day: date, officer: Person, keys: list[str], booked_on: date
    ) -> None:
        visit = self._book(provision, day, officer, keys, booked_on)
        AroundVisits(self.team, self.today, self.chance).live(visit)

    def _book(self, provision: Provision, day: date, officer: Person, keys: list[str], booked_on: date) -> Visit:
        is_short = day.toordinal() - booked_on.toordinal() < SHORT
        return actions.book_visit(
            provision=provision,
            officer=officer,
            reviewer=self.team["senior"],
            visit_on=day,
            discharges=keys,
            to_see=list(self._seen(provision)),
            short_notice_because="The young person moved in at once" if is_short else "",
            booked_on=booked_on,
            by=officer,
            on=booked_on,
        )

    def _seen(self, provision: Provision) -> Iterator[Premises]:
        yield from provision.premises.filter(authority=self.team.authority)

    def _book_ahead(self, provision: Provision, officer: Person) -> None:
        ahead = self._owed(provision).filter(due_on__gte=self.today, due_on__lt=days_before(self.today, -60))
        first = ahead.order_by("due_on", "pk").first()
        if first is None or first.due_on is None or self.chance.random() < 0.25:
            return
        booked_on = days_before(self.today, self.chance.choice((0, 1, 6, 12)))
        if first.clock_on and first.clock_on <= booked_on:
            self._with_its_steps(provision, first.due_on, officer, [first.key], booked_on)
        else:
            self._propose(provision, first, officer)

    def visit_early(self) -> None:
        """Annual visits of the last weeks, made long before they fall due: one stands at each step of the way."""
        owed = Requirement.objects.of(self.team.authority.pk).filter(kind="annual", state=RequirementState.OPEN)
        rows = owed.filter(clock_on__lt=days_before(self.today, 45), due_on__gt=self.today).order_by("-due_on", "pk")
        for days_ago, row in zip(LATELY, list(rows.select_related("provision")), strict=False):
            day = days_before(self.today, days_ago)
            at = Assignment.objects.filter(authority=self.team.authority, provision=row.provision_id, ends_on=None)
            self._with_its_steps(row.provision, day, at.get().officer, [row.key], days_before(day, 20))

    def _propose(self, provision: Provision, owed: Requirement, officer: Person) -> None:
        """The provider has been offered a day, and has not said yes yet."""
        assert owed.due_on is not None  # noqa: S101  (it is due ahead)
        actions.propose_visit(
            provision=provision,
            officer=officer,
            reviewer=self.team["senior"],
            visit_on=owed.due_on,
            discharges=[owed.key],
            to_see=list(self._seen(provision)),
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
