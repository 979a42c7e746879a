"""Every sheet, lying down and standing up: its millimetres, all words, type that can be read from where it is read."""

from __future__ import annotations

import ctypes
import io
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from pypdf import PdfReader

from journeys.choices import Level
from reports.posters.layout import draw
from reports.posters.rendering import render_poster
from reports.preflight import check_poster, examine
from reports.sizes import POINTS_PER_MM, SIZES, larger_sheets
from tests.reports.poster_inputs import inputs_of, plan_of, short_of

MILLIMETRES = {
    "A4": (297, 210), "A3": (420, 297), "A2": (594, 420), "A1": (841, 594), "A0": (1189, 841),
    "Letter": (279, 216), "Tabloid": (432, 279),
}  # fmt: skip
FLOORS = {"A4": 9, "A3": 10, "A2": 16, "A1": 16, "A0": 16, "Letter": 9, "Tabloid": 10}
FAR, STAGE = 24, 56  # points, on A2 and larger
LARGE_AND_UPRIGHT = [
    *((size, 10, is_portrait) for size in MILLIMETRES for is_portrait in (False, True)),
    *((size, 3, is_portrait) for size in ("A4", "A2", "A0") for is_portrait in (False, True)),
    ("A3", 24, True),
    ("Tabloid", 24, True),
    ("A0", 24, False),
    ("A0", 24, True),
]


def letters_of(data: bytes) -> list[tuple[str, float]]:
    """Each letter with its type size in points, without spaces and hyphens."""
    page = pdfium.PdfDocument(data)[0]
    text, letters, matrix = page.get_textpage(), [], raw.FS_MATRIX()
    for i in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text.raw, i))
        raw.FPDFText_GetMatrix(text.raw, i, ctypes.byref(matrix))
        if not letter.isspace() and letter.isprintable() and letter not in "-\ufffe":
            letters.append((letter, raw.FPDFText_GetFontSize(text.raw, i) * abs(matrix.d)))
    return letters


def size_of(letters: list[tuple[str, float]], words: str) -> float:
    """The smallest type in which these words stand, at their largest place."""
    wanted = "".join(words.split()).replace("-", "")
    text = "".join(letter for letter, _ in letters)
    found, at = [], text.find(wanted)
    while at >= 0:
        found.append(min(points for _, points in letters[at : at + len(wanted)]))
        at = text.find(wanted, at + 1)
    return max(found)


@pytest.mark.parametrize(("size", "count", "is_portrait"), LARGE_AND_UPRIGHT)
def test_poster_has_its_millimetres_every_word_and_readable_type(size, count, is_portrait):
    plan = plan_of(count)

    data = render_poster(inputs_of(plan, size, is_portrait=is_portrait))

    (page,) = PdfReader(io.BytesIO(data)).pages
    sides = tuple(round(float(side) / POINTS_PER_MM) for side in page.mediabox[2:])
    assert sides == (MILLIMETRES[size][::-1] if is_portrait else MILLIMETRES[size])
    letters, is_large = letters_of(data), FLOORS[size] == 16
    assert min(points for _, points in letters) >= FLOORS[size] - 0.01
    for moment in plan.moments:
        assert size_of(letters, moment.title) >= (FAR if is_large else FLOORS[size]) - 0.01
        assert size_of(letters, moment.what_more) >= FLOORS[size] - 0.01
    for stage in plan.stages:
        assert size_of(letters, stage.title) >= (STAGE if is_large else FLOORS[size]) - 0.01
    for level in Level:
        assert size_of(letters, f"{level.value} {level.label}") >= (FAR if is_large else FLOORS[size]) - 0.01
    if is_large:
        assert size_of(letters, "7.1\u202fM") >= FAR - 0.01
        assert size_of(letters, "38\u00a0s") >= FAR - 0.01


