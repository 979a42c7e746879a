"""A broker inside the test process, alive or dead."""

from __future__ import annotations

import pytest
from celery import current_app

from reports.tasks import make_poster


@pytest.fixture
def broker(memory_broker) -> None:
    """An empty broker that the test can read, whatever other tests have told workers before."""
    with current_app.connection_for_write() as connection:
        queue = connection.SimpleQueue(current_app.conf.task_default_queue)
        queue.clear()
        queue.close()


@pytest.fixture
def dead_broker(monkeypatch) -> None:
    """A Redis that nobody listens for."""
    monkeypatch.setitem(current_app.conf, "broker_url", "redis://127.0.0.1:9/0")


def published_ids() -> list[int]:
    """Ids published since the last call, oldest first."""
    ids = []
    with current_app.connection_for_read() as connection:
        queue = connection.SimpleQueue(current_app.conf.task_default_queue)
        while queue.qsize():
            message = queue.get()
            assert message.headers["task"] == make_poster.name
            ids.append(message.payload[0][0])
            message.ack()
        queue.close()
    return ids
