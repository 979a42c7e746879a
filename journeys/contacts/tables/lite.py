"""Tables of an SQLite file. SQLite can't hash: rows are read one by one, and hashed before they are put aside."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from journeys.contacts.aggregate import Aggregate
from journeys.contacts.dialects import name_columns
from journeys.contacts.engine import open_engine
from journeys.contacts.limits import SAMPLE_ROWS
from journeys.contacts.log_tables import LogTables
from journeys.contacts.mapping import Mapping
from journeys.contacts.masking import mask_of
from journeys.contacts.opening import check_width
from journeys.contacts.sources import Source, written_source
from journeys.contacts.tables.addresses import Address
from journeys.contacts.tables.table import FIRST_ROW, READ_PERCENT, Table, Wanted, count_log, too_slow, unreadable
from journeys.contacts.tables.watching import interrupted_after


@dataclass
class LiteTable(Table):
    """A query that SQLite answers."""

    def count(self, mapping: Mapping, wanted: Wanted) -> Aggregate:
        with (
            open_engine([], mapping.time_zone or "UTC", folder=wanted.folder) as engine,
            wanted.watch.interrupting(engine.connection.interrupt),
        ):
            with (
                _opened(self.address, self.seconds) as connection,
                wanted.watch.interrupting(connection.interrupt),
            ):
                rows = _hashed(_rows(connection, self.query), mapping, self.source, wanted.key)
                written = written_source([self.source.columns], engine, "query", rows)
            wanted.watch.tell("count", READ_PERCENT)
            source = replace(written, first_row=FIRST_ROW, head=self.source.head, columns=self.source.columns)
            log = LogTables(engine, replace(mapping, unknown_customers=()), has_hashes=True)
            log.read_query(self.name, source)
            return count_log(log, mask_of(mapping, source.columns), wanted, None)


def open_lite(address: Address, query: str, seconds: float) -> LiteTable:
    """Raises Refused."""
    with _opened(address, seconds) as connection:
        cursor = connection.execute(f"SELECT * FROM (\n{query}\n) LIMIT 0")  # noqa: S608
        columns = name_columns([part[0] for part in cursor.description])
        check_width(columns)
        head = [row for row, _place in zip(_rows(connection, query), range(SAMPLE_ROWS), strict=False)]
        return LiteTable(address, query, seconds, Source("query", columns, head, "", FIRST_ROW))


@contextmanager
def _opened(address: Address, seconds: float) -> Iterator[sqlite3.Connection]:
    place = f"{address.path.resolve().as_uri()}?mode=ro"
    try:
        with (
            closing(sqlite3.connect(place, uri=True, check_same_thread=False)) as connection,
            interrupted_after(seconds, connection.interrupt),
        ):
            yield connection
    except sqlite3.Error as error:
        if str(error) == "interrupted":
            raise too_slow(seconds) from None
        raise unreadable(address.told, error) from None


def _rows(connection: sqlite3.Connection, query: str) -> Iterator[list[str]]:
    cursor = connection.execute(f"SELECT * FROM (\n{query}\n)")  # noqa: S608
    for row in cursor:
        yield [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell).replace("\0", "")


def _hashed(rows: Iterator[list[str]], mapping: Mapping, source: Source, key: str) -> Iterator[list[str]]:
    """Rows whose customer is a hash in hexadecimal, "" where nobody is known."""
    if not mapping.customer or mapping.customer not in source.columns:
        yield from rows
        return
    place = source.columns.index(mapping.customer)
    is_padded = any(row[place] != row[place].strip() for row in source.head)
    unknown = {"", *mapping.unknown_customers}
    for row in rows:
        customer = row[place].strip(" ") if is_padded else row[place]
        row[place] = "" if customer in unknown else sha256((key + customer).encode()).hexdigest()[:16]
        yield row
