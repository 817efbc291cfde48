"""Django's name for this room."""

from django.apps import AppConfig


class History(AppConfig):
    name = "wellplaced.history"
