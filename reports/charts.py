"""The ladder of a round as a picture for paper: the geometry of the result page, in a report's own look.

Pixels of 0.75 pt. Every text of people is escaped; its lines are broken here, so that none leaves its column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _

from assessments.result_ladder import Dot, ResultLadder, draw_part
from assessments.result_words import Figures, level_of
from reports.poster_ink import colours
from reports.typesetting import BOLD, DISPLAY, REGULAR, ems, wrap

FAMILY, DISPLAY_FAMILY = "Inter,'Noto Sans Arabic'", "Archivo,'Noto Sans Arabic'"
COLUMNS_MAX, COLUMNS_AT_ONCE, COLUMNS_OF_MANY = 10, 12, 14
MANY = 60  # moments, from which on three smaller strips stand on a page
SMALLER = 1.14
GUTTER, TOP, PITCH = 96, 24, 11.5
TITLE_SIZE, NAME_SIZE, STAGE_SIZE = 9.3, 9.3, 11.5
TITLE_LINES, TITLE_LINES_OF_MANY = 5, 3
RADIUS, SMALL_RADIUS = 11.5, 4.5


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
        *_weakest(ladder),
        *_curves(ladder, views),
        *_dots(ladder, views),
        *_columns(ladder, titles, under),
        "</g>",
        _answers_label(views, TOP + ladder.height + 8 + under + PITCH),
    ]
    box = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(parts)}</svg>'


def lines_of(text: str, face: str, size: float, room: float, language: str, most: int) -> list[str]:
    """At most so many lines, none wider than there is room; the last one ends in an ellipsis where text is left out."""
    lines = [part for line in wrap(" ".join(text.split()), face, size, room, language).lines
             for part in _cut(line, face, room / size)]  # fmt: skip
    return lines if len(lines) <= most else [*lines[: most - 1], _ended(lines[most - 1], face, room / size)]


def _ended(line: str, face: str, room: float) -> str:
    """A line with an ellipsis, as much of it as fits."""
    line = line.rstrip("-")
    while line and ems(f"{line}…", face) > room:
        line = line[:-1]
    return f"{line}…"


def _cut(line: str, face: str, room: float) -> list[str]:
    """A line in pieces that fit, where a word had no place to break. room: in parts of the type size."""
    if ems(line, face) <= room:
        return [line]
    at = next(at for at in range(len(line), 0, -1) if at == 1 or ems(line[:at], face) <= room)
    return [line[:at], *(_cut(line[at:], face, room) if line[at:] else [])]


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


def _weakest(ladder: ResultLadder) -> list[str]:
    width = ladder.column_width
    return [
        f'<rect x="{it.x - width / 2 + 1.5:g}" y="1.5" width="{width - 3:g}" height="{ladder.height - 3:g}" '
        f'fill="none" stroke="{colours()["red"]}" stroke-width="2"/>'
        for it in ladder.columns
        if it.is_weakest
    ]


def _curves(ladder: ResultLadder, views: Sequence[str]) -> list[str]:
    ink = colours()
    gaps = [
        f'<path d="M{x:g} {top:g}V{bottom:g}" stroke="{ink["orange"]}" stroke-width="5"/>'
        for x, top, bottom in ladder.gaps
    ]
    looks = {True: 'stroke-width="1.6" stroke-dasharray="5 4"', False: 'stroke-width="2.4"'}
    paths = [
        f'<path d="{path}" fill="none" stroke="{ink["ink"]}" {looks[is_second(view, views)]}/>'
        for view, path in ladder.paths.items()
        if path
    ]
    manager = [f'<circle cx="{x:g}" cy="{y:g}" r="2.6" fill="{ink["ink-soft"]}"/>' for x, y in ladder.manager]
    return [*gaps, *paths, *manager]


def is_second(view: str, views: Sequence[str]) -> bool:
    """Customers' curve is dashed where staff's is drawn too."""
    return view == "customers" and len(views) > 1


def _dots(ladder: ResultLadder, views: Sequence[str]) -> list[str]:
    means = {(view, it.x): mean for it in ladder.columns for view, mean, _n in it.says}
    large = {dot.x: dot for dot in ladder.dots if not is_second(dot.view, views)}
    small = [_small_dot(dot, large.get(dot.x), means) for dot in ladder.dots if is_second(dot.view, views)]
    return [*small, *(_large_dot(dot, means) for dot in large.values())]


def _large_dot(dot: Dot, means: Mapping[tuple[str, float], str]) -> str:
    level = level_of(6.5 - dot.y / 34)
    ink = colours()
    circle = (
        f'<circle cx="{dot.x:g}" cy="{dot.y:g}" r="{RADIUS}" fill="{ink[f"level-{level}"]}" stroke="{ink["ink"]}" '
        'stroke-width="1.6"/>'
    )
    figure = text_at(dot.x, dot.y + 3.4, means[dot.view, dot.x], 9.6, weight=700, anchor="middle",
                     fill=ink[f"on-level-{level}"])  # fmt: skip
    return circle + figure


def _small_dot(dot: Dot, other: Dot | None, means: Mapping[tuple[str, float], str]) -> str:
    """Its number stands below whatever lies lower, or above whatever lies higher, on a patch that parts the lines."""
    ink, figure = colours(), means[dot.view, dot.x]
    is_below = other is None or dot.y >= other.y
    reach = RADIUS if other and abs(dot.y - other.y) < RADIUS else SMALL_RADIUS
    level = max(dot.y, other.y if other and reach == RADIUS else dot.y) if is_below else (
        min(dot.y, other.y if other and reach == RADIUS else dot.y))  # fmt: skip
    y = level + reach + 10.5 if is_below else level - reach - 4
    width = ems(figure, BOLD) * 9.3 + 3
    circle = (
        f'<circle cx="{dot.x:g}" cy="{dot.y:g}" r="{SMALL_RADIUS}" fill="#ffffff" stroke="{ink["ink"]}" '
        'stroke-width="1.6"/>'
    )
    patch = (
        f'<rect x="{dot.x - width / 2:g}" y="{y - 8.6:g}" width="{width:g}" height="10.6" rx="2" fill="#ffffff" '
        'fill-opacity="0.85"/>'
    )
    return circle + patch + text_at(dot.x, y, figure, 9.3, weight=700, anchor="middle")


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


def text_at(
    x: float, y: float, words: str, size: float, family: str = FAMILY, weight: int = 400, anchor: str = "start",
    fill: str = "",
) -> str:  # fmt: skip
    """One line of text, escaped; x: where it starts, or its middle."""
    look = f'font-family="{family}" font-weight="{weight}" font-size="{size:g}" fill="{fill or colours()["ink"]}"'
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" {look}>{escape(words)}</text>'
