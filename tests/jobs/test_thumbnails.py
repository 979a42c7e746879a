"""A picture of the first page beside each file that has one, fenced like the file itself."""

from __future__ import annotations

import os
import signal
import time
from io import BytesIO

import pytest
from django.conf import settings
from django_scopes import scopes_disabled
from PIL import Image

from jobs import work
from jobs.page_picture import UnreadablePdf, picture_of
from jobs.sweeper import delete_orphans
from jobs.work import work_on
from reports.models import Poster
from tests.plain_pdf import plain_pdf
from tests.poster_rows import poster_row, reread

RED, WHITE = (255, 0, 0), (255, 255, 255)


def files() -> list[str]:
    root = settings.ARTIFACT_DIR
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def corners_of(picture: bytes) -> tuple[tuple[int, int], list[tuple[int, int, int]]]:
    """Size, and the colours of the upper left and the lower right corner."""
    image = Image.open(BytesIO(picture))
    assert (image.format, image.mode) == ("PNG", "P")
    pixels = image.convert("RGB")
    return pixels.size, [pixels.getpixel((2, 2)), pixels.getpixel((pixels.width - 3, pixels.height - 3))]


def test_picture_shows_the_first_page_on_white():
    picture = picture_of(plain_pdf(), width=480)

    assert corners_of(picture) == ((480, 240), [RED, WHITE])
    assert picture == picture_of(plain_pdf(), width=480)


def test_picture_of_a_long_page_is_its_upper_part():
    assert corners_of(picture_of(plain_pdf(100, 1000), width=100))[0] == (100, 200)


@pytest.mark.parametrize(
    "file", [b"", b"no pdf", plain_pdf()[:40], plain_pdf().replace(b"[4 0 R]/Count 1", b"[]/Count 0")]
)
def test_picture_of_no_pdf_is_none(file):
    with pytest.raises(UnreadablePdf):
        picture_of(file)


def test_picture_of_the_last_page():
    pages = plain_pdf(pages=3)

    assert [corners_of(picture_of(pages, width=100, page=page))[0] for page in (0, 1, -1)] == [
        (100, 50), (100, 100), (100, 150),
    ]  # fmt: skip


def test_thumbnail_of_a_split_poster_is_its_last_sheet():
    assert (Poster.thumbnail_page({"tiles": ""}), Poster.thumbnail_page({"tiles": "A4"})) == (0, -1)


def test_work_leaves_the_thumbnail_beside_the_file(organisation):
    poster = poster_row(organisation)

    work_on(Poster, poster.pk, lambda inputs, report: plain_pdf())

    row = reread(poster)
    token = row.lease_token.hex
    assert (row.state, row.artifact_name, row.thumbnail_name) == (
        "ready",
        f"posters/{token}.pdf",
        f"posters/{token}.png",
    )
    assert files() == sorted(row.file_names)
    assert corners_of((settings.ARTIFACT_DIR / row.thumbnail_name).read_bytes())[0] == (480, 240)


def test_file_of_which_no_picture_can_be_made_is_ready_all_the_same(organisation):
    poster = poster_row(organisation)

    work_on(Poster, poster.pk, lambda inputs, report: b"%PDF-1.7 of which nothing can be read")

    row = reread(poster)
    assert (row.state, row.thumbnail_name, files()) == ("ready", "", [row.artifact_name])


def _dies(draft, page):
    os.kill(os.getpid(), signal.SIGKILL)


def _sleeps(draft, page):
    time.sleep(60)


@pytest.mark.parametrize("accident", [_dies, _sleeps])
def test_file_is_ready_whatever_becomes_of_its_picture(organisation, monkeypatch, accident):
    monkeypatch.setattr(work, "picture_of_page", accident)
    monkeypatch.setattr(work, "WALL_SECONDS", 1)
    poster = poster_row(organisation)

    work_on(Poster, poster.pk, lambda inputs, report: plain_pdf())

    row = reread(poster)
    assert (row.state, row.thumbnail_name, files()) == ("ready", "", [row.artifact_name])


def test_work_whose_lease_is_lost_removes_both_its_files(organisation, monkeypatch):
    poster = poster_row(organisation)
    promote = work.artifacts.promote

    def lose_the_lease_while_renaming(*args):
        Poster.objects.with_scopes_disabled().filter(pk=poster.pk).update(state="cancelled")
        return promote(*args)

    monkeypatch.setattr(work.artifacts, "promote", lose_the_lease_while_renaming)
    work_on(Poster, poster.pk, lambda inputs, report: plain_pdf())

    assert (reread(poster).thumbnail_name, files()) == ("", [])


def test_sweeper_leaves_thumbnails_that_a_row_names_and_deletes_others(organisation):
    poster = poster_row(organisation)
    work_on(Poster, poster.pk, lambda inputs, report: plain_pdf())
    kept = reread(poster).file_names
    (settings.ARTIFACT_DIR / "posters" / "orphan.png").write_bytes(b"of a killed worker")
    for path in settings.ARTIFACT_DIR.rglob("*"):
        os.utime(path, (time.time() - 7200,) * 2)

    with scopes_disabled():
        assert delete_orphans() == 1

    assert files() == sorted(kept)
