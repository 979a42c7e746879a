"""Tables that DuckDB reads: a database file of its own, Parquet files, also those of an object store."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from journeys.contacts.aggregate import Aggregate
from journeys.contacts.dialects import name_columns
from journeys.contacts.engine import Engine, open_engine, quoted
from journeys.contacts.limits import SAMPLE_ROWS
from journeys.contacts.log_tables import LogTables
from journeys.contacts.mapping import Mapping
from journeys.contacts.masking import mask_of
from journeys.contacts.opening import check_width
from journeys.contacts.refusals import Refused
from journeys.contacts.sources import Source
from journeys.contacts.tables.addresses import Address
from journeys.contacts.tables.table import FIRST_ROW, READ_PERCENT, Table, Wanted, count_log, too_slow, unreadable
from journeys.contacts.tables.watching import interrupted_after

_ALL = "SELECT * FROM source"
_SECRETS = {
    "AWS_ACCESS_KEY_ID": "KEY_ID",
    "AWS_SECRET_ACCESS_KEY": "SECRET",
    "AWS_SESSION_TOKEN": "SESSION_TOKEN",
    "AWS_DEFAULT_REGION": "REGION",
    "AWS_REGION": "REGION",
}


@dataclass
class DuckTable(Table):
    """A query that DuckDB answers."""

    def count(self, mapping: Mapping, wanted: Wanted) -> Aggregate:
        with (
            _opened(self.address, self.seconds, mapping.time_zone or "UTC", wanted.folder) as engine,
            wanted.watch.interrupting(engine.connection.interrupt),
        ):
            log = LogTables(engine, mapping, has_ids=wanted.people)
            log.read_query(self.name, self.source)
            wanted.watch.tell("count", READ_PERCENT)
            return count_log(log, mask_of(mapping, self.source.columns), wanted, wanted.key)


def open_duck(address: Address, query: str, seconds: float) -> DuckTable:
    """Raises Refused."""
    with _opened(address, seconds) as engine:
        return DuckTable(address, query, seconds, _source(engine, query or _ALL))


def _source(engine: Engine, query: str) -> Source:
    given = engine.rows(f"DESCRIBE SELECT * FROM (\n{query}\n)")  # noqa: S608
    columns = name_columns([row[0] for row in given])
    check_width(columns)
    names = ", ".join(f"c{place}" for place in range(len(columns)))
    texts = ", ".join(_text(f"c{place}", row[1]) for place, row in enumerate(given))
    relation = f"(SELECT {texts} FROM (\n{query}\n) AS given({names}))"  # noqa: S608
    head = engine.rows(f"SELECT * FROM {relation} LIMIT {SAMPLE_ROWS}")  # noqa: S608
    return Source("query", columns, [list(row) for row in head], relation, FIRST_ROW)


def _text(column: str, kind: str) -> str:
    """As a file would have it; points in time in UTC, whatever the zone of the session."""
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"coalesce(timezone('UTC', {column})::VARCHAR || '+00', '') AS {column}"
    return f"coalesce({column}::VARCHAR, '') AS {column}"


@contextmanager
def _opened(address: Address, seconds: float, zone: str = "UTC", folder: Path | None = None) -> Iterator[Engine]:
    """An engine that knows the source. Raises Refused, also for whatever goes wrong while it is open."""
    import duckdb

    statements = _attached(address)
    try:
        with (
            open_engine([], zone, folder=folder, attached=statements) as engine,
            interrupted_after(seconds, engine.connection.interrupt),
        ):
            yield engine
    except duckdb.InterruptException:
        raise too_slow(seconds) from None
    except duckdb.Error as error:
        if address.kind == "remote_files" and "httpfs" in str(error):
            raise Refused(_NO_HTTPFS % {"address": address.told}) from None
        reason = address.hide(str(error)).partition("\n")[0]
        raise unreadable(address.told, reason) from None


def _attached(address: Address) -> list[str]:
    """What makes the tables of an address known by their names. Nothing can be written."""
    if address.kind == "duckdb":
        if not address.place:
            return []
        return [f"ATTACH {quoted(str(address.path))} AS given (READ_ONLY)", "SET search_path = 'log.main,given.main'"]
    if address.kind == "remote_files":
        return ["LOAD httpfs", *_secret(), _view(address.place)]
    return [_view(address.place)]


def _view(place: str) -> str:
    return f"CREATE VIEW source AS FROM read_parquet({quoted(place)}, union_by_name = true)"


def _secret() -> Sequence[str]:
    """What an object store asks for, from the usual variables of the environment."""
    given = {part: os.environ[name] for name, part in _SECRETS.items() if os.environ.get(name)}
    if endpoint := os.environ.get("AWS_ENDPOINT_URL"):
        scheme, _slashes, host = endpoint.rpartition("://")
        given |= {"ENDPOINT": host.rstrip("/"), "URL_STYLE": "path", "USE_SSL": str(scheme != "http").lower()}
    parts = ", ".join(f"{part} {quoted(value)}" for part, value in given.items())
    return [f"CREATE SECRET (TYPE s3, {parts})"] if given else []


_NO_HTTPFS = (
    "%(address)s can't be read: DuckDB's extension httpfs is not installed here. Install it once, as the user who runs "
    "this: python -c \"import duckdb; duckdb.execute('INSTALL httpfs')\""
)
