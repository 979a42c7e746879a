"""Lines that were set aside as a log of their own, which the database reads and judges as any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

import numpy as np

from journeys.contacts.aggregate import Aggregate
from journeys.contacts.engine import Engine
from journeys.contacts.log_tables import LogTables
from journeys.contacts.mapping import Mapping
from journeys.contacts.plain.reader import Reading
from journeys.contacts.plain.repeated import Candidate
from journeys.contacts.plain.rest import Rest, read_rest
from journeys.contacts.plain.shared import Shared
from journeys.contacts.plain.tally import Position
from journeys.contacts.plain.words import Numbers
from journeys.contacts.sources import Source, TextFile, delimited_source


class Numbering:
    """Which row of its file each line is, as a spreadsheet counts them."""

    def __init__(self, readings: Sequence[Reading], first_rows: Sequence[int]) -> None:
        lines = {place: number for reading in readings for place, number in reading.lines.items()}
        self._starts: dict[tuple[int, int], int] = {}
        self.bases = [0]  # how many lines all earlier files have
        for file, first_row in enumerate(first_rows):
            blocks = sorted(place for place in lines if place[0] == file)
            ends = list(accumulate((lines[place] for place in blocks), initial=first_row))
            self._starts |= dict(zip(blocks, ends, strict=False))
            self.bases.append(self.bases[-1] + ends[-1])

    def row(self, position: Position) -> int:
        """Of its file."""
        file, block, line = position
        return self._starts[file, block] + line

    def place(self, position: Position) -> int:
        """Among the rows of all files."""
        return self.bases[position[0]] + self.row(position)


def write_aside(
    text: TextFile, first_row: int, file: int, readings: Sequence[Reading], engine: Engine
) -> tuple[Source, list[Position]]:
    """A source of the lines that were set aside of a file, under its header; and where each stands."""
    found = sorted(aside for reading in readings for aside in reading.aside if aside.file == file)
    target = engine.new_path(".csv")
    head = text.head.removeprefix("\ufeff").splitlines(keepends=True)[: first_row - 1]
    with target.open("wb") as lines:
        lines.write("".join(head).encode())
        lines.writelines(aside.text for aside in found)
    copy: TextFile = replace(text, path=target, packing="none")
    return delimited_source(copy, engine), [(file, aside.block, line) for aside in found for line in aside.numbers]


class AsideTables:
    """Tables of the lines that were set aside, a file each, and what is to be known of them. Raises Unfit."""

    def __init__(self, engine: Engine, mapping: Mapping, shared: Shared, numbering: Numbering) -> None:
        self._engine, self._shared, self._numbering = engine, shared, numbering
        self._tables = LogTables(engine, mapping, has_ids=True)
        self._positions: list[list[Position]] = []
        self._known: list[Rest] = []

    def read(self, name: str, file: int, source: Source, readings: Sequence[Reading]) -> None:
        if not source.text:
            return
        aside, positions = write_aside(source.text, source.first_row, file, readings, self._engine)
        if positions:
            self._tables.read_some(name, aside, [self._numbering.row(position) for position in positions])
            self._positions.append(positions)

    def count(self) -> Aggregate:
        """All but distinct customers, to whom they add theirs."""
        if not self._positions:
            return Aggregate()
        counted = self._tables.count_some()
        if self._shared.mapping.customer:
            for rest in read_rest(self._engine, self._shared):
                rows = rest.rows if self._shared.looks_for_repeats else rest.rows[:0]
                self._shared.people.add(rest.customers, rest.cells.astype(np.uint32), rows)
                self._known.append(rest)
        return counted

    def place(self, place: int) -> int:
        """Among the rows of all files, of a row that was read as number `place` of those set aside."""
        return self._numbering.place(self._position(place))

    def _position(self, place: int) -> Position:
        number, line = self._tables.line(place)
        return self._positions[number][line]

    def candidates(self, numbers: Numbers) -> list[Candidate]:
        """Rows with some of these numbers."""
        found = []
        for rest in self._known:
            places = np.searchsorted(numbers, rest.rows)
            for hit in np.flatnonzero(numbers.take(places, mode="clip") == rest.rows).tolist():
                place = int(rest.places[hit])
                told = self._engine.value(_TOLD, [place])
                found.append(Candidate(self._position(place), int(places[hit]), bool(rest.is_doubtful[hit]), told))
        return found


_TOLD = "SELECT coalesce(example, concat_ws(' | ', touchpoint, channel, began)) FROM contacts WHERE place = ?"
