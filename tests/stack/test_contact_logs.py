"""Contact logs with everything real: several files on two workers, and a long one over a connection that breaks."""

from __future__ import annotations

import json
import signal
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from benchmarks.interrupted_upload import BLOCK_BYTES, HEADER, PIECE, ROW_BYTES, Sender, running_web
from journeys.contact_uploads import keep_shape
from journeys.models import ContactCell, ContactImport, ContactPeople, ContactUpload, Journey
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from tests.journeys.contact_logs import HEADER as HEADER_NAMES
from tests.journeys.contact_logs import MAPPING, a_log
from tests.stack.conftest import wait_until

pytestmark = pytest.mark.stack
FILES, ROWS = 4, 20_000


@pytest.fixture
def journey(organisation, settings, data_folder) -> Journey:
    settings.CONTACT_LOG_DIR = data_folder / "contact-logs"  # where the worker looks
    with scope(organisation=organisation):
        return create_journey(organisation, JourneyPlan("A call", stages=(StagePlan("Call", (MomentPlan("Dials"),)),)))


def a_month(folder: Path, month: int) -> Path:
    rows = (
        f"c{number % 997},2024-{month:02}-{1 + number % 28:02} 10:{number % 60:02}:00,,Dials,Phone"
        for number in range(ROWS)
    )
    return a_log(folder, *rows, name=f"{month:02}.csv")


def stored() -> tuple[dict[str, int], int]:
    """Contacts by month, and customers of all."""
    with scopes_disabled():
        months = Counter[str]()
        for month, contacts in ContactCell.objects.values_list("month", "contacts"):
            months[month] += contacts
        hashes = [bytes(each.hashes) for each in ContactPeople.objects.filter(dimension="all")]
    return dict(months), len({each[place : place + 8] for each in hashes for place in range(0, len(each), 8)})


def ready() -> int:
    with scopes_disabled():
        return ContactImport.objects.filter(state="ready").count()


def test_many_files_are_counted_by_several_workers(journey, start, start_worker, start_sweeper, tmp_path):
    """One worker freezes and is killed over a file; the other counts the rest, and that one too, once."""
    logs = [a_month(tmp_path, month) for month in range(1, FILES + 1)]
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({**MAPPING.to_dict(), "end": ""}))
    first = start_worker()
    asked = start(
        *("-W", "ignore", "manage.py", "import_contacts", *map(str, logs)),
        *("--journey", str(journey.pk), "--map", str(mapping), "--no-wait"),
    )

    wait_until(lambda: first.says("claimed"), "the first worker to take a file")
    first.signal_all(signal.SIGSTOP)
    assert asked.popen.wait() == 0, asked.log.read_text()
    done = ready()
    second = start_worker()
    wait_until(lambda: second.says("claimed"), "the second worker to take another")
    first.signal_all(signal.SIGKILL)
    start_sweeper()
    wait_until(lambda: ready() == FILES, "all files to be counted")

    assert done < FILES
    assert stored() == ({f"2024-{month:02}": ROWS for month in range(1, FILES + 1)}, 997)
    assert list((tmp_path / "contact-logs").glob("*.log")) == []


def test_files_in_the_watched_folder_are_counted_by_several_workers(journey, start, start_worker, tmp_path):
    folder = tmp_path / "watched" / journey.organisation.slug / str(journey.pk)
    folder.mkdir(parents=True)
    mapping = replace(MAPPING, end="")
    with scope(organisation=journey.organisation):
        keep_shape(journey, "csv", HEADER_NAMES.split(","), mapping)
    for month in range(1, FILES + 1):
        a_month(folder, month)

    workers = [start_worker(), start_worker()]
    start("-W", "ignore", "manage.py", "sweep", CONTACT_LOG_FOLDER=str(tmp_path / "watched"))
    wait_until(lambda: ready() == FILES, "all files to be counted")

    assert stored() == ({f"2024-{month:02}": ROWS for month in range(1, FILES + 1)}, 997)
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert sum(worker.log.read_text().count(" claimed,") for worker in workers) == FILES


SIZE = len(HEADER) + 4 * BLOCK_BYTES * 16  # 64 MiB


def test_log_sent_over_a_broken_connection_is_counted_whole(
    journey, environment, start_worker, manager, settings, tmp_path
):
    settings.SECRET_KEY = environment["SECRET_KEY"]  # which sessions are signed with
    slug, client = journey.organisation.slug, Client()
    client.force_login(manager)
    broken: list[int] = []
    with running_web(environment) as web:

        def restart() -> None:
            broken.append(2)
            web.kill()
            web.start()

        places = [SIZE * share // 10 for share in (1, 3, 5, 7, 9)]
        cut = {place: lambda place=place: broken.append(place) for place in places} | {places[2]: restart}
        sender = Sender(web, client, SIZE)
        told = sender.send(reverse("contact_log_upload", args=[slug, journey.pk]), cut)
        status = sender.post(told["next"], {**MAPPING.to_dict(), "seconds_unit": "seconds", "repeated_rows": "count"})
    start_worker()
    wait_until(lambda: ready() == 1, "the file to be counted")

    assert (len(broken), status) == (5, 302)
    assert stored()[0] == {"2024-02": (SIZE - len(HEADER)) // ROW_BYTES}
    with scopes_disabled():
        assert ContactUpload.objects.count() == 0
    assert list((tmp_path / "contact-logs").glob("*.log")) == []
    assert sender.sent <= SIZE + 5 * PIECE
