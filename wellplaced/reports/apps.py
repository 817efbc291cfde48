"""Django's name for this room."""

from django.apps import AppConfig


class Reports(AppConfig):
    name = "wellplaced.reports"
