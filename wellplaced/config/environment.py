"""Every setting that comes from the environment: name, default and meaning, read once and checked.

`docs/how-to/run-it-for-an-authority.md` lists them; a test holds that list against `SETTINGS`.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

PROJECT = Path(__file__).resolve().parents[2]
DEVELOPMENT_KEY = "only-for-development-" + "never-in-production" * 2
SHORTEST_KEY = 50
FEWEST_LETTERS = 10  # different ones in a key
MOST_PORTS = 65_535
MOST_DIGITS = 9  # of a number: no process counts further
LIKE = {
    "WELLPLACED_HOSTS": "a name alone, like monitoring.example, without scheme and port",
    "WELLPLACED_ORIGINS": "it with its scheme, like https://monitoring.example",
}
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
EMAIL_URL = re.compile(r"smtp://([^/@\s]+@)?[^/@:\s]+(:\d{1,5})?/?")
NAME = r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\]"
HOST = re.compile(rf"\*|\.?({NAME})")
ORIGIN = re.compile(rf"https?://(\*\.)?({NAME})(:\d{{1,5}})?")
DATABASE_URL = re.compile(r"(postgres|postgresql)://[^/\s]+/[^/\s]+")

SETTINGS: dict[str, tuple[str, str]] = {
    "WELLPLACED_MODE": ("development", "'development' or 'production'. Production refuses what is not safe."),
    "WELLPLACED_SECRET_KEY": ("", "Signs sessions and links. In production at least 50 characters, kept secret."),
    "WELLPLACED_DEBUG": ("no", "'yes' shows technical error pages. Refused in production."),
    "WELLPLACED_DATA": ("var", "The folder for the SQLite database, and for emails where no carrier is set up."),
    "WELLPLACED_DATABASE_URL": ("", "postgres://user:password@host:5432/name; empty: SQLite in the data folder."),
    "WELLPLACED_HOSTS": ("localhost,127.0.0.1", "Host names that the service answers to, with commas between."),
    "WELLPLACED_ORIGINS": ("", "Origins with scheme behind a proxy, such as https://monitoring.example, with commas."),
    "WELLPLACED_PROXY": (
        "no",
        "'yes' where a proxy in front sets X-Forwarded-Proto, which it must strip from outside, and adds to X-Forwarded-For.",
    ),
    "WELLPLACED_HTTPS": (
        "yes",
        "'no' lets production run without https redirect and secure cookies, as on a test host.",
    ),
    "WELLPLACED_EMAIL_URL": (
        "",
        "smtp://user:password@host:587 for password resets; empty: written to the data folder.",
    ),
    "WELLPLACED_EMAIL_FROM": ("wellplaced@localhost", "The sender of emails."),
    "WELLPLACED_IDLE_MINUTES": ("30", "Minutes without a request after which a person is signed out."),
    "WELLPLACED_LARGEST_DOCUMENT": ("10", "The largest report that may be uploaded, in MB."),
    "WELLPLACED_LOG_LEVEL": ("INFO", "DEBUG, INFO, WARNING or ERROR."),
    "WELLPLACED_WORKERS": ("2", "Web processes."),
    "PORT": ("8000", "The port on which the web server listens."),
    "WELLPLACED_BIND": ("127.0.0.1", "The address on which the web server listens."),
}


@dataclass(frozen=True)
class Environment:
    """The environment's settings, each present, each of its type."""

    values: Mapping[str, str]

    def text(self, name: str) -> str:
        default, _ = SETTINGS[name]
        return self.values.get(name, "") or default

    def flag(self, name: str) -> bool:
        value = self.text(name).lower()
        if value not in {"yes", "no"}:
            raise ImproperlyConfigured(f"{name} is {value!r}: write yes or no.")
        return value == "yes"

    def number(self, name: str) -> int:
        value = self.text(name)
        if not (value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS) or int(value) == 0:
            raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number above 0.")
        return int(value)

    def words(self, name: str) -> list[str]:
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    @property
    def production(self) -> bool:
        mode = self.text("WELLPLACED_MODE")
        if mode not in {"development", "production"}:
            raise ImproperlyConfigured(f"WELLPLACED_MODE is {mode!r}: write development or production.")
        return mode == "production"

    @property
    def data_folder(self) -> Path:
        folder = Path(self.text("WELLPLACED_DATA"))
        return folder if folder.is_absolute() else PROJECT / folder

    @property
    def secret_key(self) -> str:
        return self.text("WELLPLACED_SECRET_KEY") or ("" if self.production else DEVELOPMENT_KEY)


