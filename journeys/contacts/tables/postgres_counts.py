"""Counts of a query's contacts inside PostgreSQL: one statement whose rows are sums, and one for customers' hashes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from math import log
from typing import Any, NamedTuple

from journeys.contacts.aggregate import Aggregate, Cell, Example, FileRead, Place, Rows, Span
from journeys.contacts.customers import KNOWN
from journeys.contacts.histogram import STEP
from journeys.contacts.labels import Labels, channel_labels, is_clean, touchpoint_labels
from journeys.contacts.limits import EXAMPLES
from journeys.contacts.mapping import Mapping
from journeys.contacts.merging import widen
from journeys.contacts.reasons import LEFT_OUT, REJECTED, UNCOUNTED, name_reasons
from journeys.contacts.sketches import KEPT, Sketches
from journeys.contacts.tables.postgres_rows import labelled
from journeys.contacts.tables.table import FIRST_ROW

_COUNTED = f"FROM contacts WHERE bits & {UNCOUNTED} = 0"
_HOUR = "((extract(isodow FROM began) - 1) * 24 + extract(hour FROM began))::int"
_BIN = f"""CASE WHEN milliseconds > 0
    THEN 1 + floor(ln(milliseconds::double precision) / {log(STEP)!r}::double precision) ELSE milliseconds END::int"""
_MONTH, _DAY = "to_char(began, 'YYYY-MM')", "to_char(began, 'YYYY-MM-DD')"


class Sum(NamedTuple):
    """A row of what was counted. part: what it is; a, b, c, number: of what; the rest as each part needs it."""

    part: str
    a: str | None
    b: str | None
    c: str | None
    number: int | None
    contacts: int
    identified: int | None
    milliseconds: Any
    first: datetime | None
    last: datetime | None
    place: int | None


@dataclass(frozen=True)
class Named:
    """What the names in a query are counted as."""

    touchpoints: Labels
    channels: Labels

    @classmethod
    def by(cls, mapping: Mapping) -> Named:
        """As long as every name is written as it is counted, but for those that the mapping names."""
        return cls(touchpoint_labels(mapping.names, mapping), channel_labels([]))

    @staticmethod
    def is_whole(aggregate: Aggregate) -> bool:
        """Whether all names that were counted are written as they are counted."""
        return all(is_clean(place.touchpoint) and is_clean(place.channel) for place in aggregate.cells)

    @property
    def dimensions(self) -> list[tuple[str, str]]:
        """Name, and SQL of a contact's."""
        return [
            ("touchpoint", labelled("touchpoint", self.touchpoints.labels)),
            ("channel", labelled("channel", self.channels.labels)),
            ("month", _MONTH),
            ("all", "''"),
        ]


NAMES_SQL = f"SELECT DISTINCT touchpoint, channel FROM rows_read WHERE bits & {UNCOUNTED} = 0"  # noqa: S608


def sums_sql(named: Named, *, has_steps: bool, has_customers: bool) -> str:
    """SELECT of `Sum`s over `contacts`."""
    (_touchpoint, touchpoint), (_channel, channel) = named.dimensions[:2]
    rows = "sum(steps)" if has_steps else "count(*)"
    parts = [
        f"""SELECT 'rows', NULL::text, NULL::text, NULL::text, bits::int, {rows}::bigint, NULL::bigint, NULL::numeric,
            NULL::timestamp, NULL::timestamp, NULL::bigint FROM contacts GROUP BY bits""",  # noqa: S608
        f"""SELECT 'example', example, NULL, NULL, bits, 0, NULL, NULL, NULL, NULL, place FROM (
            SELECT bits, place, example, row_number() OVER (PARTITION BY bits ORDER BY place) AS turn
            FROM contacts WHERE bits <> 0) AS told WHERE turn <= {EXAMPLES}""",  # noqa: S608
        f"""SELECT 'cell', {touchpoint}, {channel}, {_MONTH}, {_BIN}, count(*), count(customer), sum(milliseconds),
            NULL, NULL, NULL {_COUNTED} GROUP BY 2, 3, 4, 5""",
        f"""SELECT 'hour', {touchpoint}, NULL, NULL, {_HOUR}, count(*), NULL, NULL, min(began), max(began), min(place)
            {_COUNTED} GROUP BY 2, 5""",
        f"""SELECT 'day', {_DAY}, NULL, NULL, NULL, count(*), NULL, NULL, NULL, NULL, NULL {_COUNTED} GROUP BY 2""",
    ]
    parts += [_people(name, sql) for name, sql in named.dimensions if has_customers]
    return "\nUNION ALL ".join(parts)


