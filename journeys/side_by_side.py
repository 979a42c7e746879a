"""Two journeys side by side, ready to be shown: headline numbers, both curves, the moments with what differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from journeys import figures
from journeys.choices import Channel, Decision, Level
from journeys.comparison import Comparison, Row, compare_journeys
from journeys.comparison_picture import Twin, draw_twin
from journeys.levels import value_of_levels
from journeys.models import Moment
from journeys.outcome_words import say_signed
from journeys.plan import JourneyPlan, MomentPlan
from journeys.volumes import total_volumes


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: what it is called (a journey's title, a version's name), its plan, where it is found."""

    label: str
    plan: JourneyPlan
    address: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline number of both, and the second less the first where both have one."""

    label: str
    left: str
    right: str
    difference: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs."""

    label: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the comparison. number: of its column in the picture, from 1."""

    number: int
    row: Row
    changes: tuple[Change, ...]

    @property
    def moment(self) -> MomentPlan | None:
        return self.row.right or self.row.left


@dataclass(frozen=True, slots=True)
class SideBySide:
    """All that the page shows."""

    left: Side
    right: Side
    figures: tuple[Figure, ...]
    comparison: Comparison
    stages: tuple[tuple[Any, tuple[Line, ...]], ...]
    picture: Twin


def place_side_by_side(left: Side, right: Side) -> SideBySide:
    """No query: everything is in the plans."""
    comparison = compare_journeys(left.plan, right.plan)
    number, stages = 0, []
    for stage in comparison.stages:
        lines = tuple(Line(number + i, row, _changes(row)) for i, row in enumerate(stage.rows, start=1))
        number += len(lines)
        stages.append((stage, lines))
    return SideBySide(left, right, _figures(left.plan, right.plan), comparison, tuple(stages), draw_twin(comparison))


def _changes(row: Row) -> tuple[Change, ...]:
    if row.left is None or row.right is None:
        return ()
    return tuple(Change(_label(name), _said(row.left, name), _said(row.right, name)) for name in row.differences)


def _label(name: str) -> str:
    return str(Moment._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]


def _said(moment: MomentPlan, name: str) -> str:
    """A field's value in words."""
    value = getattr(moment, name)
    match name:
        case "channel":
            return str(Channel(value).label)
        case "decision":
            return str(Decision(value).label) if value else _("open")
        case "level":
            return f"{value} {Level(value).label}" if value else _("not judged")
        case "is_make_or_break":
            return _("yes") if value else _("no")
        case "seconds":
            return figures.duration(value)
        case "contacts_per_customer":
            return figures.plain(value, decimals=4)
    return value or _("(nothing)")


def _figures(left: JourneyPlan, right: JourneyPlan) -> tuple[Figure, ...]:
    pairs = zip(_numbers(left), _numbers(right), strict=True)
    return tuple(_figure(label, one, other, write) for (label, one, write), (_label, other, _write) in pairs)


def _figure(label: str, left: float | None, right: float | None, write: Any) -> Figure:
    shown, other = (write(number) if number is not None else "–" for number in (left, right))
    if left is None or right is None:
        return Figure(label, shown, other, "")
    sign = "+" if right > left else "\u2212"
    return Figure(label, shown, other, "=" if shown == other else sign + write(abs(right - left)).lstrip("+"))


def _numbers(plan: JourneyPlan) -> list[tuple[str, float | None, Any]]:
    """Label, number and how it is written, of each headline number (METHOD)."""
    volumes = [moment.contacts_per_customer for moment in plan.moments]
    levels = [moment.level for moment in plan.moments]
    total = total_volumes(plan.customers_per_year, volumes, [moment.seconds for moment in plan.moments])
    value = value_of_levels(levels, volumes)
    return [
        (_("Customers a year"), plan.customers_per_year, figures.whole),
        (_("Moments"), len(plan.moments), figures.whole),
        (_("Moments of truth a year"), total.contacts_per_year, figures.short),
        (_("Average moment"), total.average_seconds, figures.duration),
        (_("All that each customer sees"), total.seconds_per_customer, figures.duration),
        (_("Hours with customers a year"), total.hours_per_year, figures.short),
        (_("Loyalty balance, our own estimate"), value.loyalty_balance if value else None, _signed),
        (_("Indifference, percent"), value.indifference_percent if value else None, figures.whole),
        (_("Weakest level"), min((level for level in levels if level), default=None), figures.whole),
    ]


def _signed(number: float) -> str:
    return say_signed(round(number))
