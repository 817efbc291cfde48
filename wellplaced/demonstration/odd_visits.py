"""Visits that did not go as planned: refused, broken off, cancelled, unannounced, closed and reopened."""

from dataclasses import dataclass
from datetime import date

from wellplaced.demonstration.days import days_before, next_working_day, working_day
from wellplaced.demonstration.people import Team
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Outcome, Requirement, RequirementState, Visit, VisitState
from wellplaced.monitoring.models.owed import RequirementQuerySet
from wellplaced.reports.actions.closing import reopen_report


@dataclass
class OddVisits:
    """One authority's, of the last days."""

    team: Team
    today: date

    def happen(self) -> None:
        """Each of them once, where there is something owed for which it can happen."""
        self._refused()
        self._broken_off()
        self._cancelled()
        self._unannounced()

    def _open(self, kind: str) -> RequirementQuerySet:
        owed = Requirement.objects.of(self.team.authority.pk).filter(kind=kind, state=RequirementState.OPEN)
        rows: RequirementQuerySet = owed.select_related("provision").order_by("due_on", "pk")
        return rows

    def _book(self, kind: str, day: date, *, unannounced_because: str = "") -> Visit | None:
        """A visit on this day for what is owed first of this kind, booked three weeks before, or as late as today."""
        booked_on = working_day(min(self.today, days_before(day, 21)))
        owed = self._open(kind).filter(clock_on__lt=booked_on).first()
        if owed is None:
            return None
        return actions.book_visit(
            provision=owed.provision,
            officer=self.team["officer"],
            reviewer=self.team["senior"],
            visit_on=day,
            discharges=[owed.key],
            unannounced_because=unannounced_because,
            booked_on=booked_on,
            by=self.team["officer"],
            on=booked_on,
        )

    def _refused(self) -> None:
        """The officer stood at the door five days ago; a new day is agreed."""
        visit = self._book("annual", working_day(days_before(self.today, 5)))
        if visit is None:
            return
        refused = self._not_held(visit, Outcome.REFUSED, "The manager was away, and nobody else let us in.")
        actions.rebook_visit(
            visit=refused,
            visit_on=next_working_day(days_before(self.today, -4)),
            visit_at=None,
            officer=self.team["officer"],
            reason="Agreed with the manager by telephone",
            by=self.team["officer"],
            on=working_day(self.today),
            seen_revision=None,
        )

    def _broken_off(self) -> None:
        """Nobody has found a new day yet."""
        visit = self._book("annual", working_day(days_before(self.today, 2)))
        if visit is not None:
            self._not_held(visit, Outcome.ABORTED, "The fire alarm went off, and everybody was taken home.")

    def _not_held(self, visit: Visit, outcome: Outcome, because: str) -> Visit:
        return actions.record_not_held(
            visit=visit, because=because, outcome=outcome, by=self.team["officer"], seen_revision=None
        )

    def _cancelled(self) -> None:
        visit = self._book("annual", next_working_day(days_before(self.today, -12)))
        if visit is not None:
            because = "The home moves house in that week"
            actions.cancel_visit(visit=visit, because=because, by=self.team["officer"], seen_revision=None)

    def _unannounced(self) -> None:
        day = next_working_day(days_before(self.today, -2))
        self._book("concern", day, unannounced_because="The concern is about what happens at night")

    def _proposed(self) -> None:
        """The provider has been offered a day, and has not said yes yet."""
        owed = self._open("annual").last()
        if owed is not None:
            actions.propose_visit(
                provision=owed.provision,
                officer=self.team["officer"],
                reviewer=self.team["senior"],
                visit_on=next_working_day(days_before(self.today, -20)),
                discharges=[owed.key],
                by=self.team["officer"],
                on=working_day(self.today),
            )

    def end(self) -> None:
        """What comes last: a day is proposed, and the visit that was closed last is opened again."""
        self._proposed()
        self._reopened()

    def _reopened(self) -> None:
        closed = Visit.objects.of(self.team.authority.pk).filter(state=VisitState.HELD, closed_on__isnull=False)
        visit = closed.filter(loaded=False).order_by("visit_on", "pk").last()
        if visit is not None:
            reopen_report(visit=visit, because="The provider sent a comment after the close", by=self.team["manager"])
