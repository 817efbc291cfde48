"""Django's name for this room."""

from django.apps import AppConfig


class Design(AppConfig):
    name = "wellplaced.design"
