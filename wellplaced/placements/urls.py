"""The URLs of this room: young people, placements, loading tables."""

from django.urls import path

from wellplaced.placements.views import loads, placements, professionals, recording, restricting, young_people

app_name = "placements"

urlpatterns = [
    path("young-people/", young_people.young_people, name="young_people"),
    path("young-people/add/", young_people.add, name="add_young_person"),
    path("young-people/<int:young_person_id>/", young_people.young_person, name="young_person"),
    path("young-people/<int:young_person_id>/change/", young_people.change, name="change_young_person"),
    path("young-people/<int:young_person_id>/history/", young_people.history, name="young_person_history"),
    path("young-people/<int:young_person_id>/restrict/", restricting.restrict, name="restrict"),
    path("young-people/<int:young_person_id>/lift/", restricting.lift, name="lift"),
    path("young-people/<int:young_person_id>/professionals/add/", professionals.add, name="add_professional"),
    path("professionals/<int:professional_id>/change/", professionals.change, name="change_professional"),
    path("placements/", placements.placements, name="placements"),
    path("placements/record/", recording.record, name="record_placement"),
    path("placements/record/<int:provision_id>/", recording.record, name="record_placement"),
    path("placements/<int:placement_id>/change/", placements.change, name="change_placement"),
    path("placements/<int:placement_id>/move/", placements.move, name="move_placement"),
    path("placements/<int:placement_id>/end/", placements.end, name="end_placement"),
    path("placements/<int:placement_id>/cancel/", placements.cancel, name="cancel_placement"),
    path("placements/<int:placement_id>/reinstate/", placements.reinstate, name="reinstate_placement"),
    path("going-live/", loads.loads, name="loads"),
    path("going-live/loads/<int:load_id>/", loads.load, name="load"),
    path("going-live/loads/<int:load_id>/apply/", loads.apply, name="apply_load"),
    path("going-live/loads/<int:load_id>/leave/", loads.leave, name="leave_load"),
    path("going-live/loads/<int:load_id>/mend/", loads.mend, name="mend"),
    path("going-live/<slug:kind_code>/", loads.hand_in, name="hand_in"),
    path("going-live/<slug:kind_code>/template/", loads.template, name="template"),
]
