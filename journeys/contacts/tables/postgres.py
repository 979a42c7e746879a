"""Tables of a server that speaks PostgreSQL: asked in one read-only transaction, under a time limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import psycopg
from django.utils.translation import gettext as _

from journeys.contacts.aggregate import Aggregate, Example
from journeys.contacts.clock_columns import join_names, join_times
from journeys.contacts.dialects import name_columns
from journeys.contacts.labels import channel_labels, touchpoint_labels
from journeys.contacts.limits import SAMPLE_ROWS
from journeys.contacts.mapping import Mapping
from journeys.contacts.noting import NOTED_MAX
from journeys.contacts.opening import check_width
from journeys.contacts.reading import Reading
from journeys.contacts.reasons import name_reasons
from journeys.contacts.refusals import Refused
from journeys.contacts.sample import settle, time_form_of
from journeys.contacts.sketches import count_sketch
from journeys.contacts.sources import Source
from journeys.contacts.tables.addresses import Address
from journeys.contacts.tables.postgres_connection import (
    CONNECT_SECONDS,
    Connection,
    connected,
    find_hash,
    rows_of,
    value_of,
)
from journeys.contacts.tables.postgres_counts import (
    NAMES_SQL,
    Named,
    Sum,
    aggregate_of,
    noted_sql,
    sketches_of,
    sketches_sql,
    sums_sql,
)
from journeys.contacts.tables.postgres_rows import Given, contacts_sql, rows_sql
from journeys.contacts.tables.postgres_times import TYPED, UnknownPattern
from journeys.contacts.tables.table import FIRST_ROW, READ_PERCENT, Table, Wanted, likely_customer

NAMES_MAX = 20_000


@dataclass
class PostgresTable(Table):
    """A query that a server answers."""

    types: Sequence[str]

    def count(self, mapping: Mapping, wanted: Wanted) -> Aggregate:
        with (
            connected(self.address, self.seconds) as connection,
            wanted.watch.interrupting(partial(connection.cancel_safe, timeout=CONNECT_SECONDS)),
        ):
            reading = self._reading(mapping, connection)
            given = Given(self.query, self.types, find_hash(self.address), wanted.key, self._joined(mapping))
            try:
                return self._count(connection, reading, given, wanted)
            except UnknownPattern as pattern:
                told = _("Times of the form %(form)s can't be read in a database. Have the query give timestamps.")
                raise Refused(told % {"form": pattern}) from None

    def _count(self, connection: Connection, reading: Reading, given: Given, wanted: Wanted) -> Aggregate:
        contacts, named = contacts_sql(reading, given), Named.by(reading.mapping)
        aggregate = self._sums(connection, reading.mapping, contacts, named, wanted)
        if not named.is_whole(aggregate):
            named = self._names(connection, reading, given)
            aggregate = self._sums(connection, reading.mapping, contacts, named, wanted)
        wanted.watch.tell("count", READ_PERCENT)
        if wanted.people and reading.mapping.customer:
            aggregate.sketches = sketches_of(rows_of(connection, f"{contacts} {sketches_sql(named)}"))
            aggregate.customers = {key: count_sketch(sketch) for key, sketch in aggregate.sketches.items()}
        if wanted.note and aggregate.rows.reasons:
            for place, bits, text in rows_of(connection, f"{contacts} {noted_sql(NOTED_MAX)}"):
                wanted.note(Example(self.name, place + FIRST_ROW, text or ""), name_reasons(bits))
        return aggregate

    def _sums(self, connection: Connection, mapping: Mapping, contacts: str, named: Named, wanted: Wanted) -> Aggregate:
        has = {"has_steps": bool(mapping.lifecycle), "has_customers": bool(mapping.customer) and not wanted.people}
        return aggregate_of(
            self.name, (Sum(*row) for row in rows_of(connection, f"{contacts} {sums_sql(named, **has)}"))
        )

    def _reading(self, mapping: Mapping, connection: Connection) -> Reading:
        source = self._with_customer_padding(mapping, connection)
        source, settled = join_times(source, settle(mapping, source))
        forms = [self._form(source, settled, column) for column in (settled.start, settled.end)]
        return Reading(source, settled, forms[0], forms[1])

    def _joined(self, mapping: Mapping) -> list[str]:
        return [each.sql for each in join_names(self.source.columns, mapping)[2]]

    def _form(self, source: Source, mapping: Mapping, column: str) -> str:
        kind = dict(zip(source.columns, self.types, strict=False)).get(column, "")
        return TYPED.get(kind) or time_form_of(source, mapping, column)

    def _with_customer_padding(self, mapping: Mapping, connection: Connection) -> Source:
        """The source as if its head said whether customers' ids have blanks around them."""
        if mapping.customer not in self.source.columns:
            return self.source
        place = self.source.columns.index(mapping.customer)
        texts = f"SELECT v{place}::text AS id FROM {self.source.relation} LIMIT {SAMPLE_ROWS}"  # noqa: S608
        is_padded = value_of(connection, f"SELECT coalesce(bool_or(id <> btrim(id)), false) FROM ({texts}) AS ids")  # noqa: S608
        padded = [" x" if is_padded and each == place else "" for each in range(len(self.types))]
        return replace(self.source, head=[*self.source.head, padded])

    def _names(self, connection: Connection, reading: Reading, given: Given) -> Named:
        """By all names, of which some are not written as they are counted."""
        read = f"WITH rows_read AS ({rows_sql(reading, given)})"
        found = list(rows_of(connection, f"{read} {NAMES_SQL} LIMIT {NAMES_MAX + 1}"))
        if len(found) > NAMES_MAX:
            told = _("There are more than %(n)d touchpoints and channels. Choose other columns.")
            raise Refused(told % {"n": NAMES_MAX})
        touchpoints = touchpoint_labels({row[0] for row in found}, reading.mapping)
        return Named(touchpoints, channel_labels({row[1] for row in found}))


def open_postgres(address: Address, query: str, seconds: float, customer: str = "") -> PostgresTable:
    """Raises Refused. customer: the column of which nothing is looked at; else the one that is called like it."""
    with connected(address, seconds) as connection:
        cursor = connection.execute(f"SELECT * FROM (\n{query}\n) AS given LIMIT 0".encode())  # noqa: S608
        told = cursor.description or []
        columns = name_columns([part.name for part in told])
        check_width(columns)
        types = [_type_name(part.type_code) for part in told]
        hidden = columns.index(customer) if customer in columns else likely_customer(columns)
        texts = ", ".join("''" if place == hidden else f"coalesce(v{place}::text, '')" for place in range(len(columns)))
        relation = f"(\n{query}\n) AS given({_named(len(columns))})"
        head = [list(row) for row in rows_of(connection, f"SELECT {texts} FROM {relation} LIMIT {SAMPLE_ROWS}")]  # noqa: S608
    return PostgresTable(address, query, seconds, Source("query", columns, head, relation, FIRST_ROW), types)


def _named(count: int) -> str:
    return ", ".join(f"v{place}" for place in range(count))


def _type_name(type_code: int) -> str:
    found = psycopg.adapters.types.get(type_code)
    return found.name if found else ""
