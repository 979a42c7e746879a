"""The broker made of files."""

from __future__ import annotations

import pytest
from kombu import Connection

import config.celery  # noqa: F401  # names the transport
from jobs.broker import Transport


@pytest.fixture
def folder(tmp_path):
    for name in ("queue", "control"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def connection(folder):
    options = {
        "data_folder_in": str(folder / "queue"),
        "data_folder_out": str(folder / "queue"),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.01,
    }
    with Connection("files://localhost/", transport_options=options) as connection:
        yield connection


# kombu remembers bindings for the life of the process, so each test names a queue of its own.


def test_broker_gives_messages_in_the_order_they_came(connection, folder):
    queue = connection.SimpleQueue("in_order")
    for number in range(12):
        queue.put({"number": number})

    got = [queue.get(timeout=5) for _ in range(12)]

    assert [message.payload["number"] for message in got] == list(range(12))
    assert list((folder / "queue").iterdir()) == []
    for message in got:
        message.ack()
    queue.close()


def test_broker_never_shows_half_a_message(connection, folder):
    (folder / "queue" / "00000000000000000001_abc.half.part").write_text('{"half":')
    queue = connection.SimpleQueue("half")

    with pytest.raises(queue.Empty):
        queue.get(block=False)
    queue.close()


def test_broker_gives_a_message_that_was_not_acknowledged_back(connection, folder):
    queue = connection.SimpleQueue("given_back")
    queue.put({"number": 1})
    queue.get(timeout=5).requeue()

    again = queue.get(timeout=5)

    assert again.payload == {"number": 1}
    again.ack()
    queue.close()


def test_broker_is_ours_by_name():
    with Connection("files://localhost/") as named:
        assert named.get_transport_cls() is Transport


def test_broker_whose_folder_is_gone_is_empty_and_makes_it_anew(connection, folder):
    queue = connection.SimpleQueue("gone")
    (folder / "queue").rmdir()

    with pytest.raises(queue.Empty):
        queue.get(block=False)
    queue.put({"number": 1})

    message = queue.get(timeout=5)
    assert message.payload == {"number": 1}
    message.ack()
    queue.close()
