"""The addresses of this room."""

from django.urls import URLPattern, path

from wellplaced.reports.views import circulation, closing, comments, mosaic, queue, report, rounds

app_name = "reports"

REPORT = "visits/<int:visit_id>/report"

urlpatterns: list[URLPattern] = [
    path("reviews/", queue.queue, name="queue"),
    path(f"{REPORT}/", report.report, name="report"),
    path(f"{REPORT}/versions/<int:number>/", report.document, name="document"),
    path(f"{REPORT}/submit/", rounds.submit, name="submit"),
    path(f"{REPORT}/take-back/", rounds.take_back, name="take_back"),
    path(f"{REPORT}/return/", rounds.return_report, name="return"),
    path(f"{REPORT}/rounds/<int:number>/tasks/", rounds.complete_tasks, name="complete_tasks"),
    path("visits/<int:visit_id>/circulate/", circulation.circulate, name="circulate"),
    path("visits/<int:visit_id>/circulate/correct/", circulation.correct_sending, name="correct_sending"),
    path("visits/<int:visit_id>/recipients/add/", circulation.add_recipients, name="add_recipients"),
    path("recipients/<int:recipient_id>/change/", circulation.change_recipient, name="change_recipient"),
    path("visits/<int:visit_id>/recall/", circulation.recall, name="recall"),
    path("visits/<int:visit_id>/comments/", comments.comments, name="comments"),
    path("recipients/<int:recipient_id>/comment/", comments.add, name="add_comment"),
    path("comments/<int:comment_id>/correct/", comments.correct, name="correct_comment"),
    path("comments/<int:comment_id>/take-back/", comments.take_back, name="take_comment_back"),
    path("comments/<int:comment_id>/reply/", comments.reply, name="reply"),
    path("visits/<int:visit_id>/mosaic/", mosaic.mosaic, name="mosaic"),
    path("visits/<int:visit_id>/mosaic/provision/", mosaic.upload_provision, name="upload_provision"),
    path("visits/<int:visit_id>/mosaic/<int:young_person_id>/", mosaic.upload_young_person, name="upload_young_person"),
    path("visits/<int:visit_id>/uploads/<int:upload_id>/take-back/", mosaic.take_back, name="take_upload_back"),
    path("visits/<int:visit_id>/close/", closing.close, name="close"),
    path("visits/<int:visit_id>/reopen/", closing.reopen, name="reopen"),
]
