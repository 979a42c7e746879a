"""The whole journey's part of the sheet, one view at a time; the two are never mixed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assessments.agreement import agreement
from assessments.bootstrap import resample
from assessments.choices import Question, View
from assessments.intervals import Interval, percentiles
from assessments.profiles import unpack
from assessments.scoring import order_of_enhancement, risk_of_scores, value_of_scores, weakest_moment
from assessments.sheet_moments import Asked

if TYPE_CHECKING:
    import numpy


def whole_figures(asked: Asked, view: View) -> dict[str, Any] | None:
    """None where no moment of this view may be shown."""
    scores = asked.scores[view]
    if not any(scores):
        return None
    values, intervals = _values(asked, view), _intervals(asked, view)
    return {
        **{name: _figure(value, intervals.get(name)) for name, value in values.items()},
        "agreement": agreement([score.counts for score in scores if score]),
        "moments_counted": sum(score is not None for score in scores),
    }


def judging_view(asked: Asked) -> View | None:
    """The view by which damage is told: customers', or staff's where no customer's answer may be shown."""
    return next((view for view in (View.CUSTOMERS, View.STAFF) if any(asked.scores[view])), None)


def weakest_figures(asked: Asked) -> dict[str, Any] | None:
    judge = judging_view(asked)
    position = weakest_moment(asked.scores[View.CUSTOMERS], asked.scores[View.STAFF])
    if judge is None or position is None:
        return None
    return {"position": asked.moments[position].position, "view": judge.value}


def enhance_figures(asked: Asked, judge: View | None) -> list[dict[str, Any]]:
    """The moments that do damage, the most a year first."""
    if judge is None:
        return []
    scores, contacts = asked.scores[judge], [asked.contacts_per_year(moment) for moment in asked.moments]
    return [
        {"position": asked.moments[index].position, "contacts_per_year": contacts[index] * score.damaged}
        for index in order_of_enhancement(scores, contacts)
        if (score := scores[index])
    ]


def _values(asked: Asked, view: View) -> dict[str, float | None]:
    """Contacts a customer weigh as contacts a year do: N stands above and below the line."""
    scores, contacts = asked.scores[view], [moment.contacts_per_customer for moment in asked.moments]
    value = value_of_scores(scores, contacts, asked.round.minimum_group)
    risk = risk_of_scores(asked.round.customers_per_year, contacts, scores, asked.round.leave_rate_percent)
    return {
        "loyalty_balance": value.loyalty_balance if value else None,
        "indifference_percent": value.indifference_percent if value else None,
        "damaged": value.damaged if value else None,
        "customers_met": risk.customers_met,
        "customers_at_risk": risk.customers_at_risk,
    }


def _intervals(asked: Asked, view: View) -> dict[str, Interval]:
    """Of the same figures, over respondents; none while their batches are not counted in full."""
    import numpy

    counted = [index for index, score in enumerate(asked.scores[view]) if score]
    rows = _shown_levels(asked, view, counted)
    if rows is None:
        return {}
    samples = resample(*rows, asked.seed("whole", view.value))
    contacts = numpy.array([asked.moments[index].contacts_per_customer for index in counted])
    with numpy.errstate(invalid="ignore"):
        met_by = numpy.where(samples.rated > 0, contacts, 0)
        damaged, indifferent = (
            numpy.nansum(contacts * shares, axis=1) / met_by.sum(axis=1)
            for shares in (samples.damaged, samples.indifferent)
        )
    met = asked.round.customers_per_year * -numpy.expm1(-numpy.nansum(contacts * samples.damaged, axis=1))
    drawn = {
        "loyalty_balance": 100 * (1 - indifferent - 2 * damaged),
        "indifference_percent": 100 * indifferent,
        "damaged": damaged,
        "customers_met": met,
        "customers_at_risk": met * asked.round.leave_rate_percent / 100,
    }
    finite = {name: values[numpy.isfinite(values)] for name, values in drawn.items()}
    return {name: percentiles(values) for name, values in finite.items() if len(values)}


def _shown_levels(asked: Asked, view: View, counted: Sequence[int]) -> tuple[numpy.ndarray, numpy.ndarray] | None:
    """Levels of the counted moments, 0 where a batch may not show one, and how many people said the same."""
    import numpy

    published = asked.published[view]
    parts = []
    for batch in published.batches:
        if batch.profiles is None:
            return None
        levels, people = unpack(batch.profiles, len(asked.moments))
        is_open = [batch in published.open_batches(Question.LEVEL, asked.moments[index].position) for index in counted]
        parts.append((levels[:, counted] * numpy.array(is_open), people))
    levels, people = (numpy.concatenate(columns) for columns in zip(*parts, strict=True))
    says = levels.any(axis=1)
    return _merge(levels[says], people[says]) if says.any() else None


def _merge(levels: numpy.ndarray, people: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Who is alike in what is shown stands in one row, so that nothing hidden moves the drawing of samples."""
    import numpy

    rows, row_of = numpy.unique(levels, axis=0, return_inverse=True)
    return rows, numpy.bincount(row_of.ravel(), weights=people).astype(people.dtype)


def _figure(value: float | None, interval: Interval | None) -> dict[str, float | None] | None:
    if value is None:
        return None
    return {"value": value, "low": interval.low if interval else None, "high": interval.high if interval else None}
