"""What stands on the bands of a ladder: the weakest moment, blind spots, both curves, all dots with their means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessments.result_ladder import Dot, ResultLadder
from assessments.result_words import level_of
from reports.charts.text import text_at
from reports.posters.ink import colours
from reports.typesetting import BOLD, ems

RADIUS, SMALL_RADIUS = 11.5, 4.5


def draw_weakest(ladder: ResultLadder) -> list[str]:
    width = ladder.column_width
    return [
        f'<rect x="{it.x - width / 2 + 1.5:g}" y="1.5" width="{width - 3:g}" height="{ladder.height - 3:g}" '
        f'fill="none" stroke="{colours()["red"]}" stroke-width="2"/>'
        for it in ladder.columns
        if it.is_weakest
    ]


def draw_curves(ladder: ResultLadder, views: Sequence[str]) -> list[str]:
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


def draw_dots(ladder: ResultLadder, views: Sequence[str]) -> list[str]:
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
