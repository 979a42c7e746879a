"""Counts over the table of contacts, each in one pass of DuckDB."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from journeys.contacts.aggregate import Cell, Example, Place, Rows, Span
from journeys.contacts.engine import Engine, quoted
from journeys.contacts.histogram import BIN_SQL
from journeys.contacts.limits import EXAMPLES
from journeys.contacts.reasons import BITS, LEFT_OUT, REJECTED, UNCOUNTED, name_reasons

_COUNTED = f"bits & {UNCOUNTED} = 0"
_MONTH = "strftime(date_trunc('month', began), '%Y-%m')"
DIMENSIONS = {"touchpoint": "touchpoint", "channel": "channel", "month": _MONTH, "all": "''"}
Locate = Callable[[int, str], Example]


def count_cells(engine: Engine) -> dict[Place, Cell]:
    """Contacts by touchpoint, channel and month, with their durations in bins."""
    found = engine.rows(f"""
        SELECT touchpoint, channel, month(began) + 12 * year(began) - 1 AS month, milliseconds IS NULL AS is_unknown,
            {BIN_SQL} AS bin, count(*), count(customer), sum(milliseconds)::BIGINT
        FROM contacts WHERE {_COUNTED} GROUP BY ALL
    """)  # noqa: S608
    cells: dict[Place, Cell] = {}
    for touchpoint, channel, month, is_unknown, bin_, number, identified, milliseconds in found:
        cell = cells.setdefault(Place(touchpoint, channel, f"{month // 12:04}-{month % 12 + 1:02}"), Cell())
        cell.contacts += number
        cell.identified += identified
        if not is_unknown:
            cell.bins[bin_] = (number, milliseconds)
    return cells


def count_hours(engine: Engine) -> Counter[tuple[str, int]]:
    found = engine.rows(f"""
        SELECT touchpoint, (isodow(began) - 1) * 24 + hour(began) AS hour, count(*)
        FROM contacts WHERE {_COUNTED} GROUP BY ALL
    """)  # noqa: S608
    return Counter({(touchpoint, hour): number for touchpoint, hour, number in found})


def count_days(engine: Engine) -> Counter[str]:
    found = engine.rows(f"SELECT began::DATE, count(*) FROM contacts WHERE {_COUNTED} GROUP BY ALL")  # noqa: S608
    return Counter({day.isoformat(): number for day, number in found})


def find_spans(engine: Engine, locate: Locate) -> dict[str, Span]:
    found: list[tuple[str, datetime, datetime, int]] = engine.rows(f"""
        SELECT touchpoint, min(began), max(began), min(place) FROM contacts WHERE {_COUNTED} GROUP BY ALL
    """)  # noqa: S608
    return {name: Span(first, last, locate(place, "")) for name, first, last, place in found}


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
            f"SELECT place, example FROM contacts WHERE bits & {BITS[name]} <> 0 ORDER BY place LIMIT {EXAMPLES}"  # noqa: S608
        )
        rows.examples[name] = [locate(place, text or "") for place, text in found]
    return rows


def _rows_of(engine: Engine) -> str:
    """How many rows of the log: a paired contact stands for two."""
    columns = {name for name, *_rest in engine.rows("DESCRIBE contacts")}
    return "sum(steps)::BIGINT" if "steps" in columns else "count(*)"


def count_customers(engine: Engine) -> dict[tuple[str, str], int]:
    """Distinct customers by dimension and name, exactly.

    In two levels: first each customer once, then how many customers there are. A plain count(DISTINCT) of fifty
    million rows would hold all of them in memory at once.
    """
    counts: dict[tuple[str, str], int] = {}
    for dimension, name in DIMENSIONS.items():
        found = engine.rows(f"""
            SELECT name, count(*) FROM (
                SELECT {name} AS name, customer FROM contacts WHERE {_COUNTED} AND customer IS NOT NULL GROUP BY ALL
            ) GROUP BY ALL
        """)  # noqa: S608
        counts |= {(dimension, each): number for each, number in found}
    return counts


def keep_people(engine: Engine, target: Path) -> None:
    """Write who had contacts where, as keyed hashes: what distinct customers of several logs are counted from."""
    selects = " UNION ALL ".join(
        f"SELECT '{dimension}' AS dimension, {name} AS name, customer, count(*) AS contacts "  # noqa: S608
        f"FROM contacts WHERE {_COUNTED} AND customer IS NOT NULL GROUP BY ALL"
        for dimension, name in DIMENSIONS.items()
    )
    inside = engine.new_path(".parquet")
    engine.run(f"COPY ({selects}) TO {quoted(str(inside))} (FORMAT parquet, COMPRESSION zstd)")
    shutil.move(inside, target)
