"""The product's settings for measuring in process: any host, quick password hashing while people are made."""

from wellplaced.config.settings import *  # noqa: F403

ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
