"""A journey's ladder in small, so that several stand on a page and can be compared: bands, curve, numbered dots."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from assessments.result_words import level_of
from journeys.curve import smooth_path
from reports.charts.text import text_at
from reports.posters.ink import colours

WIDTH, BAND, EDGE, FOOT = 306.0, 17.0, 18.0, 15.0
DOTS_MAX, NUMBERS_MAX = 60, 24


def small_ladder(side: Mapping[str, Any], _names: Mapping[int, str]) -> str:
    """The SVG; a curve breaks where a moment has no level. Numbers are those of the moments, in order from 1."""
    moments = side["moments"]
    step = (WIDTH - EDGE) / max(1, len(moments))
    points = [
        (EDGE + step * (i + 0.5), None if it["level"] is None else (6.5 - it["level"]) * BAND)
        for i, it in enumerate(moments)
    ]
    height = 6 * BAND + FOOT
    inner = "".join([*_bands(), *_curves(points), *_dots(moments, points), *_numbers(points)])
    box = f'viewBox="0 0 {WIDTH:g} {height:g}" width="{WIDTH:g}" height="{height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{inner}</svg>'


def _bands() -> list[str]:
    ink = colours()
    parts = []
    for level in range(6, 0, -1):
        y = (6 - level) * BAND
        parts.append(f'<rect x="0" y="{y:g}" width="{WIDTH:g}" height="{BAND:g}" fill="{ink[f"band-{level}"]}"/>')
        parts.append(f'<rect x="0" y="{y:g}" width="4" height="{BAND:g}" fill="{ink[f"level-{level}"]}"/>')
        parts.append(text_at(8, y + 12, str(level), 9))
    return parts


def _curves(points: list[tuple[float, float | None]]) -> list[str]:
    runs = groupby(points, key=lambda point: point[1] is not None)
    lines = [[(x, y) for x, y in run if y is not None] for has, run in runs if has]
    ink = colours()["ink"]
    return [
        f'<path d="{smooth_path(line)}" fill="none" stroke="{ink}" stroke-width="2"/>'
        for line in lines
        if len(line) > 1
    ]


def _dots(moments: Any, points: list[tuple[float, float | None]]) -> list[str]:
    if len(points) > DOTS_MAX:
        return []
    ink = colours()
    look = f'stroke="{ink["ink"]}" stroke-width="1.4"'
    levels = [level_of(moment["level"] or 1) for moment in moments]
    return [
        f'<circle cx="{x:g}" cy="{y:g}" r="4.5" fill="{ink[f"level-{level}"]}" {look}/>'
        for level, (x, y) in zip(levels, points, strict=True)
        if y is not None
    ]


def _numbers(points: list[tuple[float, float | None]]) -> list[str]:
    """Under the bands, as many as can be read."""
    every = max(1, -(-len(points) // NUMBERS_MAX))
    return [
        text_at(x, 6 * BAND + 11, str(place), 8.6, anchor="middle", fill=colours()["ink-soft"])
        for place, (x, _) in enumerate(points, start=1)
        if (place - 1) % every == 0
    ]
