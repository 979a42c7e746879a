"""The ladder of a round as a picture for paper: the geometry of the result page, in a report's own look.

Pixels of 0.75 pt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from django.utils.translation import gettext as _

from assessments.result_ladder import ResultLadder, draw_part
from assessments.result_words import Figures
from reports.charts.marks import draw_curves, draw_dots, draw_weakest
from reports.charts.text import DISPLAY_FAMILY, lines_of, text_at
from reports.posters.ink import colours
from reports.typesetting import BOLD, DISPLAY, REGULAR

COLUMNS_MAX, COLUMNS_AT_ONCE, COLUMNS_OF_MANY = 10, 12, 14
MANY = 60  # moments, from which on three smaller strips stand on a page
SMALLER = 1.14
GUTTER, TOP, PITCH = 96, 24, 11.5
TITLE_SIZE, NAME_SIZE, STAGE_SIZE = 9.3, 9.3, 11.5
TITLE_LINES, TITLE_LINES_OF_MANY = 5, 3


def pieces_of(moments: Sequence[Any]) -> list[Sequence[Any]]:
    """All at once up to ten, else in strips of at most twelve or fourteen that are as long as one another."""
    if len(moments) <= COLUMNS_MAX:
        return [moments] if moments else []
    strips = ceil(len(moments) / (COLUMNS_AT_ONCE if len(moments) <= MANY else COLUMNS_OF_MANY))
    size = ceil(len(moments) / strips)
    return [moments[start : start + size] for start in range(0, len(moments), size)]


def ladder_pictures(figures: Figures, names: Mapping[int, str], width: float, language: str) -> list[str]:
    """The ladder as one SVG or several strips. names: of the levels; width: of the page's text."""
    pieces = pieces_of(figures["moments"])
    longest = len(pieces[0]) if pieces else 1
    is_dense = len(figures["moments"]) > MANY
    width = width_of_picture(figures, width)
    column = (width - GUTTER) / longest
    views = figures["views"]
    lines = TITLE_LINES_OF_MANY if is_dense else TITLE_LINES
    parts = [draw_part(figures, piece, column) for piece in pieces]
    return [_picture(part, views, names, width, language, lines) for part in parts]


def width_of_picture(figures: Figures, width: float) -> float:
    """In the picture's own pixels: of many moments it is shown smaller than it is drawn."""
    return width * (SMALLER if len(figures["moments"]) > MANY else 1)


def _picture(
    ladder: ResultLadder, views: Sequence[str], names: Mapping[int, str], width: float, language: str, most: int
) -> str:
    titles = [
        lines_of(f"{it.place} {it.title}", BOLD, TITLE_SIZE, ladder.column_width - 5, language, most)
        for it in ladder.columns
    ]
    under = max(map(len, titles)) * PITCH
    height = TOP + ladder.height + 8 + under + PITCH + 6
    parts = [
        *_bands(ladder, names, language),
        *_stages(ladder, language),
        f'<g transform="translate({GUTTER},{TOP})">',
        *draw_weakest(ladder),
        *draw_curves(ladder, views),
        *draw_dots(ladder, views),
        *_columns(ladder, titles, under),
        "</g>",
        _answers_label(views, TOP + ladder.height + 8 + under + PITCH),
    ]
    box = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(parts)}</svg>'


def _bands(ladder: ResultLadder, names: Mapping[int, str], language: str) -> list[str]:
    ink = colours()
    parts = []
    for band in ladder.bands:
        y = TOP + band.y
        parts.append(_rectangle(0, y, GUTTER + ladder.width, 34, ink[f"band-{band.level}"]))
        parts.append(_rectangle(0, y, 5, 34, ink[f"level-{band.level}"]))
        lines = lines_of(f"{band.level} {names[band.level]}", REGULAR, NAME_SIZE, GUTTER - 16, language, 2)
        first = y + 20.5 - (len(lines) - 1) * PITCH / 2
        parts += [text_at(12, first + i * PITCH, line, NAME_SIZE) for i, line in enumerate(lines)]
    return parts


def _stages(ladder: ResultLadder, language: str) -> list[str]:
    parts = []
    for place, stretch in enumerate(ladder.stretches):
        x = GUTTER + stretch.x
        if place:
            parts.append(f'<path d="M{x:g} 4V{TOP + ladder.height:g}" stroke="{colours()["line-strong"]}"/>')
        title = lines_of(stretch.title, DISPLAY, STAGE_SIZE, stretch.width - 10, language, 1)[0]
        parts.append(text_at(x + 5, 15, title, STAGE_SIZE, DISPLAY_FAMILY, 700))
    return parts


def _columns(ladder: ResultLadder, titles: Sequence[Sequence[str]], under: float) -> list[str]:
    first = ladder.height + 8 + TITLE_SIZE
    parts = []
    for column, lines in zip(ladder.columns, titles, strict=True):
        parts += [
            text_at(column.x, first + i * PITCH, line, TITLE_SIZE, weight=700, anchor="middle")
            for i, line in enumerate(lines)
        ]
        counts = " · ".join(n or "–" for _view, _mean, n in column.says)
        y = ladder.height + 8 + under + PITCH
        parts.append(text_at(column.x, y, counts, 8.6, anchor="middle", fill=colours()["ink-soft"]))
    return parts


def _answers_label(views: Sequence[str], y: float) -> str:
    words = _("staff · customers") if len(views) > 1 else _("answers")
    return text_at(0, y, words, 8.6, fill=colours()["ink-soft"])


def _rectangle(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"/>'
