"""The target of a scenario on a poster's ladder: a dashed curve, and a filled circle beside today's hollow one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from journeys.curve import curve_segments
from reports.posters.curve import RING, Scale, Spot, draw_disc
from reports.posters.page import Drawing, Look
from reports.shapes import curve

AIR = 2  # points between two circles of one moment


@dataclass(frozen=True, slots=True)
class Pair:
    """One moment twice: where it stands today and where it would."""

    today: Spot
    target: Spot


def part_spots(spots: Sequence[Spot], scale: Scale) -> list[Pair]:
    """Today's and the target's spot of each moment; where their circles would touch, they step aside."""
    return [_parted(spot, scale, scale.radius_of(spot.share)) for spot in spots]


def _parted(spot: Spot, scale: Scale, radius: float) -> Pair:
    moved = replace(spot, level=spot.target or spot.level)
    if not spot.target or not spot.level:
        return Pair(spot, moved)
    apart = 2 * radius + AIR + (RING if spot.is_make_or_break else 0)
    down = abs(scale.y(spot.target) - scale.y(spot.level))
    aside = sqrt(max(0.0, apart**2 - down**2)) / 2
    return Pair(replace(spot, x=spot.x - aside), replace(moved, x=spot.x + aside))


def draw_target(drawing: Drawing, pairs: Sequence[Pair], scale: Scale) -> None:
    """The dashed curve through all levels that the scenario knows, and the circles of those that move."""
    known = [pair.target for pair in pairs if pair.target.level]
    dash = Look(stroke="ink", width=scale.pen, dash=scale.dash)
    for segment in curve_segments([(spot.x, scale.y(spot.level)) for spot in known if spot.level]):
        drawing.add(2, dash, curve(*segment))
    for pair in pairs:
        if pair.today.target and pair.target.level:
            draw_disc(drawing, pair.target, scale.y(pair.target.level), scale)
