"""A first look at a log: its columns, ten rows, what each column seems to be, and what has to be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.contacts.clock_columns import join_times
from journeys.contacts.engine import open_engine
from journeys.contacts.guesses import Column, columns_of, guess_roles, guess_unit
from journeys.contacts.limits import SAMPLE_ROWS, SHOWN_ROWS
from journeys.contacts.mapping import Mapping
from journeys.contacts.opening import open_source
from journeys.contacts.refusals import Refused
from journeys.contacts.sources import Source

_AMBIGUOUS = re.compile(r"\d{1,3}[.,]\d{3}")
_COMMA = re.compile(r"\d+,\d+|\d{1,3}(?:\.\d{3})+,\d+")

_QUESTIONS = {
    "day_first": gettext_lazy(
        "Does the day come first in “%(column)s”, or the month (%(example)s)? Say it in the mapping: %(part)s."
    ),
    "decimal_comma": gettext_lazy(
        "Is the mark in “%(column)s” (%(example)s) a decimal mark? Say it in the mapping: %(part)s."
    ),
}


@dataclass(frozen=True)
class Doubt:
    """A question that only a person can answer. kind: the part of the mapping that holds the answer."""

    kind: str
    column: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Sample:
    """What `sniff` found. mapping: the guess, without what is doubtful; None where no column holds times."""

    kind: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    mapping: Mapping | None
    doubts: tuple[Doubt, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
            "mapping": self.mapping.to_dict() if self.mapping else None,
            "doubts": [
                {"kind": each.kind, "column": each.column, "examples": list(each.examples)} for each in self.doubts
            ],
        }


def sniff(path: Path, *, folder: Path | None = None) -> Sample:
    """Read the beginning of a log. Raises Refused where it is none that we can read."""
    with open_engine([path], folder=folder) as engine:
        return sample_of(open_source(path, engine, rows=SAMPLE_ROWS))


def sample_of(source: Source) -> Sample:
    mapping = guess_mapping(source)
    width = len(source.columns)
    rows = tuple(tuple((row + [""] * width)[:width]) for row in map(list, source.head[:SHOWN_ROWS]))
    doubts = find_doubts(source, mapping) if mapping else ()
    return Sample(source.kind, tuple(source.columns), rows, mapping, doubts)


def guessed(sample: Sample, name: str) -> Mapping:
    """The mapping that is guessed. Raises Refused where no column holds times."""
    if sample.mapping is None:
        told = _("No column of %(name)s holds times. It has: %(columns)s.")
        raise Refused(told % {"name": name, "columns": ", ".join(sample.columns[:20])})
    return sample.mapping


def guess_mapping(source: Source) -> Mapping | None:
    columns = columns_of(source.columns, source.head)
    roles = guess_roles(columns)
    if "start" not in roles and "end" not in roles:
        return None
    if "lifecycle" in roles:
        for role in ("end", "end_time"):
            roles.pop(role, None)
    seconds = _column(columns, roles.get("seconds", ""))
    known: dict[str, Any] = dict(roles)
    if seconds:
        known |= {"seconds_unit": guess_unit(seconds.name), "decimal_comma": _has_decimal_comma(seconds.filled)}
    return Mapping(**known)


def find_doubts(source: Source, mapping: Mapping) -> tuple[Doubt, ...]:
    """What the log leaves open and the mapping does not say."""
    source, mapping = join_times(source, mapping)
    columns = columns_of(source.columns, source.head, mapping.day_first)
    times = [column for name in (mapping.start, mapping.end) if (column := _column(columns, name)) and column.time]
    doubts = []
    if mapping.time_zone is None:
        naive = [column for column in times if column.time and column.time.has_clock and not column.time.has_offset]
        doubts += [_ask("time_zone", naive[0])] if naive else []
    if not mapping.time_format:
        doubts += [_ask("day_first", column) for column in times if column.time and column.time.order_is_open][:1]
    seconds = _column(columns, mapping.seconds)
    if mapping.decimal_comma is None and seconds and _has_decimal_comma(seconds.filled) is None:
        doubts.append(_ask("decimal_comma", seconds))
    return tuple(doubts)


def settle(mapping: Mapping, source: Source) -> Mapping:
    """The mapping with what the log tells. Raises Refused where a column is missing or a doubt would spoil figures."""
    for column in mapping.columns.values():
        if column not in source.columns:
            known = ", ".join(source.columns[:20])
            raise Refused(
                _("There is no column “%(column)s”. This log has %(known)s.") % {"column": column, "known": known}
            )
    for doubt in find_doubts(source, mapping):
        if question := _QUESTIONS.get(doubt.kind):
            raise Refused(question % {"column": doubt.column, "example": doubt.examples[0], "part": doubt.kind})
    seconds = _column(columns_of(source.columns, source.head), mapping.seconds)
    is_comma = (
        mapping.decimal_comma
        if mapping.decimal_comma is not None
        else bool(seconds and _has_decimal_comma(seconds.filled))
    )
    return replace(mapping, decimal_comma=is_comma)


def time_form_of(source: Source, mapping: Mapping, column_name: str) -> str:
    """The form of times in a column: as the mapping says, else as the log tells; ISO where it tells nothing."""
    if mapping.time_format or not column_name:
        return mapping.time_format if column_name else ""
    column = _column(columns_of(source.columns, source.head, mapping.day_first), column_name)
    return column.time.form if column and column.time else "iso"


def _ask(kind: str, column: Column) -> Doubt:
    return Doubt(kind, column.name, tuple(dict.fromkeys(column.filled))[:3])


def _column(columns: Sequence[Column], name: str) -> Column | None:
    return next((column for column in columns if column.name == name), None) if name else None


def _has_decimal_comma(texts: Sequence[str]) -> bool | None:
    """None where every mark could part thousands as well: 1,250."""
    marked = [text for text in texts if "," in text or ("." in text and _AMBIGUOUS.fullmatch(text))]
    if not marked:
        return False
    if any(_COMMA.fullmatch(text) and not _AMBIGUOUS.fullmatch(text) for text in marked):
        return True
    if any(not _AMBIGUOUS.fullmatch(text) for text in texts if "." in text):
        return False
    return None
