"""The legend of a poster: what the curve, the circles and the flag stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from django.utils.translation import gettext as _

from journeys.figures import short
from reports.posters.content import PosterContent
from reports.posters.page import Look, Page
from reports.posters.results import PosterResults
from reports.posters.whose import CUSTOMERS, STAFF
from reports.shapes import ICON_PEN, circle, icon, line, number
from reports.sizes import TypeScale
from reports.typesetting import REGULAR, width_of


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry of the legend: a drawn sign and its words."""

    sign: str
    words: str
    width: float


def reference_circle(busiest: float, largest: float, least: float) -> tuple[float, float]:
    """A round number of contacts and the radius it has on this poster; 0, 0 where every circle is held at its least."""
    if busiest <= 0:
        return 0, 0
    powers = [10.0**power for power in range(int(log10(busiest)) - 2, int(log10(busiest)) + 2)]
    for amount in sorted(factor * power for power in powers for factor in (1, 2, 5)):
        radius = largest * (amount / busiest) ** 0.5
        if radius >= least and 1 < amount <= busiest:
            return amount, radius
    return 0, 0


def marks_of(content: PosterContent, reference: float, radius: float, type_: TypeScale) -> list[Mark]:
    if content.results and not content.scenario:
        return _marks_of_views(content, content.results, reference, radius, type_)
    moments = content.moments
    known = (
        ("curve", _curve_words(content), type_.body * 3, any(m.level for m in moments)),
        ("target", _("target"), type_.body * 3, content.scenario is not None),
        ("today", _("today, where it moves"), type_.body * 1.2, any(m.target and m.level for m in moments)),
        ("reference", _("%(number)s contacts a year") % {"number": short(reference)}, radius * 2, reference),
        ("unjudged", _("no level yet"), type_.body * 1.2, any(m.level is None for m in moments)),
        ("flag", _("make-or-break"), type_.body * 1.2, any(m.is_make_or_break for m in moments)),
    )
    return [Mark(sign, words, width) for sign, words, width, is_shown in known if is_shown]


def _marks_of_views(
    content: PosterContent, results: PosterResults, reference: float, radius: float, type_: TypeScale
) -> list[Mark]:
    """Of a round's levels: whose they are, and why one is missing."""
    moments, leading = content.moments, results.leading
    silent = [m for m in moments if not (m.means and leading and m.means.of(leading) is not None)]
    known = (
        ("curve", results.names[STAFF], type_.body * 3, leading == STAFF),
        ("customers", results.names[CUSTOMERS], type_.body * 3, CUSTOMERS in results.views),
        ("manager", _("manager’s estimate"), type_.body * 0.8, any(m.level for m in moments)),
        ("gap", _("blind spot"), type_.body * 0.8, any(m.means and m.means.gap for m in moments)),
        ("reference", _("%(number)s contacts a year") % {"number": short(reference)}, radius * 2, reference),
        ("unjudged", _("too few answered, or not asked"), type_.body * 1.2, silent),
        ("flag", _("make-or-break"), type_.body * 1.2, any(m.is_make_or_break for m in moments)),
    )
    return [Mark(sign, words, width) for sign, words, width, is_shown in known if is_shown]


def _curve_words(content: PosterContent) -> str:
    return _("today, our own estimate") if content.scenario else _("our own estimate")


def lines_of(marks: Sequence[Mark], measure: float, type_: TypeScale) -> tuple[tuple[Mark, ...], ...]:
    lines: list[list[Mark]] = []
    used = 0.0
    for mark in marks:
        wide = width_of_mark(mark, type_)
        if not lines or used + wide > measure:
            lines.append([])
            used = 0
        lines[-1].append(mark)
        used += wide
    return tuple(tuple(entries) for entries in lines)


def width_of_mark(mark: Mark, type_: TypeScale) -> float:
    return mark.width + type_.body * 0.5 + width_of(mark.words, REGULAR, type_.body) + type_.body * 1.6


def draw_mark(page: Page, mark: Mark, x: float, y: float, body: float) -> None:
    """A sign of the legend, its left edge at x, its middle at y."""
    drawing, radius = page.drawing, mark.width / 2
    if mark.sign == "curve":
        drawing.add(2, Look(stroke="ink", width=body * 0.26), line(x, y, x + mark.width, y))
    elif mark.sign in ("target", "customers"):
        dash = Look(stroke="ink", width=body * 0.26, dash=f"{number(body * 0.6)} {number(body * 0.5)}")
        drawing.add(2, dash, line(x, y, x + mark.width, y))
        if mark.sign == "customers":
            drawing.add(3, Look(fill="paper", stroke="ink", width=1.5), circle(x + radius, y, body * 0.36))
    elif mark.sign == "manager":
        drawing.add(2, Look(fill="ink"), circle(x + radius, y, body * 0.28))
    elif mark.sign == "gap":
        gap = Look(stroke="red", width=body * 0.42, is_flat=True)
        drawing.add(2, gap, line(x + radius, y - body * 0.55, x + radius, y + body * 0.55))
    elif mark.sign in ("reference", "today"):
        drawing.add(2, Look(fill="paper", stroke="ink", width=1.5), circle(x + radius, y, radius))
    elif mark.sign == "unjudged":
        dash = Look(fill="paper", stroke="ink-soft", width=1.5, dash="2.5 2")
        drawing.add(2, dash, circle(x + radius, y, radius))
    else:
        drawing.stamp(2, Look(fill="ink", stroke="ink", width=ICON_PEN), icon("flag", x, y - radius, mark.width))
