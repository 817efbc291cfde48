"""The URLs of the pages at the top of the house."""

from django.urls import path

from wellplaced.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("team/", views.team, name="team"),
    path("team/reassign/", views.reassign, name="reassign"),
    path("provisions/<int:provision_id>/", views.provision, name="provision"),
    path("provisions/<int:provision_id>/history/", views.provision_history, name="provision_history"),
    path("visits/<int:visit_id>/", views.visit, name="visit"),
    path("visits/<int:visit_id>/history/", views.visit_history, name="visit_history"),
    path("search/", views.search, name="search"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
