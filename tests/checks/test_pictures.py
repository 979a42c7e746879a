"""The pictures in the documents: they exist, are those that the command draws, and are small."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image

from checks.pictures import BETWEEN, GAP, LONG_SIDE, picture_of
from checks.samples import FOLDER, SAMPLES
from launch import ROOT
from reports.posters.rendering import render_poster
from tests.reports.poster_inputs import inputs_of, short_of

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
BYTES_MAX = 250_000
DRAWN = [f"{sample.name}.png" for sample in SAMPLES]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_document_links_to_what_exists_and_describes_its_pictures(document):
    text = document.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)\)", text) if ":" not in link]

    assert [link for link in links if not (document.parent / link).exists()] == []
    assert [path for words, path in SHOWN.findall(text) if not words] == []


def test_samples_page_shows_what_the_command_draws_in_its_order():
    shown = [path for _, path in SHOWN.findall((ROOT / "docs" / "samples.md").read_text(encoding="utf-8"))]

    assert shown == [f"samples/{name}" for name in DRAWN]


def test_folder_holds_what_the_command_draws_and_nothing_else():
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(DRAWN)


@pytest.mark.parametrize("name", DRAWN)
def test_picture_is_small_and_has_a_palette(name):
    path = FOLDER / name

    with Image.open(path) as picture:
        kind, longest = (picture.format, picture.mode), max(picture.size)

    assert kind == ("PNG", "P")
    assert LONG_SIDE - 2 <= longest <= LONG_SIDE + 2
    assert path.stat().st_size < BYTES_MAX


def test_pages_lie_side_by_side_and_come_out_the_same_twice():
    pdf = render_poster(inputs_of(short_of(2), "A4", address=""))

    first, again = picture_of(pdf, ("", "moments of truth")), picture_of(pdf, ("", "moments of truth"))

    picture = Image.open(BytesIO(first)).convert("RGB")
    middle = picture.getpixel((picture.width // 2, picture.height // 2))
    page = (LONG_SIDE - GAP) / 2
    assert first == again
    assert abs(picture.height - page * 210 / 297) <= 2
    assert sum(abs(a - b) for a, b in zip(middle, BETWEEN, strict=True)) < 12


def test_page_that_is_not_there_is_named():
    pdf = render_poster(inputs_of(short_of(2), "A4", address=""))

    with pytest.raises(ValueError, match="no page says 'Group by group'"):
        picture_of(pdf, ("Group by group",))
