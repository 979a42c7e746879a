"""The watched folder: a file that no longer grows is taken, counted where its columns are known, else kept waiting."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeys.contact_watching import watch_folder
from journeys.models import ContactImport, ContactUpload, Journey
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from tests.journeys.contact_imports import imported
from tests.journeys.contact_logs import a_log

ROW, OTHER_ROW = (f"anna,2024-02-0{day} 10:00:00,2024-02-0{day} 10:01:00,Dials,Phone" for day in (1, 2))


@pytest.fixture
def journey(in_scope) -> Journey:
    return create_journey(in_scope, JourneyPlan("A call", stages=(StagePlan("Call", (MomentPlan("Dials"),)),)))


@pytest.fixture
def folder(journey, settings, tmp_path) -> Path:
    """Where files for the journey are put."""
    settings.CONTACT_LOG_FOLDER = str(tmp_path / "watched")
    own = tmp_path / "watched" / "northern-air" / str(journey.pk)
    own.mkdir(parents=True)
    return own


def names_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_file_is_taken_once_it_no_longer_grows(folder):
    log = a_log(folder, ROW)
    looks = [watch_folder()]
    log.write_text(log.read_text() + OTHER_ROW + "\n")
    looks.append(watch_folder())

    looks.append(watch_folder())

    assert (looks, names_in(folder)) == ([0, 0, 1], [])
    assert [(upload.file_name, upload.is_whole) for upload in ContactUpload.objects.all()] == [("log.csv", True)]


def test_file_whose_columns_are_known_is_counted(journey, folder, tmp_path):
    imported(journey, a_log(tmp_path, ROW))
    a_log(folder, OTHER_ROW, name="next.csv")

    watch_folder()
    watch_folder()

    newest = ContactImport.objects.first()
    assert (newest.file_name, newest.state, ContactUpload.objects.count()) == ("next.csv", "queued", 0)


def test_file_that_was_imported_before_goes_without_counting(journey, folder, tmp_path):
    imported(journey, a_log(tmp_path, ROW))
    a_log(folder, ROW)

    watch_folder()
    watch_folder()

    assert (names_in(folder), ContactImport.objects.count(), ContactUpload.objects.count()) == ([], 1, 0)


def test_file_that_can_not_be_read_is_put_aside(folder):
    (folder / "broken.csv.gz").write_bytes(b"\x1f\x8bnothing")

    watch_folder()
    watch_folder()

    assert names_in(folder) == ["refused/broken.csv.gz"]


def test_file_for_no_journey_stays_where_it_is(folder):
    strange = folder.parent / "987654"
    strange.mkdir()
    a_log(strange, ROW)

    looks = [watch_folder(), watch_folder(), watch_folder()]

    assert (looks, names_in(strange)) == ([0, 0, 0], ["log.csv"])


def test_nothing_is_watched_without_a_folder(settings):
    settings.CONTACT_LOG_FOLDER = ""

    assert watch_folder() == 0
