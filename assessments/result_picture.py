"""A round's ladder as a picture of its own: what the result page draws, with its words, for SVG and PNG alike.

All of it comes from the sheet; what is hidden there leaves a gap here. Lengths are those of journeys.formats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.result_ladder import Column, ResultLadder, draw_result_ladder
from assessments.result_words import NOTHING, Figures, fewer_than, view_name
from journeys.formats.picture_shapes import (
    BANDS,
    INK,
    LEFT,
    LETTER,
    LEVELS,
    MARGIN,
    NAME_LINES,
    SOFT,
    Circle,
    Curve,
    Diamond,
    Divider,
    Frame,
    Picture,
    Rect,
    Shape,
    Text,
    clean,
    fit,
    wrap,
)
from journeys.ladder import BAND_HEIGHT, HEIGHT

TOP, WIDTH_MIN = 148, 860
LINE_HEIGHT = 15
WEAKEST, GAP = "#9a3412", "#b45309"
WHITE = "#ffffff"


def result_picture(figures: Figures, names: Mapping[int, str]) -> Picture:
    """Heading, legend, ladder, and under it each moment with its means. names: of the levels, by number."""
    ladder, views = draw_result_ladder(figures), figures["views"]
    words = _moments(ladder, views)
    foot = TOP + HEIGHT + 24 + LINE_HEIGHT * (NAME_LINES + len(views) + 2)
    shapes = (
        *_heading(figures),
        *_legend(views),
        *_bands(ladder, names),
        *_curves(ladder),
        *words,
        Text(MARGIN, foot, _note(figures), size=12, fill=SOFT),
    )
    title = clean(f"{figures['round']['journey']}: {figures['round']['title']}")
    return Picture(title, LEFT + max(ladder.width, WIDTH_MIN) + MARGIN, foot + MARGIN, shapes)


def _heading(figures: Figures) -> Iterator[Shape]:
    about = figures["round"]
    yield Text(MARGIN, 44, fit(about["journey"], 60), size=24, weight=800)
    days = [
        date_format(day, "DATE_FORMAT")
        for day in map(parse_date, filter(None, (about["opened_on"], about["closed_on"])))
        if day
    ]
    yield Text(MARGIN, 68, " · ".join(filter(None, (fit(about["title"], 60), " – ".join(days)))), size=14, fill=SOFT)


def _legend(views: Sequence[str]) -> Iterator[Shape]:
    x, y = MARGIN + 8.0, 94
    for mark, words in _keys(views, y):
        yield from mark(x)
        yield Text(x + 14, y + 4, words, size=12, fill=SOFT)
        x += 34 + len(words) * LETTER


def _keys(views: Sequence[str], y: float) -> Iterator[tuple[Callable[[float], list[Shape]], str]]:
    if "staff" in views:
        yield lambda x: [Circle(x, y, 6, WHITE, is_dashed=False, line_width=2.5)], view_name("staff")
    if "customers" in views:
        yield lambda x: [Diamond(x, y, 7, WHITE, 2.5)], view_name("customers")
    yield lambda x: [Circle(x, y, 4, SOFT, is_dashed=False, line_width=0)], _("Manager’s estimate")
    yield lambda x: [Frame(x - 6, y - 6, 12, 12, WEAKEST, 2.5)], _("Weakest moment")
    if len(views) > 1:
        yield lambda x: [Rect(x - 3, y - 8, 6, 16, GAP)], _("Blind spot: staff clearly kinder than customers")


def _bands(ladder: ResultLadder, names: Mapping[int, str]) -> Iterator[Shape]:
    width = max(ladder.width, WIDTH_MIN)
    for band in ladder.bands:
        y = TOP + band.y
        yield Rect(MARGIN, y, LEFT - MARGIN + width, BAND_HEIGHT, BANDS[band.level])
        yield Rect(MARGIN, y, 4, BAND_HEIGHT, LEVELS[band.level])
        yield Text(MARGIN + 12, y + BAND_HEIGHT / 2 + 4, fit(f"{band.level} {names[band.level]}", 14), size=12)
    for stretch in ladder.stretches:
        yield Text(LEFT + stretch.x + 4, TOP - 10, fit(stretch.title, stretch.width / 7.4), size=13, weight=700)
        if stretch.x:
            yield Divider(LEFT + stretch.x, TOP - 26, TOP + HEIGHT)


def _curves(ladder: ResultLadder) -> Iterator[Shape]:
    """What lies behind first: blind spots, curves, then all points with their numbers of answers."""
    for column in ladder.columns:
        if column.is_weakest:
            left = LEFT + column.x - ladder.column_width / 2
            yield Frame(left + 2, TOP + 2, ladder.column_width - 4, HEIGHT - 4, WEAKEST)
    for x, top, bottom in ladder.gaps:
        yield Rect(LEFT + x - 3, TOP + top, 6, bottom - top, GAP)
    for view, runs in ladder.runs.items():
        for run in runs:
            if len(run) > 1:
                yield Curve(tuple((LEFT + x, TOP + y) for x, y in run), is_dashed=view == "customers")
    for x, y in ladder.manager:
        yield Circle(LEFT + x, TOP + y, 4, SOFT, is_dashed=False, line_width=0)
    for dot in ladder.dots:
        x, y = LEFT + dot.x, TOP + dot.y
        is_staff = dot.view == "staff"
        yield Circle(x, y, 7, WHITE, is_dashed=False, line_width=2.5) if is_staff else Diamond(x, y, 8, WHITE, 2.5)
        yield Text(x, TOP + dot.label_y, str(dot.n), size=11, is_centred=True)


def _moments(ladder: ResultLadder, views: Sequence[str]) -> list[Shape]:
    return [shape for column in ladder.columns for shape in _moment(column, ladder.column_width)]


def _moment(column: Column, width: float) -> Iterator[Shape]:
    """Its name in at most five lines, and under all names a line a view."""
    x, top = LEFT + column.x, TOP + HEIGHT + 20
    for number, line in enumerate(wrap(clean(f"{column.place} {column.title}"), int((width - 8) / LETTER))):
        yield Text(x, top + number * LINE_HEIGHT, line, size=12, is_centred=True)
    for number, (view, mean, n) in enumerate(column.says):
        said = f"{_short(view)} {mean}" if n else f"{_short(view)} {NOTHING}"
        place = top + (NAME_LINES + number) * LINE_HEIGHT + 6
        yield Text(x, place, said, size=12, weight=700 if n else 400, fill=INK if n else SOFT, is_centred=True)


def _short(view: str) -> str:
    return _("Customers") if view == "customers" else _("Staff")


def _note(figures: Figures) -> str:
    hidden = fewer_than(figures["round"]["minimum_group"])
    return _("The number at a point is how many answered. –: %(hidden)s, or nobody answered.") % {"hidden": hidden}
