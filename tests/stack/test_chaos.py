"""Workers killed with kill -9 and brokers lost, again and again: every poster becomes ready, and once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from celery import current_app
from django.conf import settings

from checks.chaos.brokers import Broker, FolderBroker, own_redis
from checks.chaos.run import Plan, Run

pytestmark = pytest.mark.stack

PLAN = Plan(renders=60, kills=8, losses=3, seed=20261122)


@pytest.fixture
def broker(environment, data_folder, monkeypatch) -> Iterator[Broker]:
    """One that the test may lose: the folder, or a Redis of its own."""
    if not settings.REDIS_URL:
        yield FolderBroker(data_folder / "broker" / "queue")
        return
    with own_redis(data_folder) as redis:
        environment["REDIS_URL"] = redis.url
        monkeypatch.setitem(current_app.conf, "broker_url", redis.url)
        yield redis


def test_every_poster_becomes_ready_once_whatever_dies(organisation, environment, broker, tmp_path):
    outcome = Run(PLAN, organisation, environment, broker, tmp_path).outcome()

    assert (outcome.ready, outcome.published_twice) == (PLAN.renders, 0)
    assert outcome.leases_lost > 0  # else no kill has hit a poster at work