def _people(dimension: str, sql: str) -> str:
    return f"""SELECT 'people', '{dimension}', {sql}, NULL, NULL, count(DISTINCT customer), NULL, NULL, NULL, NULL, NULL
        FROM contacts WHERE {KNOWN} GROUP BY 3"""  # noqa: S608


def sketches_sql(named: Named) -> str:
    """SELECT of dimension, name and hash: of each the smallest."""
    hashes = "\nUNION ALL ".join(
        f"SELECT DISTINCT '{dimension}'::text AS dimension, {sql}::text AS name, customer FROM contacts WHERE {KNOWN}"  # noqa: S608
        for dimension, sql in named.dimensions
    )
    return f"""
        SELECT dimension, name, customer FROM (
            SELECT hashes.*, row_number() OVER (PARTITION BY dimension, name ORDER BY customer) AS turn
            FROM ({hashes}) AS hashes
        ) AS ranked WHERE turn <= {KEPT} ORDER BY dimension, name, customer
    """  # noqa: S608


def noted_sql(most: int) -> str:
    return f"SELECT place, bits, example FROM contacts WHERE bits <> 0 ORDER BY place LIMIT {most}"  # noqa: S608


def aggregate_of(name: str, sums: Iterable[Sum]) -> Aggregate:
    """What was counted, as files are counted."""
    total, examples = Aggregate(), list[Sum]()
    add: dict[str, Callable[[Sum], None]] = {
        "rows": lambda it: _add_rows(total.rows, it),
        "example": examples.append,
        "cell": lambda it: _add_cell(total, it),
        "hour": lambda it: _add_hour(total, name, it),
        "day": lambda it: total.days.update({str(it.a): it.contacts}),
        "people": lambda it: total.customers.update({(str(it.a), str(it.b)): it.contacts}),
    }
    for each in sums:
        add[each.part](each)
    total.rows.examples = _examples(name, examples)
    total.files = [FileRead(name, 0, "query", total.rows.read)]
    return total


def _add_rows(rows: Rows, it: Sum) -> None:
    names = name_reasons(it.number or 0)
    rows.reasons.update(dict.fromkeys(names, it.contacts))
    rows.read += it.contacts
    if any(name in REJECTED for name in names):
        rows.rejected += it.contacts
    elif any(name in LEFT_OUT for name in names):
        rows.left_out += it.contacts
    else:
        rows.counted += it.contacts
        rows.doubtful += it.contacts if names else 0


def _add_cell(total: Aggregate, it: Sum) -> None:
    cell = total.cells.setdefault(Place(str(it.a), str(it.b), str(it.c)), Cell())
    cell.contacts += it.contacts
    cell.identified += it.identified or 0
    if it.number is not None:
        cell.bins[it.number] = (it.contacts, int(it.milliseconds))


def _add_hour(total: Aggregate, name: str, it: Sum) -> None:
    label, place = str(it.a), it.place or 0
    total.hours[label, it.number or 0] += it.contacts
    if it.first is None or it.last is None:  # of what is counted there is always one
        return
    span = Span(it.first, it.last, place, Example(name, place + FIRST_ROW, ""))
    total.spans[label] = widen(total.spans.get(label, span), span)


def _examples(name: str, found: Sequence[Sum]) -> dict[str, list[Example]]:
    examples: defaultdict[str, list[Example]] = defaultdict(list)
    for it in sorted(found, key=lambda each: each.place or 0):
        for reason in name_reasons(it.number or 0):
            if len(examples[reason]) < EXAMPLES:
                examples[reason].append(Example(name, (it.place or 0) + FIRST_ROW, it.a or ""))
    return dict(examples)


def sketches_of(rows: Iterator[tuple[str, str, str]]) -> Sketches:
    """rows: in order."""
    return {
        key: b"".join(int(customer, 16).to_bytes(8, "little") for _dimension, _name, customer in found)
        for key, found in groupby(rows, key=lambda row: (row[0], row[1]))
    }
