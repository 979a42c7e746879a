"""The target of a scenario on a poster's ladder: a dashed curve, and a filled circle beside today's hollow one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from journeys.curve import curve_segments
from reports.poster_curve import RING, Scale, Spot, draw_disc
from reports.poster_page import Drawing, Look
from reports.shapes import curve, number

AIR = 2  # points between two circles of one moment
DASH, PAUSE = 2.6, 2.2  # of the pen


@dataclass(frozen=True, slots=True)
class Pair:
    """One moment twice: where it stands today and where it would."""

    today: Spot
    target: Spot


def part_spots(spots: Sequence[Spot], scale: Scale) -> list[Pair]:
    """Today's and the target's spot of each moment; where their circles would touch, they step aside."""
    return [_parted(spot, scale.y_of_level, scale.radius_of(spot.share)) for spot in spots]


def _parted(spot: Spot, y_of_level: dict[float, float], radius: float) -> Pair:
    moved = replace(spot, level=spot.target or spot.level)
    if not spot.target or not spot.level:
        return Pair(spot, moved)
    apart = 2 * radius + AIR + (RING if spot.is_make_or_break else 0)
    down = abs(y_of_level[spot.target] - y_of_level[spot.level])
    aside = sqrt(max(0.0, apart**2 - down**2)) / 2
    return Pair(replace(spot, x=spot.x - aside), replace(moved, x=spot.x + aside))


def draw_target(drawing: Drawing, pairs: Sequence[Pair], scale: Scale) -> None:
    """The dashed curve through all levels that the scenario knows, and the circles of those that move."""
    y_of_level, pen = scale.y_of_level, scale.pen
    known = [pair.target for pair in pairs if pair.target.level]
    dash = Look(stroke="ink", width=pen, dash=f"{number(pen * DASH)} {number(pen * PAUSE)}")
    for segment in curve_segments([(spot.x, y_of_level[spot.level]) for spot in known if spot.level]):
        drawing.add(2, dash, curve(*segment))
    for pair in pairs:
        if pair.today.target and pair.target.level:
            draw_disc(drawing, pair.target, y_of_level[pair.target.level], scale)
