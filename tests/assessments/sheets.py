"""Hand-made figures of a round, as a result sheet holds them, for tests of what shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assessments.scoring import Score


def score(*counts: int) -> dict[str, Any]:
    """The figures of six counts; the intervals are simple ones, half a level and ten percent wide."""
    said = Score(counts)
    return {
        "n": said.n,
        "counts": list(counts),
        "median": said.median,
        "mean": said.mean,
        "low": said.mean - 0.5,
        "high": said.mean + 0.5,
        "damaged": said.damaged,
        "damaged_low": max(0.0, said.damaged - 0.1),
        "damaged_high": min(1.0, said.damaged + 0.1),
        "indifferent": said.indifferent,
        "created": said.created,
    }


def moment(position: int, title: str, **fields: Any) -> dict[str, Any]:
    """A moment that nobody has judged, unless `fields` say more."""
    return {
        "position": position,
        "title": title,
        "stage": "Before",
        "channel": "phone",
        "icon": "phone",
        "contacts_per_customer": 1.0,
        "contacts_per_year": 10_000.0,
        "seconds": 15.0,
        "manager_level": 4,
        "is_make_or_break": False,
        "is_for_customers": True,
        "views": {"staff": None, "customers": None},
        "groups": {"staff": {}, "customers": {}},
        "blind_spot": None,
        "damage": None,
        "decisions": None,
        "is_elimination_candidate": False,
        "volumes": {"times_per_week": None, "seconds": None},
        "change": {"staff": None, "customers": None},
        **fields,
    }


def figure(value: float, width: float = 2.0) -> dict[str, float]:
    return {"value": value, "low": value - width, "high": value + width}


def whole(**fields: Any) -> dict[str, Any]:
    """What one view says of the whole journey."""
    return {
        "loyalty_balance": figure(12.0),
        "indifference_percent": figure(30.0),
        "damaged": figure(0.2, 0.05),
        "customers_met": figure(4321.0, 100),
        "customers_at_risk": figure(1382.7, 50),
        "agreement": 0.41,
        "moments_counted": 3,
        **fields,
    }


def ideas(batches: Mapping[int, Sequence[int]] | None = None) -> dict[str, Any]:
    """Of one view. batches: by those whose ideas may be read, the groups under whose names."""
    listed = [{"id": batch, "groups": list(groups)} for batch, groups in (batches or {}).items()]
    groups = sorted({group for batch in listed for group in batch["groups"]})
    return {"may_be_read": bool(listed), "groups": groups, "batches": listed}


def figures(
    moments: Sequence[Mapping[str, Any]] = (), views: Sequence[str] = ("staff", "customers"), **fields: Any
) -> dict[str, Any]:
    """A whole sheet; `round` in fields adds to what is said of the round."""
    about = {
        "title": "Autumn",
        "journey": "A trip with us",
        "language": "en",
        "opened_on": "2026-11-03",
        "closed_on": "2026-11-17",
        "minimum_group": 5,
        "privacy": "anonymous",
        "audience": "both",
        "release": "at_closing",
        "customers_per_year": 10_000,
        "leave_rate_percent": 32.0,
        "is_complete": True,
        "previous": None,
    }
    return {
        "format": 1,
        "round": {**about, **fields.pop("round", {})},
        "views": list(views),
        "groups": [],
        "responses": {view: {"n": 12, "groups": {}} for view in views},
        "moments": list(moments),
        "whole": {view: whole() for view in views},
        "weakest": None,
        "enhance": [],
        "ideas": {view: ideas() for view in views},
        **fields,
    }


def judged(**fields: Any) -> dict[str, Any]:
    """Three moments, judged by staff and customers, one of them weak and a blind spot, in two groups."""
    return figures(
        [
            moment(
                0,
                "Searches a fare",
                views={"staff": score(0, 0, 4, 4, 4, 0), "customers": score(0, 1, 3, 5, 3, 0)},
                groups={"staff": {"7": {"n": 6, "mean": 4.2}, "8": {"n": 6, "mean": 3.8}}, "customers": {}},
                blind_spot={"levels": 0.2, "low": -0.4, "high": 0.8, "is_flagged": False},
                damage={"contacts_per_year": 833.3, "view": "customers"},
                decisions={"keep": 9, "enhance": 2, "eliminate": 1},
                volumes={"times_per_week": {"median": 40.0, "n": 9}, "seconds": {"median": 45.0, "n": 9}},
                change={"staff": None, "customers": {"levels": 0.8, "low": 0.3, "high": 1.3, "is_clear": True}},
            ),
            moment(
                1,
                "Books",
                stage="Before",
                views={"staff": score(0, 0, 2, 5, 5, 0), "customers": None},
                groups={"staff": {"7": {"n": 6, "mean": 4.5}, "8": None}, "customers": {}},
                is_make_or_break=True,
            ),
            moment(
                2,
                "Waits at the gate",
                stage="At the airport",
                views={"staff": score(0, 1, 2, 4, 5, 0), "customers": score(5, 4, 2, 1, 0, 0)},
                groups={"staff": {"7": {"n": 6, "mean": 2.1}, "8": {"n": 6, "mean": 3.1}}, "customers": {}},
                blind_spot={"levels": 2.2, "low": 1.5, "high": 2.9, "is_flagged": True},
                damage={"contacts_per_year": 7500.0, "view": "customers"},
                decisions={"keep": 2, "enhance": 4, "eliminate": 6},
                is_elimination_candidate=True,
                change={"staff": None, "customers": {"levels": -0.6, "low": -1.1, "high": -0.1, "is_clear": True}},
            ),
        ],
        **{
            "groups": [{"id": 7, "name": "Gate team"}, {"id": 8, "name": "Web team"}],
            "responses": {"staff": {"n": 12, "groups": {"7": 6, "8": 6}}, "customers": {"n": 12, "groups": {}}},
            "weakest": {"position": 2, "view": "customers"},
            "enhance": [{"position": 2, "contacts_per_year": 7500.0}, {"position": 0, "contacts_per_year": 833.3}],
            **fields,
        },
    )
