"""Contacts a year of each name, by the days that its own logs cover.

Files with the same columns are one log, whose days are those of all its files. A phone system's file of one year and a
web shop's of another month say nothing of each other's days.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from journeys.contacts.coverage import scale_covered
from journeys.contacts.year import Scaling
from journeys.models import ContactImport

Summary = dict[str, Any]


def tell_years(
    summary: Summary, imports: Sequence[ContactImport], named_in: Mapping[str, set[int]], hours: Mapping[str, list[int]]
) -> None:
    """Put a year's contacts into a summary. named_in: by name the imports that hold it; hours: by name, of the week."""
    shapes = {each.pk: each.shape for each in imports}
    days = _days_by_shape(imports)
    known: dict[frozenset[str], Scaling | None] = {}
    total = 0.0
    for told in summary["touchpoints"]:
        of = frozenset(shapes[import_id] for import_id in named_in[told["name"]])
        if of not in known:
            known[of] = scale_covered(sum((days[shape] for shape in of), Counter()))
        scaling, week = known[of], hours[told["name"]]
        by_weekday = [sum(week[24 * day : 24 * day + 24]) for day in range(7)]
        told["contacts_per_year"] = scaling.per_year(by_weekday) if scaling else None
        told["days_covered"] = scaling.days if scaling else 0
        total += told["contacts_per_year"] or 0
    if summary["year"] and known:
        covered = scale_covered(sum(days.values(), Counter()))
        days_covered = covered.days if covered else 0
        summary["year"] |= {
            "contacts": total,
            "logs": len(days),
            "gap_days": summary["year"]["days"] - days_covered,
            "days": days_covered,
            "scaled_by": _way({scaling.way for scaling in known.values() if scaling}),
        }


def _way(ways: set[str]) -> str:
    """The way to be told where logs are scaled in several: the roughest."""
    return next(way for way in ("days_seen", "weekdays", "whole_years") if way in ways)


def _days_by_shape(imports: Sequence[ContactImport]) -> dict[str, Counter[str]]:
    days: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in imports:
        days[each.shape] += Counter(each.days)
    return dict(days)
