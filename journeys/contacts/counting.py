"""Counts over the view of contacts, each in one pass of DuckDB."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from journeys.contacts.aggregate import Cell, Example, Place, Rows, Span
from journeys.contacts.customers import Customers, Keep, count_customers, dimensions_of, keep_people
from journeys.contacts.engine import Engine
from journeys.contacts.histogram import BIN_SQL
from journeys.contacts.labels import Labels, channel_labels, touchpoint_labels
from journeys.contacts.limits import EXAMPLES
from journeys.contacts.mapping import Mapping
from journeys.contacts.reasons import LEFT_OUT, REJECTED, UNCOUNTED, has_reason_sql, name_reasons

_COUNTED = f"bits & {UNCOUNTED} = 0"
_MONTH = "(12 * year(began) + month(began) - 1)::INTEGER"
Locate = Callable[[int, str], Example]


@dataclass
class Counts:
    """Everything that is counted of contacts."""

    cells: dict[Place, Cell] = field(default_factory=dict)
    hours: Counter[tuple[str, int]] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    spans: dict[str, Span] = field(default_factory=dict)
    customers: Customers = field(default_factory=dict)


def count_all(engine: Engine, mapping: Mapping, locate: Locate, keep: Keep | None) -> Counts:
    """Counts of all contacts. keep: where to write customers' hashes, made of their ids."""
    counts = Counts()
    found = engine.rows(f"""
        SELECT touchpoint, channel, ((isodow(began) - 1) * 24 + hour(began))::UTINYINT AS hour,
            count(*), min(began), max(began), min(place)
        FROM contacts WHERE {_COUNTED} GROUP BY ALL
    """)  # noqa: S608
    touchpoints = touchpoint_labels({row[0] for row in found}, mapping)
    channels = channel_labels({row[1] for row in found})
    for touchpoint, _channel, hour, number, first, last, place in found:
        label = touchpoints.labels[touchpoint]
        counts.hours[label, hour] += number
        counts.spans[label] = _widen(counts.spans.get(label), first, last, place, locate)
    if found:
        dimensions = dimensions_of(touchpoints, channels, *_months(counts.spans))
        touchpoints.make_type(engine)
        channels.make_type(engine)
        counts.cells = _count_cells(engine, touchpoints, channels)
        counts.days = _count_days(engine)
        counts.customers = count_customers(engine, dimensions) if mapping.customer else {}
        if keep:
            keep_people(engine, dimensions, keep)
    return counts


def _widen(span: Span | None, first: datetime, last: datetime, place: int, locate: Locate) -> Span:
    if span is None:
        return Span(first, last, place, locate(place, ""))
    place = min(place, span.place)
    return Span(min(first, span.first), max(last, span.last), place, locate(place, ""))


def _months(spans: dict[str, Span]) -> tuple[int, int]:
    first, last = min(span.first for span in spans.values()), max(span.last for span in spans.values())
    return 12 * first.year + first.month - 1, 12 * last.year + last.month - 1


def _count_cells(engine: Engine, touchpoints: Labels, channels: Labels) -> dict[Place, Cell]:
    """Contacts by touchpoint, channel and month, with their durations in bins."""
    found = engine.rows(f"""
        SELECT {touchpoints.code_sql()} AS touchpoint, {channels.code_sql()} AS channel, {_MONTH} AS month,
            {BIN_SQL} AS bin, count(*), count(customer), sum(milliseconds)::BIGINT
        FROM contacts WHERE {_COUNTED} GROUP BY ALL
    """)  # noqa: S608
    names, ways = touchpoints.distinct, channels.distinct
    cells: dict[tuple[int, int, int], Cell] = {}
    for touchpoint, channel, month, bin_, number, identified, milliseconds in found:
        cell = cells.setdefault((touchpoint, channel, month), Cell())
        cell.contacts += number
        cell.identified += identified
        if bin_ is not None:
            cell.bins[bin_] = (number, milliseconds)
    return {
        Place(names[touchpoint], ways[channel], f"{month // 12:04}-{month % 12 + 1:02}"): cell
        for (touchpoint, channel, month), cell in cells.items()
    }


def _count_days(engine: Engine) -> Counter[str]:
    found = engine.rows(f"SELECT began::DATE, count(*) FROM contacts WHERE {_COUNTED} GROUP BY ALL")  # noqa: S608
    return Counter({day.isoformat(): number for day, number in found})


def count_reasons(engine: Engine, locate: Locate) -> Rows:
    """The reasons of all rows; a row with several counts once as rejected, left out or doubtful."""
    rows = Rows()
    for bits, number in engine.rows(f"SELECT bits, {_rows_of(engine)} FROM contacts GROUP BY ALL"):  # noqa: S608
        names = name_reasons(bits)
        rows.reasons.update(dict.fromkeys(names, number))
        rows.read += number
        if any(name in REJECTED for name in names):
            rows.rejected += number
        elif any(name in LEFT_OUT for name in names):
            rows.left_out += number
        else:
            rows.counted += number
            rows.doubtful += number if names else 0
    for name in rows.reasons:
        found = engine.rows(
            f"SELECT place, example FROM contacts WHERE {has_reason_sql(name)} ORDER BY place LIMIT {EXAMPLES}"  # noqa: S608
        )
        rows.examples[name] = [locate(place, text or "") for place, text in found]
    return rows


def _rows_of(engine: Engine) -> str:
    """How many rows of the log: a paired contact stands for two."""
    columns = {name for name, *_rest in engine.rows("DESCRIBE contacts")}
    return "sum(steps)::BIGINT" if "steps" in columns else "count(*)"
