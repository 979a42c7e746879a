"""What levels, today's or wished for, make of a journey: its value and its customers at risk. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journeys.levels import Value, value_of_levels
from journeys.risk import Risk, customers_at_risk, damaged_shares


@dataclass(frozen=True, slots=True)
class Outcome:
    """value: None where no contact carries a level."""

    value: Value | None
    risk: Risk


def outcome_of(
    customers_per_year: int, contacts: Sequence[float], levels: Sequence[int | None], leave_rate_percent: float
) -> Outcome:
    """contacts: per customer a year, one a moment; levels: 1 to 6 or None; leave_rate_percent: 0 to 100.

    Moments without a level are left out of the value and count as meeting nobody badly. Source: METHOD.
    """
    risk = customers_at_risk(customers_per_year, contacts, damaged_shares(levels), leave_rate_percent)
    return Outcome(value_of_levels(levels, contacts), risk)
