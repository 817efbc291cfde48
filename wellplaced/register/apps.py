"""Django's name for this room."""

from django.apps import AppConfig


class Register(AppConfig):
    name = "wellplaced.register"
