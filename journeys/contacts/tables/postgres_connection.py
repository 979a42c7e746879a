"""A connection to a server that speaks PostgreSQL: read-only, one state of the data, under a time limit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.utils.translation import gettext as _

from journeys.contacts.refusals import Refused
from journeys.contacts.tables.addresses import Address
from journeys.contacts.tables.table import too_slow, unreadable

CONNECT_SECONDS = 15
# Of a command that was killed: else the server would work on for nobody. Nothing where it doesn't know this setting.
_END_WITH_US = """
    SELECT set_config(name, '10000', false) FROM pg_settings WHERE name = 'client_connection_check_interval'
"""
ROWS_AT_ONCE = 10_000
Connection = psycopg.Connection[Any]
# Ways to hash with SHA-256: PostgreSQL's own, CockroachDB's, Redshift's, that of the extension pgcrypto.
_HASHES = (
    "left(encode(sha256(convert_to({key} || {text}, 'UTF8')), 'hex'), 16)",
    "left(sha256({key} || {text}), 16)",
    "left(sha2({key} || {text}, 256), 16)",
    "left(encode(digest({key} || {text}, 'sha256'), 'hex'), 16)",
)
_KNOWN = "ba7816bf8f01cfea"  # how the hash of "abc" begins


@contextmanager
def connected(address: Address, seconds: float) -> Iterator[Connection]:
    """Raises Refused, also for what goes wrong while it is open."""
    try:
        with _connect(address) as connection:
            connection.read_only = True
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            for setting in (f"statement_timeout = {int(seconds * 1000)}", "TIME ZONE 'UTC'", "DateStyle = 'ISO'"):
                connection.execute(f"SET {setting}".encode())
            connection.execute(_END_WITH_US)
            yield connection
            connection.rollback()
    except psycopg.errors.QueryCanceled:
        raise too_slow(seconds) from None
    except (psycopg.Error, UnicodeError) as error:
        reason = address.hide(str(error)).strip().partition("\n")[0]
        raise unreadable(address.told, reason) from None


def _connect(address: Address) -> Connection:
    return psycopg.connect(
        address.place, connect_timeout=CONNECT_SECONDS, application_name="moments-of-truth", prepare_threshold=None
    )


def find_hash(address: Address) -> str:
    """How this server hashes {key} and {text}. Each way is tried by itself: one that fails ends its transaction."""
    with _connect(address) as connection:
        connection.autocommit = True
        for way in _HASHES:
            try:
                found = connection.execute(f"SELECT {way.format(key=_EMPTY, text=_ABC)}".encode()).fetchone()
            except psycopg.Error:
                continue
            if found == (_KNOWN,):
                return way
    raise Refused(
        _("%(source)s has no function that hashes with SHA-256, and customers' ids are not fetched without.")
        % {"source": address.told}
    )


_EMPTY, _ABC = "cast('' AS text)", "cast('abc' AS text)"


def rows_of(connection: Connection, sql: str) -> Iterator[tuple[Any, ...]]:
    """One by one: not all of them stand in memory at once."""
    with connection.cursor(name="contacts") as cursor:
        cursor.itersize = ROWS_AT_ONCE
        cursor.execute(sql.encode())
        yield from cursor


def value_of(connection: Connection, sql: str) -> Any:
    row = connection.execute(sql.encode()).fetchone()
    return row[0] if row else None
