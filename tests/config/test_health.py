"""What whoever runs the service is told of its state: without a write, so that asking never waits."""

import shutil
from collections import namedtuple

import pytest
from django.test import Client

Usage = namedtuple("Usage", "total used free")


def test_a_service_that_is_as_it_should_be_is_ready_and_asking_writes_nothing(
    db: None, django_assert_num_queries
) -> None:
    assert Client().get("/health/ready").json()["ready"]
    with django_assert_num_queries(1):
        assert Client().get("/health/ready").status_code == 200


def test_a_full_disk_is_said(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(10_000_000, 10_000_000, 0))
    answer = Client().get("/health/ready")
    assert answer.status_code == 503
    assert "disk is full" in answer.json()["problems"][0]
