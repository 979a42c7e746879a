"""One attempt with a real child: what it leaves behind in the row and on the disk."""

from __future__ import annotations

import faulthandler
import hashlib
import os
import signal
import socket
import threading
import time

import pytest
from django.conf import settings
from django.db import connection
from django_scopes import scopes_disabled

from jobs import limits, work
from jobs.problems import Refusal
from jobs.requests import cancel
from jobs.work import work_on
from reports.models import Poster
from tests.poster_rows import INPUTS, poster_row, reread


def files() -> list[str]:
    root = settings.ARTIFACT_DIR
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_work_leaves_a_file_and_a_ready_row(organisation):
    poster = poster_row(organisation)

    work_on(Poster, poster.pk, lambda inputs, report: f"made of {inputs['version']}".encode())

    row = reread(poster)
    assert (row.state, row.artifact_hash, row.artifact_bytes) == (
        "ready", hashlib.sha256(b"made of 12").hexdigest(), len(b"made of 12"),
    )  # fmt: skip
    assert files() == [row.artifact_name] == [f"posters/{row.lease_token.hex}.pdf"]
    assert (settings.ARTIFACT_DIR / row.artifact_name).read_bytes() == b"made of 12"


def test_work_twice_makes_one_file(organisation):
    poster = poster_row(organisation)

    for content in (b"first", b"second"):
        work_on(Poster, poster.pk, lambda inputs, report, content=content: content)

    assert len(files()) == 1
    assert (settings.ARTIFACT_DIR / reread(poster).artifact_name).read_bytes() == b"first"


def test_work_on_a_job_that_is_gone_does_nothing(db):
    work_on(Poster, 12345, lambda inputs, report: b"never")

    assert files() == []


def _raises(inputs, report):
    raise ValueError("a bug")


def _takes_too_much_memory(inputs, report):
    return bytes(4 * 1024**3)


def _writes_too_much(inputs, report):
    return bytes(limits.FILE_BYTES + 1)


def _dies(inputs, report):
    faulthandler.disable()
    os.kill(os.getpid(), signal.SIGSEGV)


def _aborts(inputs, report):
    faulthandler.disable()
    os.kill(os.getpid(), signal.SIGABRT)


def _queries(inputs, report):
    with scopes_disabled():
        return bytes(Poster.objects.count())


def _burns(inputs, report):
    while True:
        pass


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_raises, "crash"),
        (_takes_too_much_memory, "memory"),
        (_writes_too_much, "size"),
        (_dies, "crash"),
        (_aborts, "memory"),
        (_queries, "crash"),
        (_burns, "time"),
    ],
)
def test_work_counts_an_error_and_queues_again(organisation, monkeypatch, make, code):
    monkeypatch.setattr(Poster, "limits", limits.Limits(cpu_seconds=1))
    poster = poster_row(organisation)

    work_on(Poster, poster.pk, make)

    row = reread(poster)
    assert (row.state, row.error_count, row.error_code, row.lost_leases) == ("queued", 1, code, 0)
    assert files() == []


def test_child_reaches_nobody_over_the_network(organisation):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        poster = poster_row(organisation)

        def calls_home(inputs, report):
            with socket.create_connection(server.getsockname()) as line:
                line.sendall(b"hello")
            return b"made"

        work_on(Poster, poster.pk, calls_home)

        assert (reread(poster).error_code, files()) == ("crash", [])
        with pytest.raises(BlockingIOError):
            server.accept()


def test_work_ends_a_child_that_sleeps_too_long(organisation, monkeypatch):
    monkeypatch.setattr(work, "WALL_SECONDS", 0.2)
    poster = poster_row(organisation)

    work_on(Poster, poster.pk, lambda inputs, report: time.sleep(60))

    assert (reread(poster).error_code, files()) == ("time", [])


def test_work_fails_at_once_on_a_refusal(organisation):
    poster = poster_row(organisation)

    def refuse(inputs, report):
        raise Refusal("25 moments do not fit on A4.")

    work_on(Poster, poster.pk, refuse)

    row = reread(poster)
    assert (row.state, row.error_message) == ("failed", "25 moments do not fit on A4.")


def test_work_passes_steps_on(organisation, tmp_path):
    poster = poster_row(organisation)
    seen = tmp_path / "seen"

    def step_and_crash(inputs, report):
        report("draw", 20)
        seen.touch()
        raise ValueError("stops here, so that the row keeps the step")

    work_on(Poster, poster.pk, step_and_crash)

    row = reread(poster)
    assert (seen.exists(), row.progress_step, row.progress_percent) == (True, "draw", 20)


def test_work_tells_a_step_that_follows_another_at_once(organisation, monkeypatch, tmp_path):
    told, keep = tmp_path / "told", work.keep
    monkeypatch.setattr(work, "LOOK_SECONDS", 60)
    monkeypatch.setattr(work, "keep", lambda lease, **progress: told.touch() or keep(lease, **progress))

    def step_twice_and_wait(inputs, report):
        report("check", 1)
        report("curve", 2)
        until = time.monotonic() + settings.JOB_HEARTBEAT_SECONDS / 2
        while not told.exists() and time.monotonic() < until:
            time.sleep(0.02)
        return b"told" if told.exists() else b"never told"

    poster = poster_row(organisation)
    work_on(Poster, poster.pk, step_twice_and_wait)

    assert (settings.ARTIFACT_DIR / reread(poster).artifact_name).read_bytes() == b"told"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", [cancel, lambda poster: poster.delete()])
def test_work_stops_the_child_of_a_job_that_is_cancelled_or_deleted(organisation, monkeypatch, tmp_path, end):
    monkeypatch.setattr(work, "LOOK_SECONDS", 0.05)
    poster, pid_file = poster_row(organisation), tmp_path / "pid"

    def sleep(inputs, report):
        pid_file.with_suffix(".part").write_text(str(os.getpid()))
        pid_file.with_suffix(".part").rename(pid_file)
        time.sleep(60)

    def end_it() -> None:
        while not pid_file.exists():
            time.sleep(0.01)
        with scopes_disabled():
            end(reread(poster))
        connection.close()

    ender = threading.Thread(target=end_it)
    ender.start()
    work_on(Poster, poster.pk, sleep)
    ender.join()

    with scopes_disabled():
        assert list(Poster.objects.values_list("state", flat=True)) in ([], ["cancelled"])
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid_file.read_text()), 0)
    assert files() == []


def test_work_whose_lease_is_lost_at_the_end_removes_its_own_file(organisation, monkeypatch):
    poster = poster_row(organisation)
    winner = "posters/winner.pdf"
    promote = work.artifacts.promote

    def lose_the_lease_while_renaming(*args):
        artifact = promote(*args)
        assert files() == [artifact.name]
        Poster.objects.with_scopes_disabled().filter(pk=poster.pk).update(state="ready", artifact_name=winner)
        return artifact

    monkeypatch.setattr(work.artifacts, "promote", lose_the_lease_while_renaming)
    work_on(Poster, poster.pk, lambda inputs, report: b"late")

    assert (reread(poster).artifact_name, files()) == (winner, [])


def test_limits_leave_room_above_what_the_worker_maps():
    assert limits.memory_bytes() >= limits.MEMORY_BYTES
    assert limits.memory_bytes() >= limits._mapped_bytes() + limits.HEADROOM_BYTES


def test_rows_carry_the_inputs_they_were_asked_with(organisation):
    poster = poster_row(organisation)

    assert reread(poster).inputs == INPUTS
