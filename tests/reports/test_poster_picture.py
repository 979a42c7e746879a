"""What one sees: rendered pictures and the places of letters on the page."""

from __future__ import annotations

import ctypes
import re
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from reports.posters.footer import TOP
from reports.posters.ink import colours
from reports.posters.layout import draw
from reports.posters.page import width_of_line
from reports.posters.rendering import render_poster
from reports.preflight import examine
from reports.shapes import qr_modules
from reports.sizes import POINTS_PER_MM, SIZES, sheet_of
from tests.reports.poster_inputs import inputs_of, plan_of, short_of, with_moment
from tests.reports.test_poster_file import PAGES
from tests.reports.test_poster_sizes import LARGE_AND_UPRIGHT

SCALE = 2  # pixels a point
ROUNDING = 1.5  # points by which round letters of an A3 headline stand out of their line's box


def picture_of(inputs):
    return pdfium.PdfDocument(render_poster(inputs))[0].render(scale=SCALE).to_pil().convert("RGB")


def rgb(name: str) -> tuple[int, int, int]:
    return tuple(bytes.fromhex(colours()[name][1:]))


def lightness(colour: tuple[int, int, int]) -> float:
    """Of a grey print, 0 black to 255 white."""
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]


def letters_of(data: bytes) -> list[tuple[str, float, tuple[float, float, float, float]]]:
    """Each visible letter with its type size and its box (left, bottom, right, top), in points."""
    text = pdfium.PdfDocument(data)[0].get_textpage()
    letters, matrix = [], raw.FS_MATRIX()
    for i in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text.raw, i))
        if letter.isspace() or raw.FPDFText_IsGenerated(text.raw, i):
            continue
        raw.FPDFText_GetMatrix(text.raw, i, ctypes.byref(matrix))
        letters.append((letter, raw.FPDFText_GetFontSize(text.raw, i) * abs(matrix.d), text.get_charbox(i)))
    return letters


@pytest.mark.parametrize(
    ("size", "plan", "is_portrait"),
    [
        *((size, plan_of(count), False) for size, count in PAGES),
        ("A4", short_of(21), False),
        *((size, plan_of(count), is_portrait) for size, count, is_portrait in LARGE_AND_UPRIGHT),
    ],
)
def test_letters_keep_to_margins_columns_and_the_floor(size, plan, is_portrait):
    inputs = inputs_of(plan, size, address="", is_portrait=is_portrait)
    sheet = sheet_of(inputs)
    found = examine(inputs)

    letters = letters_of(render_poster(inputs))

    boxes, rounding = [box for *_, box in letters], ROUNDING * max(1, sheet.short_mm / SIZES["A3"].short_mm)
    assert min(points for _, points, _ in letters) >= sheet.floor_pt - 0.01
    assert min(box[0] for box in boxes) >= sheet.margin - rounding
    assert max(box[2] for box in boxes) <= sheet.width - sheet.margin + rounding
    assert min(box[1] for box in boxes) >= sheet.margin - rounding
    assert max(box[3] for box in boxes) <= sheet.height - sheet.margin + rounding
    for row, top, bottom in words_under_ladders(found.layout, draw(found.layout, found.content)):
        edges = [sheet.margin + row.label_width + i * row.column_width for i in range(len(row.columns) + 1)]
        inside = [box for box in boxes if sheet.height - box[3] > top and sheet.height - box[1] < bottom]
        assert inside
        assert [box for box in inside for edge in edges if box[0] < edge < box[2]] == []


def words_under_ladders(layout, page):
    """Each row with the heights, from the sheet's top, between which its moments' words stand."""
    tops = sorted({text.y for text in page.texts if text.tag == "h3"})
    stages = sorted({text.y for text in page.texts if text.tag == "h2"})
    footer = layout.size.height - layout.size.margin - layout.footer.height
    return list(zip(layout.rows, tops, [*stages[1:], footer], strict=True))


@pytest.mark.parametrize(
    ("size", "count", "is_portrait"),
    [("A3", 3, False), ("A3", 13, False), ("A3", 24, False), ("A4", 3, False), ("A4", 12, False), *LARGE_AND_UPRIGHT],
)
def test_blocks_of_text_do_not_cover_one_another(size, count, is_portrait):
    found = examine(inputs_of(count, size, is_portrait=is_portrait))

    texts = draw(found.layout, found.content).texts

    boxes = [_box(text) for text in texts]
    ladders = [i for i, text in enumerate(texts) if text.lines[0][0].text == "6"]
    covering = [
        (texts[i].lines[0], texts[j].lines[0])
        for i in range(len(boxes))
        for j in range(i)
        if i not in ladders and j not in ladders and _overlap(boxes[i], boxes[j])
    ]
    assert covering == []


def _box(text):
    """Left, top, right, bottom of the letters of a block, without the air of its lines."""
    width = max(width_of_line(line, text.size) for line in text.lines)
    left = text.x - width if text.is_set_right else text.x
    air = (text.pitch - text.size) / 2 + text.size * 0.15
    return left, text.y + air, left + width, text.y + text.pitch * len(text.lines) - air


def _overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def every_level(**changes):
    """A journey of six moments, one on each level, all equally busy."""
    moments = tuple(MomentPlan(title=f"Moment {level}", level=level, **changes) for level in range(1, 7))
    return JourneyPlan("All levels", 1_000_000, stages=(StagePlan("Stage", moments),))


