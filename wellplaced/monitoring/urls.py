"""The addresses of this room. A requirement is addressed by its provision and its stable key, which a rebuild keeps."""

from django.urls import URLPattern, path

from wellplaced.monitoring.views import (
    assignments,
    booking,
    checklist,
    checks,
    concerns,
    feedback,
    notices,
    owed,
    plans,
    steps,
    tasks,
    timeframes,
    visits,
    waivers,
)

app_name = "monitoring"

OWED_HERE = "provisions/<int:provision_id>/owed/<str:key>"
PLAN = "judgements/<int:judgement_id>/action-plan"
STEP = "visits/<int:visit_id>/steps/<str:name>"
TASK_BACK = "visits/<int:visit_id>/tasks/<int:task_id>/came-back"

urlpatterns: list[URLPattern] = [
    path("owed/", owed.owed, name="owed"),
    path(f"{OWED_HERE}/", owed.requirement, name="requirement"),
    path(f"{OWED_HERE}/why/", owed.why, name="why"),
    path(f"{OWED_HERE}/waive/", waivers.waive, name="waive"),
    path(f"{OWED_HERE}/withdraw-waiver/", waivers.withdraw, name="withdraw_waiver"),
    path(f"{OWED_HERE}/other-authorities/", checks.add, name="check"),
    path("other-authorities/<int:check_id>/", checks.change, name="change_check"),
    path("concerns/", concerns.concerns, name="concerns"),
    path("concerns/<int:concern_id>/", concerns.concern, name="concern"),
    path("concerns/<int:concern_id>/correct/", concerns.correct, name="correct_concern"),
    path("provisions/<int:provision_id>/concerns/new/", concerns.raise_concern, name="raise_concern"),
    path("visits/", visits.visits, name="visits"),
    path("visits/<int:visit_id>/hold/", visits.hold, name="hold_visit"),
    path("visits/<int:visit_id>/not-held/", visits.not_held, name="visit_not_held"),
    path("visits/<int:visit_id>/rebook/", booking.rebook, name="rebook_visit"),
    path("visits/<int:visit_id>/confirm/", booking.confirm, name="confirm_visit"),
    path("visits/<int:visit_id>/reviewer/", booking.reviewer, name="choose_reviewer"),
    path("visits/<int:visit_id>/nearby/", booking.visits_nearby, name="nearby"),
    path("visits/<int:visit_id>/cancel/", visits.cancel, name="cancel_visit"),
    path("visits/<int:visit_id>/correct/", visits.correct, name="correct_visit"),
    path("visits/<int:visit_id>/feedback/", feedback.feedback, name="feedback"),
    path("visits/<int:visit_id>/feedback/left-out/", feedback.leave_out, name="feedback_leave_out"),
    path("visits/<int:visit_id>/feedback/somebody-else/", feedback.ask_else, name="feedback_ask_else"),
    path("feedback/<int:feedback_id>/", feedback.answer, name="feedback_answer"),
    path("visits/<int:visit_id>/pre-visit-form/", checklist.pre_visit_form, name="pre_visit_form"),
    path("visits/<int:visit_id>/checklist/", checklist.checklist, name="checklist"),
    path("visits/<int:visit_id>/questionnaires/", checklist.questionnaires, name="questionnaires"),
    path("visits/<int:visit_id>/tasks/", tasks.visit_tasks, name="visit_tasks"),
    path(f"{TASK_BACK}/", tasks.came_back, name="task_came_back"),
    path(f"{TASK_BACK}/take-back/", tasks.did_not_come_back, name="task_did_not_come_back"),
    path("visits/<int:visit_id>/follow-up/", tasks.follow_up, name="follow_up"),
    path("steps/", steps.steps, name="steps"),
    path("visits/<int:visit_id>/steps/", steps.record_steps, name="record_steps"),
    path(f"{STEP}/", steps.step, name="step"),
    path(f"{STEP}/set-aside/", steps.set_aside, name="set_step_aside"),
    path(f"{STEP}/take-back/", steps.take_back, name="take_step_back"),
    path("provisions/<int:provision_id>/visits/new/", booking.book, name="book_visit"),
    path(f"{PLAN}/", plans.action_plan, name="action_plan"),
    path(f"{PLAN}/request/", plans.request_plan, name="request_plan"),
    path(f"{PLAN}/chase/", plans.chase, name="chase_plan"),
    path(f"{PLAN}/receive/", plans.receive, name="receive_plan"),
    path(f"{PLAN}/correct/", plans.correct, name="correct_plan"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<int:task_id>/", tasks.task, name="task"),
    path("provisions/<int:provision_id>/tasks/new/", tasks.add, name="add_task"),
    path("provisions/<int:provision_id>/assign/", assignments.assign, name="assign"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<int:notice_id>/seen/", notices.seen, name="notice_seen"),
    path("timeframes/", timeframes.timeframes, name="timeframes"),
    path("timeframes/new/", timeframes.publish, name="publish_timeframes"),
]
