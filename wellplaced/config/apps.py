"""Django's name for the place where the service is put together; here for its commands."""

from django.apps import AppConfig


class Config(AppConfig):
    name = "wellplaced.config"
