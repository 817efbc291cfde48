"""What the service refuses to start with, and what it says instead."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from wellplaced.config.environment import DEVELOPMENT_KEY, Environment, check

KEY = "Zk3vJt0mWq9sYb7nLx2cRf5hDg8pAe1uTo4iSy6wKz-BvNcMxQl"
URL = "https://monitoring.example"


def refusal(tmp_path: Path, **values: str) -> str:
    """What is said; empty where it starts."""
    try:
        check(Environment({"WELLPLACED_DATA": str(tmp_path), **values}))
    except ImproperlyConfigured as said:
        return str(said)
    return ""


def in_production(tmp_path: Path, **values: str) -> str:
    return refusal(tmp_path, **{"WELLPLACED_MODE": "production", "WELLPLACED_SECRET_KEY": KEY, **values})


def test_production_starts_with_what_the_how_to_sets(tmp_path: Path) -> None:
    said = {"WELLPLACED_HOSTS": "monitoring.example", "WELLPLACED_ORIGINS": URL, "WELLPLACED_PROXY": "yes"}
    assert not in_production(tmp_path, **said)


def test_a_data_folder_that_the_service_makes_is_for_its_user_alone(tmp_path: Path) -> None:
    assert not refusal(tmp_path, WELLPLACED_DATA=str(tmp_path / "new"))
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("key", ["", "short", "ab" * 40, "abcdefghij" * 6, DEVELOPMENT_KEY, KEY[:49]])
def test_a_weak_key_is_refused_in_production(key: str, tmp_path: Path) -> None:
    assert "WELLPLACED_SECRET_KEY is too weak" in in_production(tmp_path, WELLPLACED_SECRET_KEY=key)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WELLPLACED_DEBUG", "yes", "no technical error pages"),
        ("WELLPLACED_DEBUG", "true", "write yes or no"),
        ("WELLPLACED_HOSTS", "monitoring.example,*", "name the hosts"),
        ("WELLPLACED_ORIGINS", "http://monitoring.example", "https pages only"),
    ],
)
def test_what_is_not_safe_is_refused_in_production(name: str, value: str, said: str, tmp_path: Path) -> None:
    assert said in in_production(tmp_path, **{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WELLPLACED_MODE", "prod"),
        ("WELLPLACED_EMAIL_URL", "mail.example:587"),
        ("WELLPLACED_EMAIL_URL", "smtps://user:password@mail.example"),
        ("WELLPLACED_EMAIL_URL", "smtp://mail.example:abc"),
        ("WELLPLACED_DATABASE_URL", "somewhere"),
        ("WELLPLACED_DATABASE_URL", "mysql://user@host/name"),
        ("WELLPLACED_LOG_LEVEL", "LOUD"),
        ("WELLPLACED_IDLE_MINUTES", "0"),
        ("WELLPLACED_IDLE_MINUTES", "³"),
        ("WELLPLACED_IDLE_MINUTES", "9" * 5_000),
        ("WELLPLACED_HOSTS", "https://monitoring.example"),
        ("WELLPLACED_HOSTS", "localhost,monitoring.example:443"),
        ("WELLPLACED_ORIGINS", "monitoring.example"),
        ("WELLPLACED_ORIGINS", "https://monitoring.example/"),
        ("WELLPLACED_ORIGINS", "https://*"),
        ("PORT", "70000"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_name(name: str, value: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, **{name: value}).startswith(name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WELLPLACED_EMAIL_URL", "smtp://mail.example"),
        ("WELLPLACED_EMAIL_URL", "smtp://user%40x:pass%2Fword@mail.example:587"),
        ("WELLPLACED_DATABASE_URL", "postgres://wellplaced@127.0.0.1:54329/postgres"),
        ("WELLPLACED_HOSTS", "monitoring.example,.council.example,10.0.0.7,[::1]"),
        ("WELLPLACED_ORIGINS", "https://monitoring.example:8443,https://*.council.example,http://localhost:8000"),
        ("WELLPLACED_DATABASE_URL", "postgresql://user:p%40ss@host:5432/name?sslmode=require"),
    ],
)
def test_what_can_be_read_is_taken(name: str, value: str, tmp_path: Path) -> None:
    assert not refusal(tmp_path, **{name: value})


def test_a_data_folder_that_cannot_be_written_to_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be made" in refusal(tmp_path, WELLPLACED_DATA=str(tmp_path / "file" / "data"))


def test_the_command_says_why_in_one_line(tmp_path: Path) -> None:
    """Whoever starts it reads the reason, not where in the code it was found."""
    values = {"WELLPLACED_MODE": "production", "WELLPLACED_DATA": str(tmp_path), "WELLPLACED_SECRET_KEY": "short"}
    without = {name: value for name, value in os.environ.items() if not name.startswith("WELLPLACED_")}
    ran = subprocess.run(
        [sys.executable, "-m", "wellplaced", "serve"], env=without | values, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert ran.stderr.startswith("Wellplaced does not start. WELLPLACED_SECRET_KEY is too weak")
    assert ran.stderr.count("\n") == 1
