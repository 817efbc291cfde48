"""Django's name for this room."""

from django.apps import AppConfig


class Monitoring(AppConfig):
    name = "wellplaced.monitoring"
