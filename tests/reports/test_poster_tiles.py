"""A poster split on sheets: the parts' geometry, what each sheet shows, and that glued together it is the poster."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise, product

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from reports.posters.rendering import render_poster
from reports.posters.tiles import FOOT, MARKS, OVERLAP, PRINTER_MARGIN, Tiling, may_split, tiling_of
from reports.sizes import SIZES, TILE_SHEETS
from tests.reports.poster_inputs import inputs_of, plan_of

PIXELS_PER_MM = 6
SPLITS = [
    (size.turned if is_portrait else size, sheet)
    for size, sheet, is_portrait in product(SIZES.values(), TILE_SHEETS, (False, True))
    if may_split(size.name, sheet)
]


@pytest.mark.parametrize(("poster", "sheet"), SPLITS)
def test_parts_cover_the_poster_and_overlap_by_ten_millimetres(poster, sheet):
    tiling = tiling_of(poster, sheet)

    columns = [part.left for part in tiling.parts[: tiling.columns]]
    rows = [part.top for part in tiling.parts[:: tiling.columns]]
    assert [(part.row, part.column) for part in tiling.parts] == [
        (row, column) for row in range(tiling.rows) for column in range(tiling.columns)
    ]
    for starts, length, whole in ((columns, tiling.width, poster.width_mm), (rows, tiling.height, poster.height_mm)):
        overlaps = [start + length - following for start, following in pairwise(starts)]
        assert starts[0] == 0
        assert overlaps == pytest.approx([OVERLAP] * len(overlaps))
        assert starts[-1] + length == pytest.approx(whole)


@pytest.mark.parametrize(("poster", "sheet"), SPLITS)
def test_part_and_marks_keep_off_the_printers_margin_and_the_foot(poster, sheet):
    tiling = tiling_of(poster, sheet)

    reach = PRINTER_MARGIN + MARKS - 1e-9
    assert (tiling.left >= reach, tiling.top >= reach) == (True, True)
    assert tiling.left + tiling.width <= tiling.sheet.width_mm - reach
    assert tiling.top + tiling.height + MARKS <= tiling.foot + 1e-9
    assert tiling.foot + FOOT == pytest.approx(tiling.sheet.height_mm - PRINTER_MARGIN)


@pytest.mark.parametrize(
    ("size", "sheet", "is_portrait", "rows", "columns", "lies"),
    [
        ("A3", "A4", False, 2, 2, "landscape"),
        ("A3", "A4", True, 2, 2, "portrait"),
        ("A2", "A3", False, 2, 2, "landscape"),
        ("Tabloid", "Letter", False, 2, 2, "landscape"),
    ],
)
def test_split_takes_few_sheets(size, sheet, is_portrait, rows, columns, lies):
    poster = SIZES[size].turned if is_portrait else SIZES[size]

    tiling = tiling_of(poster, sheet)

    assert (tiling.rows, tiling.columns, tiling.sheet.is_portrait) == (rows, columns, lies == "portrait")


def test_split_is_for_posters_larger_than_their_sheets():
    pairs = {(size, sheet): may_split(size, sheet) for size in ("A4", "A3", "Letter", "A2") for sheet in TILE_SHEETS}

    assert [pair for pair, may in pairs.items() if may] == [
        ("A3", "A4"), ("A3", "Letter"), ("A2", "A4"), ("A2", "A3"), ("A2", "Letter"),
    ]  # fmt: skip


def test_sheet_of_another_size_is_refused():
    with pytest.raises(KeyError):
        tiling_of(SIZES["A1"], "A5")


@pytest.fixture(scope="module")
def split() -> tuple[Tiling, bytes]:
    """An A3 poster on A4 sheets."""
    return tiling_of(SIZES["A3"], "A4"), render_poster(inputs_of(10, tiles="A4"))


def picture_of(data: bytes, page: int) -> Image.Image:
    return pdfium.PdfDocument(data)[page].render(scale=PIXELS_PER_MM * 25.4 / 72).to_pil().convert("L")


def pixels(*millimetres: float) -> tuple[int, ...]:
    return tuple(round(value * PIXELS_PER_MM) for value in millimetres)


def test_sheets_are_of_their_size_and_one_more_shows_how(split):
    tiling, data = split

    pages = PdfReader(io.BytesIO(data)).pages

    sides = {tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) for page in pages}
    assert sides == {(297, 210)}
    assert len(pages) == len(tiling.parts) + 1 == 5


def test_parts_glued_together_are_the_poster(split):
    tiling, data = split
    whole = picture_of(render_poster(inputs_of(10)), 0)
    glued = Image.new("L", whole.size, 0)

    for i, part in enumerate(tiling.parts):
        left, top, wide, tall = tiling.left, tiling.top, tiling.width, tiling.height
        cut = picture_of(data, i).crop(pixels(left, top, left + wide, top + tall))
        glued.paste(cut, pixels(part.left, part.top))

    softened = [picture.reduce(6) for picture in (whole, glued)]  # half a pixel of shift is none on paper
    different = ImageChops.difference(*softened).histogram()
    assert sum(different[64:]) / sum(different) < 0.005


def test_sheet_says_title_place_date_and_how_to_print(split):
    tiling, data = split

    texts = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]

    for text, part, number in zip(texts, tiling.parts, range(1, 5), strict=False):
        for said in (
            f"A3, row {part.row + 1}, column {part.column + 1}: sheet {number} of 4",
            "A trip with us",
            "1 Jul 2026, version 4",
            "100 mm. If it measures otherwise, print at 100 %, without “fit to page”.",
        ):
            assert said in text
    for said in ("How to put the poster together", "Print at 100 %", "the poster is 420 × 297 mm", "10 mm"):
        assert said in texts[-1]


def test_ruler_is_a_hundred_millimetres_long_on_every_sheet(split):
    tiling, data = split

    for i in range(5):
        strip = picture_of(data, i).crop(pixels(0, tiling.foot - 0.4, tiling.sheet.width_mm, tiling.foot + 0.4))
        dark = [x for x in range(strip.width) if strip.crop((x, 0, x + 1, strip.height)).getextrema()[0] < 150]
        end = next(a for a, b in pairwise([*dark, 10**6]) if b > a + 1)
        assert (end - dark[0]) / PIXELS_PER_MM == pytest.approx(100, abs=0.4)


def test_cut_marks_stand_outside_each_corner(split):
    tiling, data = split
    left, top = tiling.left, tiling.top
    right, bottom = left + tiling.width, top + tiling.height

    for i in range(4):
        picture = picture_of(data, i)
        for x, y in product((left, right), (top, bottom)):
            away_x, away_y = (-2.5 if x == left else 2.5), (-2.5 if y == top else 2.5)
            for spot in ((x + away_x, y), (x, y + away_y)):
                around = picture.crop(pixels(spot[0] - 0.4, spot[1] - 0.4, spot[0] + 0.4, spot[1] + 0.4))
                assert around.getextrema()[0] < 160


def test_dashed_marks_tell_where_the_next_sheet_begins(split):
    tiling, data = split
    x, y = tiling.left + tiling.width - OVERLAP, tiling.top - MARKS

    marked = [picture_of(data, i).crop(pixels(x - 0.4, y, x + 0.4, y + 3.2)).getextrema()[0] < 160 for i in range(4)]

    assert marked == [True, False, True, False]  # the last sheet of a row has none to its right


def test_poster_stands_in_the_file_once_with_its_fonts(split):
    _tiling, data = split
    reader = PdfReader(io.BytesIO(data))

    forms = {page["/Resources"]["/XObject"].raw_get("/Poster").idnum for page in reader.pages}
    objects = [reader.get_object(IndirectObject(i, 0, reader)) for i in range(1, int(reader.trailer["/Size"]))]
    fonts = [str(one["/FontName"]) for one in objects if isinstance(one, DictionaryObject) and "/FontFile2" in one]
    assert len(forms) == 1
    assert len(fonts) == len(set(fonts)) == 4
    assert len(data) < 1.5 * len(render_poster(inputs_of(10)))


def test_split_poster_claims_no_tags_and_has_no_picture_of_pixels(split):
    reader = PdfReader(io.BytesIO(split[1]))

    assert "/StructTreeRoot" not in reader.trailer["/Root"]
    assert "/Outlines" not in reader.trailer["/Root"]
    assert [len(page.images) for page in reader.pages] == [0] * 5
    assert reader.metadata.title == "A trip with us, Northern Air"


def test_split_poster_of_the_same_inputs_is_the_same_file():
    inputs = inputs_of(3, tiles="Letter", is_portrait=True, is_grey=True)

    assert render_poster(inputs) == render_poster(inputs) != render_poster(inputs_of(3, tiles="A4", is_portrait=True))


def test_title_too_long_for_a_sheets_foot_is_shortened_there():
    plan = replace(plan_of(3), title="A journey whose title goes on and on " * 4)

    reader = PdfReader(io.BytesIO(render_poster(inputs_of(plan, tiles="A4"))))

    assert "…" in reader.pages[0].extract_text()