def circles_of(inputs):
    """Middle of each moment's circle in pixels from the sheet's top left corner, and its radius."""
    found = examine(inputs)
    page = draw(found.layout, found.content)
    paths = [path for (layer, _), parts in page.drawing.shapes.items() if layer == 4 for path in parts]
    numbers = [[float(n) for n in re.findall(r"-?[0-9.]+", path)] for path in paths]
    boxes = [(min(points[::2]), max(points[::2]), min(points[1::2]), max(points[1::2])) for points in numbers]
    return sorted(
        ((left + right) / 2 * SCALE, (top + bottom) / 2 * SCALE, round((right - left) / 2, 6) * SCALE)
        for left, right, top, bottom in boxes
    )


def test_circles_stand_on_their_level_in_its_colour():
    inputs = inputs_of(every_level())

    picture, circles = picture_of(inputs), circles_of(inputs)

    seen = [picture.getpixel((round(x - 0.8 * radius), round(y))) for x, y, radius in circles]
    heights = [y for _, y, _ in circles]
    assert seen == [rgb(f"level-{level}") for level in range(1, 7)]
    assert heights == sorted(heights, reverse=True)
    assert len({round(a - b) for a, b in pairwise(heights)}) == 1


def test_circles_grow_in_area_with_the_contacts():
    plan = every_level(contacts_per_customer=1)
    plan = with_moment(plan, 0, 2, contacts_per_customer=0.5)

    radii = [radius for *_, radius in circles_of(inputs_of(plan))]

    assert radii[2] ** 2 / radii[3] ** 2 == pytest.approx(0.5, abs=0.01)
    assert len({radius for i, radius in enumerate(radii) if i != 2}) == 1


def test_levels_are_told_apart_in_a_grey_print():
    inputs = inputs_of(every_level())

    picture, circles = picture_of(inputs), circles_of(inputs)

    greys = [lightness(picture.getpixel((round(x - 0.8 * radius), round(y)))) for x, y, radius in circles]
    steps = [b - a for a, b in pairwise(greys)]
    assert [step > 0 for step in steps] == [True, True, False, False, False]
    assert min(map(abs, steps)) > 15


def test_bands_are_parted_by_white_lines():
    inputs = inputs_of(every_level())
    picture, circles = picture_of(inputs), circles_of(inputs)
    (_, low, _), (_, next_low, _) = circles[:2]
    edge, x = round((low + next_low) / 2), round(SIZES["A3"].width * SCALE) - 80

    column = [picture.getpixel((x, y)) for y in range(edge - 20, edge + 20)]

    assert column[0] == rgb("band-2")
    assert column[-1] == rgb("band-1")
    assert max(map(lightness, column)) > 253


def test_figures_in_circles_can_be_read_against_their_fill():
    inputs = inputs_of(every_level())
    picture, circles = picture_of(inputs), circles_of(inputs)

    for x, y, radius in circles:
        reach = round(radius * 0.5)
        inside = picture.crop((round(x) - reach, round(y) - reach, round(x) + reach, round(y) + reach))
        lights = [_luminance(colour) for _, colour in inside.getcolors(10_000)]
        contrast = (max(lights) + 0.05) / (min(lights) + 0.05)
        assert contrast > 3  # WCAG 1.4.3 for bold type from 14 points


def _luminance(colour):
    parts = [value / 255 for value in colour]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_moment_without_level_stands_hollow_beside_the_curve():
    plan = with_moment(every_level(), 0, 3, level=None)

    picture, circles = picture_of(inputs_of(plan)), circles_of(inputs_of(plan))

    x, y, _ = circles[3]
    assert picture.getpixel((round(x), round(y))) == (255, 255, 255)
    assert circles[4][1] < y < circles[2][1]


@pytest.mark.parametrize("levels", [[None] * 6, [None, None, 4, None, None, None], [1, None, None, None, None, 6]])
def test_poster_of_gaps_is_drawn(levels):
    plan = every_level()
    for i, level in enumerate(levels):
        plan = with_moment(plan, 0, i, level=level)

    circles = circles_of(inputs_of(plan))

    assert len(circles) == 6
    assert len(picture_of(inputs_of(plan)).getcolors(1_000_000)) > 10


def test_code_can_be_scanned():
    inputs = inputs_of(3)
    modules = qr_modules(inputs["address"])
    found, sheet = examine(inputs), SIZES["A3"]
    side = len(modules) * found.layout.footer.module
    top = sheet.height - sheet.margin - found.layout.footer.height + found.layout.type.body * TOP
    left, step = sheet.width - sheet.margin - side, found.layout.footer.module

    picture = picture_of(inputs)

    def is_dark(row, column):
        x, y = left + (column + 0.5) * step, top + (row + 0.5) * step
        return lightness(picture.getpixel((round(x * SCALE), round(y * SCALE)))) < 128

    count, quiet = len(modules), range(-4, 0)
    assert [[int(is_dark(i, j)) for j in range(count)] for i in range(count)] == [list(row) for row in modules]
    assert not any(is_dark(i, j) for i in range(count) for j in [*quiet, *range(count, count + 4)])
    assert not any(is_dark(i, j) for j in range(count) for i in quiet)
    assert side / POINTS_PER_MM >= 28
    assert step / POINTS_PER_MM >= 1


def test_icons_and_headline_leave_ink():
    picture = picture_of(inputs_of())

    headline = picture.crop((60, 60, 1400, 280))
    dark = sum(count for count, colour in headline.getcolors(1_000_000) if lightness(colour) < 60)

    assert 0.3 < dark / (headline.width * headline.height) < 0.7
