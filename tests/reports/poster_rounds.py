"""A round as a poster's inputs hold it, for tests of what is printed of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.reports.poster_inputs import inputs_of

STAFF = (3.4, 2.3, 3.1, 3.9, 4.3, 4.8, 5.2, 4.4, 2.8, 2.0)
CUSTOMERS = (3.1, 1.8, 2.9, 3.2, 2.3, 4.8, 5.0, 3.2, 2.2, 1.4)


def said(staff: float | None = None, customers: float | None = None, gap: float | None = None) -> dict[str, Any]:
    """What is kept of one moment."""
    return {"staff": staff, "customers": customers, "gap": gap}


def figure(value: float, width: float) -> dict[str, float]:
    return {"value": value, "low": value - width, "high": value + width}


def frozen_round(moments: Sequence[dict[str, Any] | None] | None = None, **changes: Any) -> dict[str, Any]:
    """Ten moments judged by staff and customers, the wait at the gate a blind spot."""
    means = [said(*pair, gap=2.0 if pair == (4.3, 2.3) else None) for pair in zip(STAFF, CUSTOMERS, strict=True)]
    whole = {
        "loyalty_balance": figure(6, 4),
        "indifference_percent": figure(38, 3),
        "customers_at_risk": figure(1_900_000, 300_000),
    }
    return {
        "id": 1,
        "title": "Autumn",
        "opened_on": "2026-11-03",
        "closed_on": "2026-11-17",
        "is_complete": True,
        "minimum_group": 5,
        "leave_rate_percent": 32.0,
        "customers_per_year": 10_000_000,
        "views": ["staff", "customers"],
        "responses": {"staff": 212, "customers": 1904},
        "whole": {"staff": whole, "customers": whole},
        "is_whole": True,
        "moments": means if moments is None else list(moments),
        "next_review": "2027-02-15",
    } | changes


def round_inputs(size: str = "A3", language: str = "en", count: int = 10, **changes: Any) -> dict[str, Any]:
    """The trip with that round."""
    return inputs_of(count, size, language=language, round=frozen_round(**changes))
