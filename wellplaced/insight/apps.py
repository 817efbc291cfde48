"""Django's name for this room."""

from django.apps import AppConfig


class Insight(AppConfig):
    name = "wellplaced.insight"
