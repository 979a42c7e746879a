"""Times whose date stands in one column and whose time of day in another: read as one more column that holds both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from journeys.contacts.mapping import Mapping, mapping_from
from journeys.contacts.sources import Source

_MIDNIGHT = r"[ T]00:00(:00)?(\.0+)?$"  # as a date is written that was kept as a time


@dataclass(frozen=True)
class Joined:
    """A column made of two, by place. is_borrowed: the date is the start's; without a clock there is no time."""

    date: int
    clock: int
    is_borrowed: bool

    def of(self, row: Sequence[str]) -> str:
        date, clock = ((row[place].strip() if place < len(row) else "") for place in (self.date, self.clock))
        if not clock:
            return "" if self.is_borrowed else date
        return f"{re.sub(_MIDNIGHT, '', date)} {clock}".strip()

    @property
    def sql(self) -> str:
        """The same of columns c0, c1, ..., in DuckDB and in PostgreSQL."""
        date, clock = f"trim(c{self.date})", f"trim(c{self.clock})"
        alone = "''" if self.is_borrowed else date
        both = f"trim(regexp_replace({date}, '{_MIDNIGHT}', '') || ' ' || {clock})"
        return f"CASE WHEN {clock} = '' THEN {alone} ELSE {both} END"


def join_names(columns: Sequence[str], mapping: Mapping) -> tuple[list[str], Mapping, list[Joined]]:
    """The columns with those that are made of two at their end, and the mapping to them."""
    names, made = list(columns), list[Joined]()
    changes: dict[str, str] = {}
    for role, date, clock in (
        ("start", mapping.start, mapping.start_time),
        ("end", mapping.end or mapping.start, mapping.end_time),
    ):
        if date in columns and clock in columns:
            is_borrowed = role == "end" and not mapping.end
            made.append(Joined(columns.index(date), columns.index(clock), is_borrowed))
            names.append(_new_name(f"{date} + {clock}", names))
            changes |= {role: names[-1], f"{role}_time": ""}
    return names, mapping_from({**mapping.to_dict(), **changes}) if changes else mapping, made


def _new_name(name: str, names: Sequence[str]) -> str:
    while name in names:
        name += "'"
    return name


def join_times(source: Source, mapping: Mapping) -> tuple[Source, Mapping]:
    """The source with those columns, and the mapping to them; as they are where each time has one column."""
    names, joined, made = join_names(source.columns, mapping)
    if not made:
        return source, mapping
    width = len(source.columns)
    head = [[*row, *[""] * (width - len(row)), *(each.of(row) for each in made)] for row in source.head]
    more = ", ".join(f"{each.sql} AS c{place}" for place, each in enumerate(made, width))
    relation = f"(SELECT *, {more} FROM {source.relation})"  # noqa: S608
    return replace(source, columns=names, head=head, relation=relation), joined
