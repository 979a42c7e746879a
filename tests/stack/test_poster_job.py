"""The poster job with everything real, and what kill -9, SIGSTOP and a dead broker do to it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from io import BytesIO
from typing import Any

import psutil
import pytest
from celery import current_app
from django.urls import reverse
from django_scopes import scope, scopes_disabled
from pypdf import PdfReader

from accounts.models import Organisation
from jobs.models import SweeperRun
from jobs.requests import request_job
from jobs.sweeper import sweep
from reports.models import Poster
from tests.poster_rows import INPUTS, journey_row, reread
from tests.stack.conftest import wait_until

pytestmark = pytest.mark.stack


@pytest.fixture
def ask(organisation, manager, artifact_dir) -> Callable[..., Poster]:
    def request(of: Organisation = organisation, **changes: Any) -> Poster:
        more = {"title": "A trip with us", "journey_version": 12, "size": "A4"}
        with scope(organisation=of):
            return request_job(Poster, of, manager, {**INPUTS, **changes}, "1", **more)

    return request


def wait_for_state(poster: Poster, state: str) -> Poster:
    wait_until(lambda: reread(poster).state == state, f"the poster to be {state}")
    return reread(poster)


def wait_until_drawing(poster: Poster) -> Poster:
    wait_until(lambda: reread(poster).progress_step == "page", "the child to draw")
    return reread(poster)


def files(artifact_dir) -> list[str]:
    return sorted(path.relative_to(artifact_dir).as_posix() for path in artifact_dir.rglob("*") if path.is_file())


def assert_ready_once(poster: Poster, artifact_dir) -> None:
    """One row, its own files alone, picture and poster, and the poster has its number on one page."""
    assert files(artifact_dir) == sorted([poster.artifact_name, poster.thumbnail_name])
    pages = PdfReader(BytesIO((artifact_dir / poster.artifact_name).read_bytes())).pages
    assert (len(pages), "50,000,000" in pages[0].extract_text()) == (1, True)
    with scopes_disabled():
        assert list(Poster.objects.values_list("state", flat=True)) == ["ready"]


def test_poster_becomes_ready(ask, start_worker, artifact_dir):
    start_worker()

    poster = wait_for_state(ask(), "ready")

    assert_ready_once(poster, artifact_dir)
    assert (poster.lost_leases, poster.error_count, poster.artifact_name) == (
        0, 0, f"posters/{poster.lease_token.hex}.pdf",
    )  # fmt: skip


def test_poster_survives_kill_9_of_its_worker(ask, start_worker, start_sweeper, artifact_dir):
    victim = start_worker(draw_seconds=30)
    poster = ask()
    killed = wait_until_drawing(poster)

    victim.signal_all(signal.SIGKILL)
    victim.popen.wait()
    orphaned = reread(poster)
    start_sweeper()
    start_worker()
    ready = wait_for_state(poster, "ready")

    assert (killed.state, orphaned.state, orphaned.lease_token) == ("running", "running", killed.lease_token)
    assert (ready.lost_leases, ready.error_count) == (1, 0)
    assert ready.lease_token != killed.lease_token
    assert_ready_once(ready, artifact_dir)


def test_poster_survives_kill_9_of_its_worker_alone(ask, start_worker, start_sweeper, artifact_dir):
    """The worker dies alone, as by the kernel's out-of-memory killer, and is started again; its child goes with it."""
    worker = start_worker(draw_seconds=30)
    poster = ask()
    killed = wait_until_drawing(poster)

    (render,) = children_of(worker.popen.pid)
    worker.popen.kill()
    worker.popen.wait()
    wait_until(lambda: not render.is_running(), "the render to be gone")
    start_sweeper()
    start_worker()
    ready = wait_for_state(poster, "ready")

    assert (killed.state, ready.lost_leases, ready.error_count) == ("running", 1, 0)
    assert_ready_once(ready, artifact_dir)


def test_poster_survives_a_worker_that_is_stuck(ask, start_worker, start_sweeper, artifact_dir):
    worker = start_worker(draw_seconds=30, stuck_seconds=1)
    poster = ask()

    code = worker.popen.wait()
    start_sweeper()
    start_worker()
    ready = wait_for_state(poster, "ready")

    assert code == -signal.SIGALRM
    assert (ready.lost_leases, ready.error_count) == (1, 0)
    assert_ready_once(ready, artifact_dir)


