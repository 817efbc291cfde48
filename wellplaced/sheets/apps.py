"""Django's name for this room."""

from django.apps import AppConfig


class Sheets(AppConfig):
    name = "wellplaced.sheets"
