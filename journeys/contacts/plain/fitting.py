"""Whether a log can be read as plain rows, and how."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from journeys.contacts.mapping import Mapping
from journeys.contacts.plain.blocks import Blocks, open_blocks
from journeys.contacts.plain.clocks import AnyClock, clock_of
from journeys.contacts.plain.parting import Shape
from journeys.contacts.sample import time_form_of
from journeys.contacts.sources import Source


@dataclass(frozen=True)
class Plan:
    """Where everything stands. Columns are places from 0, None where the log has none."""

    path: Path
    packing: str
    skipped: int
    first_row: int
    shape: Shape
    start: int
    start_clock: AnyClock
    end: int | None
    end_clock: AnyClock | None
    customer: int | None
    touchpoint: int | None
    channel: int | None
    used: tuple[int, ...]

    def blocks(self) -> AbstractContextManager[Blocks]:
        return open_blocks(self.path, self.packing, self.skipped, has_returns=self.shape.has_returns)


def fit(source: Source, mapping: Mapping) -> Plan | None:
    """How to read a file, with a settled mapping; None where the database has to."""
    text = source.text
    if (
        text is None
        or text.packing == "zstd"
        or not source.head
        or mapping.lifecycle
        or mapping.seconds
        or mapping.start_time
        or mapping.end_time
        or not mapping.start
    ):
        return None
    dialect = text.dialect
    columns = {role: source.columns.index(column) for role, column in mapping.columns.items()}
    start_clock = _clock(source, mapping, mapping.start)
    end_clock = _clock(source, mapping, mapping.end) if mapping.end else None
    is_simple = len(dialect.delimiter.encode()) == 1 and dialect.has_quotes and len(source.columns) > 1
    if not (start_clock and (end_clock or not mapping.end) and is_simple) or _is_padded(source, list(columns.values())):
        return None
    shape = Shape(ord(dialect.delimiter), len(source.columns), "\r\n" in text.head)
    return Plan(
        text.path,
        text.packing,
        dialect.skipped + dialect.has_header,
        source.first_row,
        shape,
        columns["start"],
        start_clock,
        columns.get("end"),
        end_clock,
        columns.get("customer"),
        columns.get("touchpoint"),
        columns.get("channel"),
        tuple(sorted(set(columns.values()))),
    )


def _clock(source: Source, mapping: Mapping, column: str) -> AnyClock | None:
    place, form = source.columns.index(column), time_form_of(source, mapping, column)
    examples = (row[place] for row in source.head if place < len(row))
    return next((clock for example in examples if (clock := clock_of(form, example))), None)


def _is_padded(source: Source, places: list[int]) -> bool:
    """Whether blanks stand around cells, as the head of the file shows it."""
    return any(row[place] != row[place].strip() for row in source.head for place in places if place < len(row))
