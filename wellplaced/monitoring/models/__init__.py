"""What an authority records about a provision (facts), and what follows from it (projections), by the rest's names."""

from wellplaced.monitoring.models.facts import (
    Assignment,
    Concern,
    JudgementFollowUp,
    Notice,
    OtherAuthorityCheck,
    PlanChase,
    PublishedTimeframes,
    Task,
    Waiver,
)
from wellplaced.monitoring.models.owed import PlanStep, Refreshed, Requirement, RequirementState
from wellplaced.monitoring.models.visits import Visit, VisitDischarge, VisitState

__all__ = [
    "Assignment",
    "Concern",
    "JudgementFollowUp",
    "Notice",
    "OtherAuthorityCheck",
    "PlanChase",
    "PlanStep",
    "PublishedTimeframes",
    "Refreshed",
    "Requirement",
    "RequirementState",
    "Task",
    "Visit",
    "VisitDischarge",
    "VisitState",
    "Waiver",
]
