"""The gallery alone, open to all, for the tests of this room."""

from django.urls import path

from wellplaced.design.views import gallery

urlpatterns = [path("design/", gallery, name="gallery")]
