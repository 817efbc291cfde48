"""Every write of this room: a verb, keyword-only, atomic, with `by` and `on` (today), recorded in the history.

What is owed follows by itself: the history's listener refreshes it in the same transaction. A fact that cannot be (a
visit that discharges a concern raised after it) is refused with guidance.Refusal, and nothing is written.
"""

from wellplaced.monitoring.actions.assignments import assign, reassign_many, unassign
from wellplaced.monitoring.actions.booking import (
    book_visit,
    choose_reviewer,
    confirm_visit,
    plan_visit,
    propose_visit,
    rebook_visit,
)
from wellplaced.monitoring.actions.checklist import record_pre_visit_form, save_day
from wellplaced.monitoring.actions.checks import change_check, check_with_other_authority, take_check_back
from wellplaced.monitoring.actions.concerns import change_concern, raise_concern, reinstate_concern, withdraw_concern
from wellplaced.monitoring.actions.feedback import (
    ask_for_feedback,
    ask_somebody_else,
    leave_out_of_feedback,
    take_down_feedback,
)
from wellplaced.monitoring.actions.notices import mark_seen
from wellplaced.monitoring.actions.plans import (
    chase_action_plan,
    correct_follow_up,
    receive_action_plan,
    request_action_plan,
    take_chase_back,
)
from wellplaced.monitoring.actions.refusals import NotApproved
from wellplaced.monitoring.actions.steps import (
    NewRecipient,
    name_recipients,
    record_answer,
    record_return,
    record_step,
    set_step_aside,
    take_step_back,
)
from wellplaced.monitoring.actions.tasks import (
    add_task,
    change_task,
    note_that_task_came_back,
    take_back_that_task_came_back,
)
from wellplaced.monitoring.actions.timeframes import publish_timeframes
from wellplaced.monitoring.actions.visits import (
    cancel_visit,
    correct_visit,
    hold_visit,
    record_not_held,
    record_past_visit,
)
from wellplaced.monitoring.actions.waivers import waive, withdraw_waiver

__all__ = [
    "NewRecipient",
    "NotApproved",
    "add_task",
    "ask_for_feedback",
    "ask_somebody_else",
    "assign",
    "book_visit",
    "cancel_visit",
    "change_check",
    "change_concern",
    "change_task",
    "chase_action_plan",
    "check_with_other_authority",
    "choose_reviewer",
    "confirm_visit",
    "correct_follow_up",
    "correct_visit",
    "hold_visit",
    "leave_out_of_feedback",
    "mark_seen",
    "name_recipients",
    "note_that_task_came_back",
    "plan_visit",
    "propose_visit",
    "publish_timeframes",
    "raise_concern",
    "reassign_many",
    "rebook_visit",
    "receive_action_plan",
    "record_answer",
    "record_not_held",
    "record_past_visit",
    "record_pre_visit_form",
    "record_return",
    "record_step",
    "reinstate_concern",
    "request_action_plan",
    "save_day",
    "set_step_aside",
    "take_back_that_task_came_back",
    "take_chase_back",
    "take_check_back",
    "take_down_feedback",
    "take_step_back",
    "unassign",
    "waive",
    "withdraw_concern",
    "withdraw_waiver",
]
