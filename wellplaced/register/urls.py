"""The pages of the register."""

from django.urls import path

from wellplaced.register.views import (
    details,
    entering,
    imports,
    judgements,
    provisions,
    record,
    register,
    registrations,
)

app_name = "register"
urlpatterns = [
    path("provisions/", provisions.provisions, name="provisions"),
    path("provisions/enter/", entering.enter, name="enter"),
    path("provisions/<int:provision_id>/details/", details.details, name="details"),
    path("provisions/<int:provision_id>/entered/", entering.change_entered, name="change_entered"),
    path("provisions/<int:provision_id>/record/", record.record, name="record"),
    path("provisions/<int:provision_id>/premises/", record.premises, name="premises"),
    path("provisions/<int:provision_id>/premises/new/", details.add_premises, name="add_premises"),
    path("provisions/<int:provision_id>/judgements/new/", judgements.add_judgement, name="add_judgement"),
    path("premises/<int:premises_id>/", details.change_premises, name="change_premises"),
    path("judgements/<int:judgement_id>/correct/", judgements.correct_judgement, name="correct_judgement"),
    path("registrations/<int:registration_id>/correct/", registrations.correct, name="correct_registration"),
    path("registrations/<int:registration_id>/left/", registrations.left, name="left"),
    path("registrations/<int:registration_id>/continues/", registrations.continues, name="continues"),
    path("register/", register.standing_of_register, name="standing_of_register"),
    path("register/imports/", imports.imports, name="imports"),
    path("register/imports/new/", imports.hand_in, name="hand_in"),
    path("register/imports/<int:import_id>/", imports.show, name="import"),
    path("register/imports/<int:import_id>/decide/", imports.decide, name="decide_import"),
    path("register/imports/<int:import_id>/progress/", imports.progress, name="import_progress"),
]
