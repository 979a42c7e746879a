"""Distinct customers, exactly: each customer once with a bit for every touchpoint, channel and month, then the bits.

A count(DISTINCT) of fifty million rows would hold them all in memory at once; this holds each customer once, and DuckDB
can put those aside on disk.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from journeys.contacts.engine import Engine, quoted
from journeys.contacts.labels import Labels
from journeys.contacts.reasons import UNCOUNTED

KNOWN = f"bits & {UNCOUNTED} = 0 AND customer IS NOT NULL"
_WORD = 63  # bits

Customers = dict[tuple[str, str], int]  # by dimension and name


@dataclass(frozen=True)
class Dimension:
    """What customers are counted by. code: SQL of a number below len(names), the place of a contact's name."""

    name: str
    code: str
    names: list[str]


def dimensions_of(touchpoints: Labels, channels: Labels, first_month: int, last_month: int) -> list[Dimension]:
    """Months are numbered from year 0, twelve a year."""
    months = [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first_month, last_month + 1)]
    return [
        Dimension("touchpoint", touchpoints.code_sql(), touchpoints.distinct),
        Dimension("channel", channels.code_sql(), channels.distinct),
        Dimension("month", f"(12 * year(began) + month(began) - 1 - {first_month})::INTEGER", months),
    ]


def count_customers(engine: Engine, dimensions: list[Dimension]) -> Customers:
    """By every name of every dimension, and by ("all", "")."""
    if sum(len(dimension.names) for dimension in dimensions) <= _WORD:
        return _count_together(engine, dimensions)
    everybody = engine.value(f"SELECT count(*) FROM (SELECT customer FROM contacts WHERE {KNOWN} GROUP BY 1)")  # noqa: S608
    counts: Customers = {("all", ""): everybody}
    for dimension in dimensions:
        counts |= _count_by(engine, dimension)
    return counts


def _count_together(engine: Engine, dimensions: list[Dimension]) -> Customers:
    """All dimensions in the bits of one number."""
    keys: list[tuple[str, str]] = []
    shifts: list[str] = []
    for dimension in dimensions:
        shifts.append(f"(1::UBIGINT << ({dimension.code} + {len(keys)}))")
        keys += [(dimension.name, name) for name in dimension.names]
    ((total, *counts),) = engine.rows(f"""
        SELECT count(*), {_sums(len(keys))} FROM (
            SELECT customer, bit_or({" | ".join(shifts)}) AS met FROM contacts WHERE {KNOWN} GROUP BY customer
        )
    """)  # noqa: S608
    return {("all", ""): total} | {key: count for key, count in zip(keys, counts, strict=True) if count}


def _count_by(engine: Engine, dimension: Dimension) -> Customers:
    """One dimension with any number of names, in as many words of bits as it takes."""
    found = engine.rows(f"""
        SELECT word, {_sums(_WORD)} FROM (
            SELECT customer, code // {_WORD} AS word, bit_or(1::UBIGINT << (code % {_WORD})) AS met
            FROM (SELECT customer, {dimension.code} AS code FROM contacts WHERE {KNOWN}) GROUP BY ALL
        ) GROUP BY word
    """)  # noqa: S608
    return {
        (dimension.name, dimension.names[word * _WORD + bit]): count
        for word, *counts in found
        for bit, count in enumerate(counts)
        if count
    }


def _sums(bits: int) -> str:
    return ", ".join(f"count_if(met & {1 << bit}::UBIGINT <> 0)" for bit in range(bits))


@dataclass(frozen=True)
class Keep:
    """Where to write customers' hashes, and the key to make them with of ids; None where contacts hold them already."""

    target: Path
    key: str | None


def hash_sql(customer: str, key: str) -> str:
    """What stands for a customer wherever counts add up: 64 bits, that nobody can tell the id from without the key.

    The database holds those of earlier logs, so that they may never change.
    """
    return f"('0x' || left(sha256({quoted(key)} || {customer}), 16))::UBIGINT"


def keep_people(engine: Engine, dimensions: list[Dimension], keep: Keep) -> None:
    """Write who had contacts where, as keyed hashes: what distinct customers of several counts are counted from."""
    hashed = "customer" if keep.key is None else hash_sql("customer", keep.key)
    engine.run(f"""
        CREATE TABLE hashed AS
        SELECT customer AS id, {hashed} AS hash FROM (SELECT DISTINCT customer FROM contacts WHERE {KNOWN})
    """)  # noqa: S608
    everybody = Dimension("all", "0", [""])
    selects = " UNION ALL ".join(map(_people_sql, (*dimensions, everybody)))
    inside = engine.new_path(".parquet")
    engine.run(f"COPY ({selects}) TO {quoted(str(inside))} (FORMAT parquet, COMPRESSION zstd)")
    shutil.move(inside, keep.target)


def _people_sql(dimension: Dimension) -> str:
    names = ", ".join(map(quoted, dimension.names))
    return f"""
        SELECT '{dimension.name}' AS dimension, [{names}][code + 1] AS name, hash AS customer, number AS contacts
        FROM (
            SELECT {dimension.code} AS code, customer, count(*) AS number FROM contacts WHERE {KNOWN} GROUP BY ALL
        ) JOIN hashed ON customer = id
    """  # noqa: S608
