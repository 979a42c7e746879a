"""What a mapping leaves open of a file, before a worker counts all of it."""

from __future__ import annotations

from dataclasses import dataclass

from journeys.contact_making import file_path
from journeys.contacts.clock_columns import join_times
from journeys.contacts.engine import open_engine
from journeys.contacts.first_part import first_part_of
from journeys.contacts.guesses import Column, columns_of
from journeys.contacts.limits import SAMPLE_ROWS
from journeys.contacts.mapping import Mapping
from journeys.contacts.opening import open_source
from journeys.contacts.sample import Doubt, find_doubts
from journeys.contacts.times import guess_form
from journeys.models import ContactUpload


@dataclass(frozen=True)
class Look:
    """doubts: questions that only a person can answer. timeless: roles whose columns hold no times."""

    doubts: tuple[Doubt, ...]
    timeless: tuple[str, ...]


def look_with(upload: ContactUpload, mapping: Mapping) -> Look:
    """Raises Refused where the file can't be read."""
    with first_part_of(file_path(upload.stored_name)) as part, open_engine([part]) as engine:
        source, joined = join_times(open_source(part, engine, rows=SAMPLE_ROWS), mapping)
        columns = {column.name: column for column in columns_of(source.columns, source.head, mapping.day_first)}
        times = {role: columns.get(getattr(joined, role)) for role in ("start", "end")}
        timeless = tuple(role for role, column in times.items() if column and column.filled and not _has_times(column))
        return Look(find_doubts(source, joined), timeless)


def _has_times(column: Column) -> bool:
    """Whether any of it reads as a time; some rows of a log may be broken."""
    return column.time is not None or any(guess_form((text,)) for text in column.filled)
