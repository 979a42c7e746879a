"""A round's ladder as a picture of its own: what the result page draws, with its words, for SVG and PNG alike.

All of it comes from the sheet; what is hidden there leaves a gap here. Lengths are those of journeys.formats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.result_ladder import Column, ResultLadder, draw_result_ladder, draw_strips
from assessments.result_words import NOTHING, Figures, fewer_than, view_name
from journeys.formats.picture_shapes import (
    BANDS,
    INK,
    LEFT,
    LETTER,
    LEVELS,
    MARGIN,
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

FIRST_TOP, STRIP_GAP, WIDTH_MIN = 148, 66, 860
ONE_ROW_MAX = 16
LINE_HEIGHT, BESIDE = 15, 15
WEAKEST, GAP = "#9a3412", "#b45309"
WHITE = "#ffffff"


def result_picture(figures: Figures, names: Mapping[int, str]) -> Picture:
    """Heading, legend, ladder, and under it each moment with its means. names: of the levels, by number.

    A long journey stands in rows of twelve moments, so that it can still be read on a slide.
    """
    is_long = len(figures["moments"]) > ONE_ROW_MAX
    ladders = draw_strips(figures) if is_long else [draw_result_ladder(figures, WIDTH_MIN)]
    width = max(ladders[0].strip_width if is_long else ladders[0].width, WIDTH_MIN)
    rows: list[Shape] = []
    bottom: float = FIRST_TOP
    for ladder in ladders:
        row = _Row(ladder, bottom, width)
        rows += [*_bands(row, names), *_curves(row), *_moments(row)]
        bottom = row.bottom + STRIP_GAP
    foot = bottom - STRIP_GAP + 2 * LINE_HEIGHT
    shapes = (*_heading(figures), *_legend(figures["views"]), *rows, Text(MARGIN, foot, _note(figures), 12, fill=SOFT))
    title = clean(f"{figures['round']['journey']}: {figures['round']['title']}")
    return Picture(title, LEFT + width + MARGIN, foot + MARGIN, shapes)


class _Row:
    """One ladder on the picture. top: of its bands; width: of them without the names of the levels."""

    def __init__(self, ladder: ResultLadder, top: float, width: float) -> None:
        self.ladder, self.top, self.width = ladder, top, width
        self.titles = [_title_lines(column, ladder.column_width) for column in ladder.columns]
        views = max((len(column.says) for column in ladder.columns), default=0)
        self.says_top = top + HEIGHT + 26 + LINE_HEIGHT * max(map(len, self.titles), default=0)
        self.bottom = self.says_top + LINE_HEIGHT * views


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
        x += 42 + len(words) * 6.3


def _keys(views: Sequence[str], y: float) -> Iterator[tuple[Callable[[float], list[Shape]], str]]:
    if "staff" in views:
        yield lambda x: [Circle(x, y, 6, WHITE, is_dashed=False, line_width=2.5)], view_name("staff")
    if "customers" in views:
        yield lambda x: [Diamond(x, y, 7, WHITE, 2.5)], view_name("customers")
    yield lambda x: [Circle(x, y, 4, SOFT, is_dashed=False, line_width=0)], _("Manager’s estimate")
    yield lambda x: [Frame(x - 6, y - 6, 12, 12, WEAKEST, 2.5)], _("Weakest moment")
    if len(views) > 1:
        yield lambda x: [Rect(x - 3, y - 8, 6, 16, GAP)], _("Blind spot: staff clearly kinder than customers")


def _bands(row: _Row, names: Mapping[int, str]) -> Iterator[Shape]:
    for band in row.ladder.bands:
        y = row.top + band.y
        yield Rect(MARGIN, y, LEFT - MARGIN + row.width, BAND_HEIGHT, BANDS[band.level])
        yield Rect(MARGIN, y, 4, BAND_HEIGHT, LEVELS[band.level])
        yield Text(MARGIN + 12, y + BAND_HEIGHT / 2 + 4, fit(f"{band.level} {names[band.level]}", 14), size=12)
    for stretch in row.ladder.stretches:
        yield Text(LEFT + stretch.x + 4, row.top - 10, fit(stretch.title, stretch.width / 7.4), size=13, weight=700)
        if stretch.x:
            yield Divider(LEFT + stretch.x, row.top - 26, row.top + HEIGHT)


def _curves(row: _Row) -> Iterator[Shape]:
    """What lies behind first: the weakest moment, blind spots, curves, then all points with their numbers."""
    ladder, top = row.ladder, row.top
    for column in ladder.columns:
        if column.is_weakest:
            left = LEFT + column.x - ladder.column_width / 2
            yield Frame(left + 2, top + 2, ladder.column_width - 4, HEIGHT - 4, WEAKEST)
    for x, upper, lower in ladder.gaps:
        yield Rect(LEFT + x - 3, top + upper, 6, lower - upper, GAP)
    for view, runs in ladder.runs.items():
        for run in runs:
            if len(run) > 1:
                yield Curve(tuple((LEFT + x, top + y) for x, y in run), is_dashed=view == "customers")
    for x, y in ladder.manager:
        yield Circle(LEFT + x - BESIDE, top + y, 4, SOFT, is_dashed=False, line_width=0)
    for dot in ladder.dots:
        yield _point(dot.view, LEFT + dot.x, top + dot.y)
        yield Text(LEFT + dot.x, top + dot.label_y, str(dot.n), size=11, is_centred=True)


def _point(view: str, x: float, y: float) -> Shape:
    return Diamond(x, y, 8, WHITE, 2.5) if view == "customers" else Circle(x, y, 7, WHITE, False, 2.5)


def _title_lines(column: Column, width: float) -> Sequence[str]:
    return wrap(clean(f"{column.place} {column.title}"), int((width - 8) / LETTER))


def _moments(row: _Row) -> Iterator[Shape]:
    """Their names, and under the longest name of all a line a view."""
    for column, lines in zip(row.ladder.columns, row.titles, strict=True):
        x = LEFT + column.x
        for number, line in enumerate(lines):
            yield Text(x, row.top + HEIGHT + 20 + number * LINE_HEIGHT, line, size=12, is_centred=True)
        for number, (view, mean, n) in enumerate(column.says):
            said, place = f"{_short(view)} {mean if n else NOTHING}", row.says_top + number * LINE_HEIGHT
            weight, fill = (700, INK) if n else (400, SOFT)
            yield Text(x, place, said, size=11, weight=weight, fill=fill, is_centred=True)


def _short(view: str) -> str:
    return _("Customers") if view == "customers" else _("Staff")


def _note(figures: Figures) -> str:
    hidden = fewer_than(figures["round"]["minimum_group"])
    return _("The number at a point is how many answered. –: %(hidden)s, or nobody answered.") % {"hidden": hidden}
