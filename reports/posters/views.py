"""The other views of a moment on the ladder: customers' curve beside staff's, the manager's dots, and blind spots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from journeys.curve import curve_segments
from reports.posters.content import PosterMoment
from reports.posters.curve import Scale, Spot, draw_curve
from reports.posters.page import Drawing, Look
from reports.posters.whose import CUSTOMERS, STAFF
from reports.posters.words import say_mean
from reports.shapes import circle, curve, figure, line
from reports.typesetting import BOLD, width_of

DOT, MARKER = 0.2, 0.26  # radius of the manager's dots and of customers' circles, in parts of the figures' type
LABEL = 0.75  # of the figures' type in circles: of customers' figures
HALO = 0.45  # of a figure's type: paper around it


@dataclass(frozen=True, slots=True)
class Judged:
    """A moment with the spot of the leading view, and the means of the others. label: type of customers' figure."""

    spot: Spot
    customers: float | None
    manager: int | None
    gap: float | None


def judged_of(moment: PosterMoment, x: float, share: float, leading: str) -> Judged:
    """What is to be drawn of a moment. leading: the view whose curve carries the circles; empty for none."""
    means = moment.means
    level = means.of(leading) if means and leading else None
    spot = Spot(x, level, share, moment.is_make_or_break, said=say_mean(level) if level else "")
    customers = means.customers if means and leading == STAFF else None
    return Judged(spot, customers, moment.level, means.gap if means else None)


def draw_views(drawing: Drawing, judged: Sequence[Judged], scale: Scale, label: float, leading: str) -> None:
    """All views of one row. label: least type of customers' figures."""
    draw_curve(drawing, [each.spot for each in judged], scale, is_dashed=leading == CUSTOMERS)
    points = [(each.spot.x, scale.y(each.customers)) for each in judged if each.customers]
    for segment in curve_segments(points):
        drawing.add(2, Look(stroke="ink", width=scale.pen * 0.7, dash=scale.dash), curve(*segment))
    for each in judged:
        _draw_gap(drawing, each, scale)
        _draw_customers(drawing, each, scale, max(label, scale.digit * LABEL))
        _draw_manager(drawing, each, scale)


def _draw_gap(drawing: Drawing, each: Judged, scale: Scale) -> None:
    """A blind spot: a bar from staff's circle to customers'."""
    if each.gap and each.customers and each.spot.level:
        ends = scale.y(each.spot.level), scale.y(each.customers)
        look = Look(stroke="red", width=scale.pen * 1.6, is_flat=True)
        drawing.add(2, look, line(each.spot.x, ends[0], each.spot.x, ends[1]))


def _draw_customers(drawing: Drawing, each: Judged, scale: Scale, size: float) -> None:
    """A small hollow circle with its figure, which keeps clear of the large one."""
    if not each.customers:
        return
    spot, y, radius = each.spot, scale.y(each.customers), scale.digit * MARKER
    drawing.add(3, Look(fill="paper", stroke="ink", width=1.5), circle(spot.x, y, radius))
    words = say_mean(each.customers)
    large = scale.radius_of(spot.share) if spot.level else 0
    away = abs(y - scale.y(spot.level)) if spot.level else 0
    beside = sqrt(max(0.0, large**2 - max(0.0, away - size / 2) ** 2))
    x = spot.x + max(beside, radius) + size * 0.25 + width_of(words, BOLD, size) / 2
    is_below = spot.level is None or each.customers <= spot.level
    shape = figure(words, BOLD, x, y + size * (0.5 if is_below else -0.5), size)
    drawing.stamp(5, Look(stroke="paper", width=HALO, is_text=True), shape)
    drawing.stamp(6, Look(fill="ink"), shape)


def _draw_manager(drawing: Drawing, each: Judged, scale: Scale) -> None:
    """A dot; where the large circle would cover it, at that one's left edge."""
    if not each.manager:
        return
    y, radius = scale.y(each.manager), scale.digit * DOT
    away = abs(y - scale.y(each.spot.level)) if each.spot.level else 0
    clear = scale.radius_of(each.spot.share) + radius + 1.5
    x = each.spot.x - (sqrt(max(0.0, clear**2 - away**2)) if each.spot.level else 0)
    drawing.add(6, Look(fill="ink"), circle(x, y, radius))
