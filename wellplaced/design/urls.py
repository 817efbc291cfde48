"""The gallery's address."""

from django.urls import path

from wellplaced.design import views

app_name = "design"
urlpatterns = [path("design", views.gallery, name="gallery")]
