"""What the health addresses answer, to anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs.models import SweeperRun


@pytest.fixture
def sweeper(db):
    def ran(seconds_ago: float) -> None:
        SweeperRun.objects.create(pk=1, ran_at=timezone.now() - timedelta(seconds=seconds_ago))

    return ran


def test_live_answers_without_database_and_sign_in(client):
    response = client.get(reverse("health_live"))

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready_answers_each_part(client, sweeper, settings, tmp_path, time_machine):
    time_machine.move_to("2026-11-21 18:00:00+00:00", tick=False)
    settings.REDIS_URL, settings.BROKER_DIR = "", tmp_path
    (tmp_path / "queue").mkdir()
    sweeper(12)

    response = client.get(reverse("health_ready"))

    assert (response.status_code, response.json()) == (
        200,
        {
            "status": "ok",
            "checks": {
                "database": {"ok": True, "says": "answers"},
                "broker": {"ok": True, "says": "folder is writable"},
                "sweeper": {"ok": True, "says": "ran 12 s ago"},
            },
        },
    )
    assert "no-store" in response["Cache-Control"]


def failing_parts(client) -> list[str]:
    response = client.get(reverse("health_ready"))
    assert response.status_code == 503
    return [name for name, check in response.json()["checks"].items() if not check["ok"]]


@pytest.fixture
def _open_folder(settings, tmp_path):
    settings.REDIS_URL, settings.BROKER_DIR = "", tmp_path
    (tmp_path / "queue").mkdir()


@pytest.mark.usefixtures("_open_folder")
def test_ready_fails_when_the_sweeper_never_ran_or_is_silent(client, sweeper):
    assert failing_parts(client) == ["sweeper"]

    sweeper(301)

    assert failing_parts(client) == ["sweeper"]


def test_ready_fails_without_a_broker_folder(client, sweeper, settings, tmp_path):
    settings.REDIS_URL, settings.BROKER_DIR = "", tmp_path / "nowhere"
    sweeper(1)

    assert failing_parts(client) == ["broker"]


def test_ready_fails_without_redis_and_keeps_its_address_to_itself(client, sweeper, settings, dead_broker):
    settings.REDIS_URL = "redis://:secret@127.0.0.1:9/0"
    sweeper(1)

    assert failing_parts(client) == ["broker"]
    assert b"secret" not in client.get(reverse("health_ready")).content
