"""How the demonstration's team kept up with what it owed: mostly in time, sometimes late, some still to do."""

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from wellplaced import history
from wellplaced.demonstration.around_visits import AGREED, COMPLETED, RETURNED, SENT, SUBMITTED, AroundVisits, Standing
from wellplaced.demonstration.days import days_before, next_working_day, working_day
from wellplaced.demonstration.people import Team
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Assignment, PlanStep, Requirement, RequirementState, Visit
from wellplaced.monitoring.models.owed import RequirementQuerySet
from wellplaced.people.models import Person
from wellplaced.register.models import Judgement, Premises, Provision

LATE, LEFT = 0.15, 0.45  # of the visits: made late; of those due lately: still not made
ROUNDS = 6  # a visit makes the next year's due; eighteen months hold few
# Days ago of annual visits that were made long before they fell due; where the report was handed in, how many days ago
# that was and what happened to it last.
REVIEWED = (
    (15, 7, SUBMITTED), (14, 5, SUBMITTED), (24, 12, SUBMITTED), (9, 1, SUBMITTED),
    (17, 9, RETURNED), (20, 12, COMPLETED), (22, 9, AGREED), (34, 26, SENT), (37, 27, SENT),
)  # fmt: skip
LATELY = (0, 1, 3, 6, 9, 12, 14, 16, 18, 20, 24, 27, 31, 36)
SHORT = 14  # days of notice below which a reason is told; what is owed is counted by the guidance, not here
WENT_LIVE = 170  # days ago: earlier visits came from a file


