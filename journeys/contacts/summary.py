"""What a count says, as plain values: the command prints it and pages show it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from journeys.contacts.aggregate import Aggregate, Cell, Rows
from journeys.contacts.histogram import quantiles
from journeys.contacts.reasons import DOUBTFUL, LEFT_OUT
from journeys.contacts.year import Scaling, scale

FORMAT = 1


def summarise(aggregate: Aggregate) -> dict[str, Any]:
    """docs/contact-logs.md describes it. Names with the most contacts come first; months in their order."""
    scaling = scale(aggregate.days)
    weekdays = _by_weekday(aggregate)
    whole = aggregate.cells_by("").get("", Cell())
    spans = aggregate.spans.values()
    estimated = {"customers_estimated_from_one_in": aggregate.sampled} if aggregate.sampled > 1 else {}
    return {
        "format": FORMAT,
        "files": [_file(aggregate, place) for place in range(len(aggregate.files))],
        "rows": _rows(aggregate.rows),
        **_figures(whole, aggregate.customers.get(("all", ""), 0)),
        **estimated,
        "first": min(span.first for span in spans).isoformat() if spans else None,
        "last": max(span.last for span in spans).isoformat() if spans else None,
        "year": _year(scaling, [sum(day) for day in zip(*weekdays.values(), strict=True)] if weekdays else []),
        "hours_of_week": _hours(aggregate),
        "touchpoints": [
            _touchpoint(aggregate, name, cell, scaling, weekdays[name])
            for name, cell in _ranked(aggregate, "touchpoint")
        ],
        "channels": _named(aggregate, "channel"),
        "months": sorted(_named(aggregate, "month"), key=lambda month: str(month["name"])),
    }


def _file(aggregate: Aggregate, place: int) -> dict[str, Any]:
    file = aggregate.files[place]
    told: dict[str, Any] = {"name": file.name, "bytes": file.bytes}
    return told | ({"same_as": file.same_as} if file.same_as else {"kind": file.kind, "rows": file.rows})


def _rows(rows: Rows) -> dict[str, Any]:
    by_group: dict[str, dict[str, Any]] = {"rejected": {}, "left_out": {}, "doubtful": {}}
    for reason, number in sorted(rows.reasons.items(), key=lambda item: (-item[1], item[0])):
        group = "doubtful" if reason in DOUBTFUL else "left_out" if reason in LEFT_OUT else "rejected"
        by_group[group][reason] = {
            "rows": number,
            "examples": [example._asdict() for example in rows.examples.get(reason, [])],
        }
    return {
        "read": rows.read,
        "counted": rows.counted,
        "rejected": {"rows": rows.rejected, "reasons": by_group["rejected"]},
        "left_out": {"rows": rows.left_out, "reasons": by_group["left_out"]},
        "doubtful": {"rows": rows.doubtful, "reasons": by_group["doubtful"]},
    }


def _figures(cell: Cell, customers: int) -> dict[str, Any]:
    """Figures of contacts. customers and contacts_per_customer leave out contacts whose customer is unknown."""
    median, ninth = quantiles(cell.bins, (0.5, 0.9))
    return {
        "contacts": cell.contacts,
        "customers": customers,
        "contacts_without_customer": cell.contacts - cell.identified,
        "contacts_per_customer": cell.identified / customers if customers else None,
        "seconds": {
            "known": cell.timed,
            "sum": cell.milliseconds / 1_000,
            "mean": cell.milliseconds / 1_000 / cell.timed if cell.timed else None,
            "median": median,
            "p90": ninth,
        },
        "zero_percent": 100 * cell.zeros / cell.contacts if cell.contacts else None,
        "unknown_percent": 100 * (cell.contacts - cell.timed) / cell.contacts if cell.contacts else None,
    }


def _ranked(aggregate: Aggregate, part: str) -> list[tuple[str, Cell]]:
    return sorted(aggregate.cells_by(part).items(), key=lambda item: (-item[1].contacts, item[0]))


def _named(aggregate: Aggregate, part: str) -> list[dict[str, Any]]:
    return [
        {"name": name, **_figures(cell, aggregate.customers.get((part, name), 0))}
        for name, cell in _ranked(aggregate, part)
    ]


def _touchpoint(
    aggregate: Aggregate, name: str, cell: Cell, scaling: Scaling | None, by_weekday: list[int]
) -> dict[str, Any]:
    span = aggregate.spans[name]
    return {
        "name": name,
        **_figures(cell, aggregate.customers.get(("touchpoint", name), 0)),
        "contacts_per_year": scaling.per_year(by_weekday) if scaling else None,
        "first": span.first.isoformat(),
        "last": span.last.isoformat(),
        "example": {"file": span.example.file, "row": span.example.row},
        "channels": _shares(aggregate, name, "channel"),
        "months": dict(sorted(_shares(aggregate, name, "month").items())),
    }


def _shares(aggregate: Aggregate, name: str, part: str) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for place, cell in aggregate.cells.items():
        if place.touchpoint == name:
            counts[getattr(place, part)] += cell.contacts
    return dict(counts.most_common())


def _by_weekday(aggregate: Aggregate) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0] * 7)
    for (touchpoint, hour), number in aggregate.hours.items():
        found[touchpoint][hour // 24] += number
    return found


def _hours(aggregate: Aggregate) -> list[int]:
    """Contacts by hour of the week, from Monday 0:00."""
    hours = [0] * 168
    for (_touchpoint_name, hour), number in aggregate.hours.items():
        hours[hour] += number
    return hours


def _year(scaling: Scaling | None, by_weekday: list[int]) -> dict[str, Any] | None:
    if scaling is None:
        return None
    return {
        "contacts": scaling.per_year(by_weekday),
        "scaled_by": scaling.way,
        "first_day": scaling.first,
        "last_day": scaling.last,
        "days": scaling.days,
        "days_with_contacts": scaling.days_with_contacts,
        "dates_by_weekday": list(scaling.dates),
    }