@pytest.mark.parametrize(("size", "count", "is_portrait"), LARGE_AND_UPRIGHT)
def test_poster_leaves_ink_in_every_sixth_of_its_sheet(size, count, is_portrait):
    data = render_poster(inputs_of(count, size, is_portrait=is_portrait))

    page = pdfium.PdfDocument(data)[0]
    picture = page.render(scale=900 / max(page.get_size())).to_pil().convert("L")
    third, half = picture.width // 3, picture.height // 2
    boxes = [(x * third, y * half, (x + 1) * third, (y + 1) * half) for x in range(3) for y in range(2)]
    inked = [sum(picture.crop(box).histogram()[:200]) / (third * half) for box in boxes]
    assert min(inked) > 0.005
    assert max(inked) < 0.5


@pytest.mark.parametrize("is_portrait", [False, True])
def test_large_poster_embeds_every_font_it_names(is_portrait):
    reader = PdfReader(io.BytesIO(render_poster(inputs_of(10, "A1", is_portrait=is_portrait))))

    fonts = [font.get_object()["/DescendantFonts"][0] for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert len(fonts) == 4
    assert all("/FontFile2" in font.get_object()["/FontDescriptor"] for font in fonts)


def layout_of(count: int, size: str, **changes: Any) -> Any:
    return examine(inputs_of(count, size, **changes)).layout


def test_upright_poster_has_more_rows_with_fewer_columns():
    lying, upright = layout_of(10, "A3"), layout_of(10, "A3", is_portrait=True)

    assert [len(row.columns) for row in lying.rows] == [10]
    assert [len(row.columns) for row in upright.rows] == [6, 4]


def test_upright_rows_keep_to_eight_columns_until_only_twelve_fit():
    plan = short_of(24)

    assert [len(row.columns) for row in examine(inputs_of(plan, "A3", is_portrait=True)).layout.rows] == [8, 8, 8]


def test_few_moments_take_larger_type_on_a_larger_wall():
    sizes = [layout_of(3, size).type.far for size in ("A4", "A3", "A2", "A1", "A0")]

    assert sizes == sorted(sizes)
    assert sizes[-1] >= 40


@pytest.mark.parametrize(
    ("size", "count", "is_portrait", "offered"),
    [
        ("A4", 24, False, "A3"),
        ("A4", 24, True, "A3 portrait"),
        ("A2", 24, False, "A0"),
        ("Letter", 24, True, "Tabloid portrait"),
    ],
)
def test_preflight_offers_the_next_sheet_on_which_it_fits(size, count, is_portrait, offered):
    problems = check_poster(inputs_of(count, size, is_portrait=is_portrait))

    assert {problem.text.rsplit("hoose ", 1)[1] for problem in problems} == {f"{offered}."}
    upright = offered.endswith("portrait")
    assert check_poster(inputs_of(count, offered.split()[0], is_portrait=upright)) == []


def test_journey_too_long_for_the_largest_sheet_takes_several():
    found = examine(inputs_of(60, "A0"))

    assert found.problems == []
    assert [content.sheet for _layout, content in found.series] == [(1, 2), (2, 2)]


def test_larger_sheets_are_those_of_the_family_each_way():
    labels = [size.label for size in larger_sheets(SIZES["A1"].turned)]

    assert labels == ["A0 portrait", "A0"]
    assert [size.name for size in larger_sheets(SIZES["Letter"])[::2]] == ["Tabloid", "A2", "A1", "A0"]


def test_stage_that_goes_on_is_soft_on_large_sheets_without_a_long_word():
    found = examine(inputs_of(24, "A0"))

    stages = [text for text in draw(found.layout, found.content).texts if text.tag == "h2"]

    shown = [(" ".join(run.text for line in text.lines for run in line), text.style) for text in stages]
    assert shown[4:6] == [("Before 2", ""), ("Before 2", "soft")]
    assert [style for _, style in shown].count("soft") == 1


@pytest.mark.parametrize(("size", "side", "module"), [("A3", 28, 1), ("A1", 100, 1), ("A0", 100, 1), ("A4", 20, 0.7)])
@pytest.mark.parametrize("is_portrait", [False, True])
def test_code_is_large_enough_to_be_scanned_from_where_it_hangs(size, side, module, is_portrait):
    footer = layout_of(10, size, is_portrait=is_portrait).footer

    assert round(footer.qr_side / POINTS_PER_MM, 6) >= side
    assert round(footer.module / POINTS_PER_MM, 6) >= module