def check(environment: Environment) -> None:
    """Refuse to start where that would not be safe, or not what is meant. Raises ImproperlyConfigured with what to do."""
    _check_words(environment)
    folder = environment.data_folder
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds children's data
    except OSError as error:
        raise ImproperlyConfigured(f"WELLPLACED_DATA: the folder {folder} cannot be made: {error.strerror}.") from error
    if not os.access(folder, os.W_OK):
        raise ImproperlyConfigured(f"WELLPLACED_DATA: the folder {folder} cannot be written to.")
    if environment.production:
        _check_production(environment)


def _check_words(environment: Environment) -> None:
    """What cannot be read is said now, and not when the first message or the first visitor comes."""
    for name, (default, _) in SETTINGS.items():
        if default in {"yes", "no"}:
            environment.flag(name)
        elif default.isdigit():
            environment.number(name)
    for name, reads in (("WELLPLACED_EMAIL_URL", EMAIL_URL), ("WELLPLACED_DATABASE_URL", DATABASE_URL)):
        if (text := environment.text(name)) and not reads.fullmatch(text):
            raise ImproperlyConfigured(f"{name} cannot be read: write it like {SETTINGS[name][1].partition(' ')[0]}")
    for name, reads in (("WELLPLACED_HOSTS", HOST), ("WELLPLACED_ORIGINS", ORIGIN)):
        if wrong := next((word for word in environment.words(name) if not reads.fullmatch(word)), ""):
            raise ImproperlyConfigured(f"{name} has {wrong!r}, which would match nothing: write {LIKE[name]}.")
    if (level := environment.text("WELLPLACED_LOG_LEVEL")) not in LOG_LEVELS:
        raise ImproperlyConfigured(f"WELLPLACED_LOG_LEVEL is {level!r}: write {', '.join(LOG_LEVELS)}.")
    if environment.number("PORT") > MOST_PORTS:
        raise ImproperlyConfigured(f"PORT is {environment.text('PORT')}: a port is at most {MOST_PORTS}.")


def _check_production(environment: Environment) -> None:
    key = environment.secret_key
    repeats_itself = key in (key + key)[1:-1]
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_LETTERS or repeats_itself or key == DEVELOPMENT_KEY:
        raise ImproperlyConfigured(
            f"WELLPLACED_SECRET_KEY is too weak: set at least {SHORTEST_KEY} random characters "
            "(python -c 'import secrets; print(secrets.token_urlsafe(50))')."
        )
    if environment.flag("WELLPLACED_DEBUG"):
        raise ImproperlyConfigured("WELLPLACED_DEBUG is on: a production service shows no technical error pages.")
    plain = [word for word in environment.words("WELLPLACED_ORIGINS") if word.startswith("http://")]
    if plain and environment.flag("WELLPLACED_HTTPS"):
        raise ImproperlyConfigured(f"WELLPLACED_ORIGINS has {plain[0]!r}: forms are taken from https pages only.")
    if "*" in environment.words("WELLPLACED_HOSTS"):
        raise ImproperlyConfigured("WELLPLACED_HOSTS is '*': name the hosts that the service answers to.")


def read() -> Environment:
    """The process's environment, checked."""
    environment = Environment(os.environ)
    check(environment)
    return environment
