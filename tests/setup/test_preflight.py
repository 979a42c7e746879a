import os
import socket

import pytest

from launch import SetupError
from launch.preflight import check_folder, check_port, free_port, hold_folder


def test_free_port_passes():
    check_port("127.0.0.1", free_port())


def test_busy_port_is_named_with_a_free_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(SetupError, match=rf"^Port {port} on 127.0.0.1 is in use .* bin/run --port \d+$"):
            check_port("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "words"), [("192.0.2.1", "is no address of this machine"), ("no such host", "is no address that")]
)
def test_host_of_another_machine_is_named(host, words):
    with pytest.raises(SetupError, match=words):
        check_port(host, 8000)


def test_folder_is_made(tmp_path):
    check_folder(tmp_path / "a" / "b")

    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_folder_below_a_file_is_refused(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(SetupError, match=r"can't be written to \(Not a directory\).* --data DIR$"):
        check_folder(tmp_path / "file" / "data")


def test_folder_is_held_by_one_start_at_a_time(tmp_path):
    again = hold_folder(tmp_path)

    with hold_folder(tmp_path), pytest.raises(SetupError, match=rf"Already running .*\(process {os.getpid()}\)"):
        again.__enter__()


def test_folder_is_free_again_after_the_start_has_ended(tmp_path):
    with hold_folder(tmp_path):
        pass

    with hold_folder(tmp_path):
        assert (tmp_path / "run.lock").read_text() == str(os.getpid())
