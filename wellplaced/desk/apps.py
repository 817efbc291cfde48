"""Django's name for this room."""

from django.apps import AppConfig


class Desk(AppConfig):
    name = "wellplaced.desk"
