"""The product's settings, with what makes tests fast and quiet."""

import os

from wellplaced.config.settings import *  # noqa: F403
from wellplaced.config.settings import DATA_FOLDER, DATABASES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # a file, so that two people really have two connections
    DATABASES["default"]["TEST"] = {"NAME": DATA_FOLDER / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

STATIC_ROOT = DATA_FOLDER / "static"  # empty; the finders serve what the pages need
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING_CONFIG = None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["*"]
DEBUG = False
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser tests' loop and the ORM share a thread
