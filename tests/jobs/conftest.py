"""A broker inside the test process, alive or dead."""

from __future__ import annotations

import pytest
from celery import current_app

from reports.tasks import make_poster


@pytest.fixture
def broker(memory_broker) -> None:
    """A broker that the test can read, without what others have left in it."""
    published()


@pytest.fixture
def dead_broker(monkeypatch) -> None:
    """A Redis that nobody listens for."""
    monkeypatch.setitem(current_app.conf, "broker_url", "redis://127.0.0.1:9/0")


def published_ids() -> list[int]:
    """Ids published since the last call, oldest first."""
    messages = published()
    assert {name for name, _ in messages} <= {make_poster.name}
    return [arguments[0] for _, arguments in messages]


def published() -> list[tuple[str, list[int]]]:
    """Tasks and their arguments since the last call, oldest first."""
    found = []
    with current_app.connection_for_read() as connection:
        queue = connection.SimpleQueue(current_app.conf.task_default_queue)
        while queue.qsize():
            message = queue.get()
            found.append((message.headers["task"], message.payload[0]))
            message.ack()
        queue.close()
    return found