@dataclass
class Diary:
    """One authority's officers going through what is owed, oldest first, until they come to today."""

    team: Team
    today: date
    chance: random.Random

    def __post_init__(self) -> None:
        self.around = AroundVisits(self.team, self.today, self.chance)

    def keep_up(self, provisions: Sequence[Provision], left_alone: Collection[Provision]) -> None:
        """Make the visits that fell due in the past, and book some of those ahead; to some homes nobody has gone yet.

        Everywhere at once, so that what is owed next is worked out once a round.
        """
        rows = Assignment.objects.filter(authority=self.team.authority, ends_on=None).select_related("officer")
        self.officers = {row.provision_id: row.officer for row in rows}
        with history.together():
            for provision in provisions:
                self.follow_plans(provision, None if provision in left_alone else 12)
        behind = kept = [provision for provision in provisions if provision not in left_alone]
        for _ in range(ROUNDS):
            with history.together():
                behind = [provision for provision in behind if self._catch_up(provision)]
        with history.together():
            for provision in kept:
                self._book_ahead(provision)
        self.around.close()

    def _catch_up(self, provision: Provision) -> bool:
        """Make the visit that is due first. False: nothing is, or it is left undone."""
        due = self._owed(provision).overdue(self.today).order_by("due_on", "pk").first()
        return due is not None and self._visit(provision, due)

    def _owed(self, provision: Provision) -> RequirementQuerySet:
        owed = Requirement.objects.filter(authority=self.team.authority, provision=provision)
        return owed.filter(state=RequirementState.OPEN)

    def _visit(self, provision: Provision, due: Requirement) -> bool:
        """Visit for what is due, and for all else that this day discharges. False: left undone."""
        assert due.due_on is not None  # noqa: S101  (it is overdue)
        fate = self.chance.random()
        if fate < LEFT and due.due_on > days_before(self.today, 50):
            return False
        late = self.chance.randint(1, 9) if fate > 1 - LATE else -self.chance.randint(0, 2)
        earliest = days_before(due.clock_on or due.due_on, -1 if due.kind == "annual" else 0)
        day = working_day(min(self.today, days_before(due.due_on, -late)), earliest)
        if day > self.today:
            return False
        keys = [owed.key for owed in self._owed(provision).filter(clock_on__lt=day, due_on__isnull=False)]
        ahead = self.chance.choice((5, 16, 20, 24))  # booked so many days before, where it was known by then
        booked_on = working_day(days_before(day, ahead), earliest)
        make = self._from_a_file if day < days_before(self.today, WENT_LIVE) else self._with_its_steps
        make(provision, day, sorted({due.key, *keys}), booked_on)
        return True

    def _from_a_file(self, provision: Provision, day: date, keys: Collection[str], booked_on: date) -> None:
        officer = self.officers[provision.pk]
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
        self,
        provision: Provision,
        day: date,
        keys: Collection[str],
        booked_on: date,
        stands: Standing | None = None,
    ) -> None:
        self.around.live(self._book(provision, day, keys, booked_on), stands)

    def _book(self, provision: Provision, day: date, keys: Collection[str], booked_on: date) -> Visit:
        officer = self.officers[provision.pk]
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

    def _book_ahead(self, provision: Provision) -> None:
        earliest = next_working_day(self.today)
        ahead = self._owed(provision).filter(due_on__gte=earliest, due_on__lt=days_before(self.today, -60))
        first = ahead.order_by("due_on", "pk").first()
        if first is None or first.due_on is None or self.chance.random() < 0.25:
            return
        visit_on = working_day(first.due_on, earliest)
        booked_on = working_day(days_before(self.today, self.chance.choice((0, 1, 6, 12))))
        if first.clock_on and first.clock_on <= booked_on:
            self._with_its_steps(provision, visit_on, [first.key], booked_on)
        else:
            self._propose(provision, first, visit_on)

    def visit_early(self) -> None:
        """Annual visits of the last weeks, made long before they fall due: one stands at each step of the way."""
        owed = Requirement.objects.of(self.team.authority.pk).filter(kind="annual", state=RequirementState.OPEN)
        rows = owed.filter(clock_on__lt=days_before(self.today, 50), due_on__gt=self.today).order_by("-due_on", "pk")
        lately = [*self._reviewed(), *((days_ago, None) for days_ago in LATELY)]
        with history.together():
            for (days_ago, stands), row in zip(lately, list(rows.select_related("provision")), strict=False):
                day = working_day(days_before(self.today, days_ago))
                self._with_its_steps(row.provision, day, [row.key], working_day(days_before(day, 20)), stands)
        self.around.close()

    def _reviewed(self) -> Iterator[tuple[int, Standing]]:
        for days_ago, handed_in, after in REVIEWED:
            yield days_ago, Standing(working_day(days_before(self.today, handed_in)), after)

    def _propose(self, provision: Provision, owed: Requirement, visit_on: date) -> None:
        """The provider has been offered a day, and has not said yes yet."""
        officer = self.officers[provision.pk]
        actions.propose_visit(
            provision=provision,
            officer=officer,
            reviewer=self.team["senior"],
            visit_on=visit_on,
            discharges=[owed.key],
            to_see=list(self._seen(provision)),
            by=officer,
            on=working_day(self.today),
        )

    def follow_plans(self, provision: Provision, received_after: int | None = 12) -> None:
        """C8, R14: the senior officer asks for the action plan, reminds, and notes when it came (None: it never does)."""
        senior = self.team["senior"]
        steps = PlanStep.objects.of(self.team.authority.pk).filter(provision=provision, done_on=None).order_by("due_on")
        for step in list(steps):
            self._follow(step, senior, received_after)

    def _follow(self, step: PlanStep, senior: Person, received_after: int | None) -> None:
        judgement: Judgement = step.judgement
        done_on = working_day(step.due_on, step.clock_on)
        if done_on > self.today:
            return
        came_on = next_working_day(days_before(step.clock_on, -(received_after or 10_000)))
        if step.step == "plan_requested":
            actions.request_action_plan(judgement=judgement, requested_on=done_on, by=senior)
            if came_on <= self.today:
                actions.receive_action_plan(judgement=judgement, received_on=came_on, by=senior)
        elif done_on < came_on:
            actions.chase_action_plan(judgement=judgement, chased_on=done_on, note="By email", by=senior)
