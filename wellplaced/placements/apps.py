"""Django's name for this room."""

from django.apps import AppConfig


class Placements(AppConfig):
    name = "wellplaced.placements"
