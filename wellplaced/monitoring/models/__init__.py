"""What an authority records about a provision (facts), and what follows from it (projections), by the rest's names."""

from wellplaced.monitoring.models.day import (
    DayChecklist,
    Feedback,
    PreVisitForm,
    TaskCameBack,
    YoungPersonSeen,
)
from wellplaced.monitoring.models.facts import (
    Assignment,
    Concern,
    JudgementFollowUp,
    Notice,
    OtherAuthorityCheck,
    PlanChase,
    PublishedTimeframes,
    Waiver,
)
from wellplaced.monitoring.models.owed import PlanStep, Refreshed, Requirement, RequirementState, Step, StepState
from wellplaced.monitoring.models.steps import Recipient, StepRecord
from wellplaced.monitoring.models.tasks import Task
from wellplaced.monitoring.models.visits import Outcome, Visit, VisitDischarge, VisitState

__all__ = [
    "Assignment",
    "Concern",
    "DayChecklist",
    "Feedback",
    "JudgementFollowUp",
    "Notice",
    "OtherAuthorityCheck",
    "Outcome",
    "PlanChase",
    "PlanStep",
    "PreVisitForm",
    "PublishedTimeframes",
    "Recipient",
    "Refreshed",
    "Requirement",
    "RequirementState",
    "Step",
    "StepRecord",
    "StepState",
    "Task",
    "TaskCameBack",
    "Visit",
    "VisitDischarge",
    "VisitState",
    "Waiver",
    "YoungPersonSeen",
]
