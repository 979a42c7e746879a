"""The poster's file: its sheet, its text, its fonts, and what a screen reader gets."""

from __future__ import annotations

import io
import re
import zlib
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from reports.posters.rendering import render_poster, warm_up
from reports.sizes import POINTS_PER_MM
from tests.reports.poster_inputs import inputs_of, plan_of

PAGES = [
    ("A3", 3),
    ("A3", 5),
    ("A3", 10),
    ("A3", 12),
    ("A3", 13),
    ("A3", 24),
    ("A4", 3),
    ("A4", 5),
    ("A4", 10),
    ("A4", 12),
]


def reader_of(**changes: Any) -> PdfReader:
    return PdfReader(io.BytesIO(render_poster(inputs_of(**changes))))


def words_of(reader: PdfReader) -> str:
    """The page's text with every break as one space."""
    return " ".join(reader.pages[0].extract_text().split())


@pytest.mark.parametrize(("size", "count"), PAGES)
def test_poster_is_one_sheet_with_every_word(size, count):
    plan = plan_of(count)

    reader = reader_of(plan=plan, size=size)

    box, words = reader.pages[0].mediabox, words_of(reader)
    sheet = {"A3": (420, 297), "A4": (297, 210)}[size]
    assert (round(float(box.width) / POINTS_PER_MM), round(float(box.height) / POINTS_PER_MM)) == sheet
    assert len(reader.pages) == 1
    for moment in plan.moments:
        assert moment.title in words.replace("- ", "") or moment.title in words
        assert moment.what_more in words
    for stage in plan.stages:
        assert stage.title in words


def test_poster_says_the_headline_and_its_sentence():
    words = words_of(reader_of())

    assert "50,000,000 moments of truth a year" in words
    assert (
        "10,000,000 customers meet us 5 times each, for 15 seconds. Those 75 seconds are all they ever see of us."
        in words
    )


def test_poster_says_whose_it_is_and_whose_estimate_and_when():
    words = words_of(reader_of())

    for said in (
        "Northern Air",
        "A trip with us",
        "1 Jul 2026, version 4",
        "Levels are our own estimate",
        "Ron Kaufman",
    ):
        assert said in words
    assert "https://moments.example/northern-air/journeys/12/" in words


def test_poster_without_address_has_no_code():
    reader = reader_of(address="")

    assert "Scan" not in words_of(reader)
    assert "QR" not in _alternatives(reader)[0]


def _embedded(font: Any) -> set[str]:
    descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    return {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_poster_embeds_every_font_it_names():
    fonts = [font.get_object() for font in reader_of().pages[0]["/Resources"]["/Font"].values()]

    names = sorted(font["/BaseFont"].split("+")[1].removesuffix("-Semi-Expanded") for font in fonts)
    assert names == ["Archivo-Bold", "Archivo-Ultra-Bold", "Inter", "Inter-Bold"]
    assert [_embedded(font) for font in fonts] == [{"/FontFile2"}] * 4


def _elements(node: Any) -> list[Any]:
    """Structure elements of a tag tree in reading order."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, list):
        return [element for child in node for element in _elements(child)]
    if not isinstance(node, dict) or "/S" not in node:
        return []
    return [node, *_elements(node.get("/K", []))]


def _tree(reader: PdfReader) -> list[Any]:
    return _elements(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])


def _alternatives(reader: PdfReader) -> list[str]:
    return [str(element["/Alt"]) for element in _tree(reader) if "/Alt" in element]


def test_poster_is_tagged_with_language_title_and_conformance():
    reader = reader_of()

    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (
        "en",
        True,
        True,
    )
    assert (reader.metadata.title, reader.metadata.author) == ("A trip with us, Northern Air", "Northern Air")
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()


def test_poster_reads_headline_first_then_stages_each_with_its_moments():
    headings = [element["/S"] for element in _tree(reader_of()) if element["/S"] in ("/H1", "/H2", "/H3", "/Figure")]

    assert headings == [
        "/H1",
        "/Figure",
        "/H2",
        *["/H3"] * 3,
        "/H2",
        *["/H3"] * 3,
        "/H2",
        *["/H3"] * 2,
        "/H2",
        *["/H3"] * 2,
    ]


def test_poster_tells_the_curve_in_words():
    (told,) = _alternatives(reader_of(plan=plan_of(5)))

    assert told == (
        "The curve of levels, our own estimate, moment by moment: "
        "Searches a fare: 3 Expected; Books by phone: 2 Basic; "
        "Gets the confirmation: 3 Expected; Drops the bag: 4 Desired; Waits at the gate: 2 Basic, make-or-break. "
        "The QR code leads to https://moments.example/northern-air/journeys/12/."
    )


def test_poster_of_the_same_inputs_is_the_same_file():
    first, second, later = render_poster(inputs_of()), render_poster(inputs_of()), render_poster(inputs_of(version=5))

    assert first == second
    assert first != later


def test_poster_is_packed_by_us_alone_and_each_stream_once(monkeypatch):
    packed, compress = [], zlib.compress

    def note(content: bytes, level: int = -1) -> bytes:
        packed.append(content)
        return compress(content, level)

    monkeypatch.setattr(zlib, "compressobj", None)  # the engine's own way, which is slower
    monkeypatch.setattr(zlib, "compress", note)

    reader = reader_of()

    streams = re.findall(rb"/Type ?/(ObjStm|XRef)", reader.stream.getvalue())
    assert sorted(streams) == [b"ObjStm", b"XRef"]
    assert len(packed) == len(set(packed)) > 3


def test_poster_is_dated_by_its_inputs():
    reader = reader_of(made_on="2020-02-29")

    assert [str(reader.metadata[key]) for key in ("/CreationDate", "/ModDate")] == ["D:20200229", "D:20200229"]


def test_posters_of_two_forked_processes_are_those_of_one():
    warm_up()
    wanted = [inputs_of(3), inputs_of(10)]

    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        made = list(pool.map(render_poster, wanted * 2))

    assert made == [render_poster(inputs) for inputs in wanted] * 2


def test_poster_tells_its_progress_to_the_end():
    told: list[int] = []

    render_poster(inputs_of(3), lambda percent, step: told.append(percent))

    assert told == [5, 20, 40, 100]