def children_of(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children()


def test_poster_is_retried_when_the_render_is_killed(ask, start_worker, artifact_dir):
    worker = start_worker(draw_seconds=30)
    poster = ask()
    wait_until_drawing(poster)

    (render,) = children_of(worker.popen.pid)
    render.kill()
    queued = wait_for_state(poster, "queued")

    assert (queued.error_count, queued.error_code, queued.lost_leases) == (1, "memory", 0)
    assert files(artifact_dir) == []


def test_worker_stopped_past_its_lease_publishes_nothing(ask, start_worker, artifact_dir):
    sleeper = start_worker(draw_seconds=1)
    poster = ask()
    stopped = wait_until_drawing(poster)

    sleeper.signal_all(signal.SIGSTOP)
    wait_until(lambda: sweep() or reread(poster).state != "running", "the lease to run out")
    taken_back = reread(poster)
    start_worker()
    ready = wait_for_state(poster, "ready")
    sleeper.signal_all(signal.SIGCONT)
    sleeper.popen.terminate()
    sleeper.popen.wait()

    assert (stopped.state, taken_back.state, taken_back.lost_leases) == ("running", "queued", 1)
    assert ready.lease_token != stopped.lease_token
    assert reread(poster).artifact_hash == ready.artifact_hash
    assert reread(poster).finished_at == ready.finished_at
    assert_ready_once(reread(poster), artifact_dir)


def test_poison_fails_after_three_attempts_and_its_neighbours_are_made(
    ask, start_worker, start_sweeper, tmp_path, artifact_dir
):
    attempts = tmp_path / "attempts"
    poison = ask(version=666, organisation="Poison")
    neighbours = [ask(version=version) for version in (1, 2, 3)]
    start_worker(POISON="Poison", ATTEMPTS=str(attempts), PAUSE_SECONDS="0.1")
    start_sweeper()

    failed = wait_for_state(poison, "failed")
    ready = [wait_for_state(poster, "ready") for poster in neighbours]

    assert attempts.read_text() == "666\n" * 3
    assert (failed.error_count, failed.lost_leases, failed.error_code) == (3, 0, "memory")
    assert failed.reference
    assert [(poster.error_count, poster.lost_leases) for poster in ready] == [(0, 0)] * 3
    names = [name for poster in ready for name in (poster.artifact_name, poster.thumbnail_name)]
    assert files(artifact_dir) == sorted(names)


def test_one_poster_is_made_before_anothers_hundred(ask, start_worker, other_organisation):
    many = [ask(version=version) for version in range(100)]
    one = ask(of=other_organisation)
    start_worker()

    made = wait_for_state(one, "ready")

    with scopes_disabled():
        before = Poster.objects.filter(pk__in=[poster.pk for poster in many], started_at__lt=made.started_at).count()
    assert before <= 1


def test_worker_told_to_end_finishes_what_it_is_at(ask, start_worker, artifact_dir):
    worker = start_worker(draw_seconds=2)
    poster = ask()
    wait_until_drawing(poster)

    worker.popen.terminate()
    code = worker.popen.wait()

    assert code == 0
    ready = reread(poster)
    assert (ready.state, ready.lost_leases, ready.error_count) == ("ready", 0, 0)
    assert_ready_once(ready, artifact_dir)


def test_cancel_kills_the_render_at_every_step(ask, start_worker, artifact_dir, client_of, manager, organisation):
    worker, client = start_worker(draw_seconds=60, SLEEPS_AT="step"), client_of(manager)
    cancelled = {}
    for version, step in enumerate(Poster.steps):
        poster = ask(version=version)
        wait_until(lambda poster=poster, step=step: reread(poster).progress_step == step, f"the step {step}")
        (render,) = children_of(worker.popen.pid)

        client.post(reverse("poster_cancel", args=[organisation.slug, poster.pk]))

        wait_until(lambda render=render: not render.is_running(), "the render to be gone")
        wait_until(lambda: files(artifact_dir) == [], "its draft to be gone")
        cancelled[step] = reread(poster).state

    assert cancelled == dict.fromkeys(("check", "curve", "page", "save"), "cancelled")


def test_request_survives_a_dead_broker(client_of, manager, organisation, monkeypatch, start_worker, artifact_dir):
    journey = journey_row(organisation)
    with monkeypatch.context() as dead:
        dead.setitem(current_app.conf, "broker_url", "redis://127.0.0.1:9/0")
        response = client_of(manager).post(reverse("poster_make", args=[organisation.slug, journey.pk]), {"size": "A4"})
        with scopes_disabled():
            poster = Poster.objects.get()

    assert (response.status_code, response.url) == (302, poster.get_absolute_url())
    assert (poster.state, poster.published_at) == ("queued", None)

    start_worker()
    sweep()

    assert_ready_once(wait_for_state(poster, "ready"), artifact_dir)


def test_sweeper_sweeps_again_and_ends_when_told(start_sweeper, transactional_db):
    sweeper = start_sweeper()
    first = wait_until(lambda: SweeperRun.objects.first(), "the first pass")
    wait_until(lambda: SweeperRun.objects.get().ran_at > first.ran_at, "another pass")

    sweeper.popen.terminate()

    assert sweeper.popen.wait() == 0
