"""Django's name for this room."""

from django.apps import AppConfig


class Demonstration(AppConfig):
    name = "wellplaced.demonstration"
