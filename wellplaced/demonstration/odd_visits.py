"""Visits that did not go as planned: refused at the door and rebooked, unannounced, closed and reopened."""

from dataclasses import dataclass
from datetime import date

from wellplaced.demonstration.days import days_before
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
        self._unannounced()
        self._reopened()

    def _open(self, kind: str) -> RequirementQuerySet:
        owed = Requirement.objects.of(self.team.authority.pk).filter(kind=kind, state=RequirementState.OPEN)
        rows: RequirementQuerySet = owed.select_related("provision").order_by("due_on", "pk")
        return rows

    def _refused(self) -> None:
        """The officer stood at the door five days ago; a new day is agreed."""
        day, officer = days_before(self.today, 5), self.team["officer"]
        owed = self._open("annual").filter(clock_on__lt=day).first()
        if owed is None:
            return
        visit = actions.book_visit(
            provision=owed.provision,
            officer=officer,
            reviewer=self.team["senior"],
            visit_on=day,
            discharges=[owed.key],
            booked_on=days_before(day, 21),
            by=officer,
            on=days_before(day, 21),
        )
        because = "The manager was away, and nobody else let us in."
        refused = actions.record_not_held(
            visit=visit, because=because, outcome=Outcome.REFUSED, by=officer, seen_revision=None
        )
        actions.rebook_visit(
            visit=refused,
            visit_on=days_before(self.today, -4),
            visit_at=None,
            officer=officer,
            reason="Agreed with the manager by telephone",
            by=officer,
            on=self.today,
            seen_revision=None,
        )

    def _unannounced(self) -> None:
        owed, officer = self._open("concern").last(), self.team["officer"]
        if owed is None:
            return
        actions.book_visit(
            provision=owed.provision,
            officer=officer,
            reviewer=self.team["senior"],
            visit_on=days_before(self.today, -2),
            discharges=[owed.key],
            unannounced_because="The concern is about what happens at night",
            by=officer,
            on=self.today,
        )

    def _reopened(self) -> None:
        closed = Visit.objects.of(self.team.authority.pk).filter(state=VisitState.HELD, closed_on__isnull=False)
        visit = closed.filter(loaded=False).order_by("visit_on", "pk").last()
        if visit is not None:
            reopen_report(visit=visit, because="The provider sent a comment after the close", by=self.team["manager"])
