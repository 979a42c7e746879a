"""Contacts out of lines that were set aside, once the database has judged them: who their customers are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from journeys.contacts.customers import KNOWN
from journeys.contacts.engine import Engine
from journeys.contacts.plain.cells import MONTHS_MOST, join_cells
from journeys.contacts.plain.dates import FIRST_YEAR, YEARS
from journeys.contacts.plain.parting import Places, Truths
from journeys.contacts.plain.rows import mix_rows
from journeys.contacts.plain.shared import Shared
from journeys.contacts.plain.tally import SECONDS_BITS, UNKNOWN
from journeys.contacts.plain.unfit import Unfit
from journeys.contacts.plain.words import Numbers, mix, number_texts

_PIECE = 50_000


class Rest(NamedTuple):
    """Rows that the database counted. places: as `LogTables` numbers them; rows: a number for all that a row says."""

    places: Places
    is_doubtful: Truths
    customers: Numbers
    cells: Places
    rows: Numbers


def read_rest(engine: Engine, shared: Shared) -> Iterator[Rest]:
    """Counted rows whose customer is known, in pieces. Raises Unfit."""
    found = engine.connection.execute(f"""
        SELECT place, bits, customer, touchpoint, channel, epoch_us(began), milliseconds FROM contacts WHERE {KNOWN}
    """)  # noqa: S608
    while piece := found.fetchmany(_PIECE):
        yield _numbered(piece, shared)


def _numbered(piece: list[tuple[Any, ...]], shared: Shared) -> Rest:
    places, bits, ids, touchpoints, channels, began, milliseconds = zip(*piece, strict=True)
    texts = [each.encode() for each in ids]
    customers = number_texts(texts)
    if shared.hashes:
        shared.hashes.note(customers, np.array([len(text) for text in texts], np.int64), texts.__getitem__)
    times = np.array(began, np.int64)
    took = np.array([UNKNOWN * 1_000 if each is None else each for each in milliseconds], np.int64)
    cells = join_cells(
        np.array([shared.touchpoints.code(name) for name in touchpoints], np.int64),
        np.array([shared.channels.code(name) for name in channels], np.int64),
        _months(times, shared),
    )
    rows = mix_rows(customers, times // 1_000_000, cells << SECONDS_BITS | took // 1_000)
    rows ^= mix((times % 1_000_000 * 1_000 + took % 1_000).view(np.uint64))  # nothing for whole seconds
    return Rest(
        np.array(places, np.int64),
        np.array(bits, np.int64) != 0,
        customers,
        cells,
        rows,
    )


def _months(times: Places, shared: Shared) -> Places:
    """Their numbers; those of other centuries, of which a wrong date or two may speak, get new ones."""
    months = times.view("datetime64[us]").astype("datetime64[M]").astype(np.int64) + 12 * 1970
    found: Places = (months // 12 - FIRST_YEAR << 4) + months % 12 + 1
    for row in np.flatnonzero((found < 0) | (found >= YEARS << 4)).tolist():
        name = f"{months[row] // 12:04}-{months[row] % 12 + 1:02}"
        found[row] = shared.other_months.setdefault(name, (YEARS << 4) + len(shared.other_months))
    if len(shared.other_months) > MONTHS_MOST - (YEARS << 4):
        raise Unfit("times of many centuries")
    return found
