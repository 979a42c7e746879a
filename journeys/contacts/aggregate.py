"""What was counted: figures that add up, whichever files, months or machines they come from."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from journeys.contacts.histogram import Bins, add_bins
from journeys.contacts.limits import EXAMPLES
from journeys.contacts.sketches import Sketches


class Place(NamedTuple):
    """Where a contact belongs. month: 2024-02."""

    touchpoint: str
    channel: str
    month: str


@dataclass
class Cell:
    """Contacts of one place. identified: those whose customer is known; bins: of those whose duration is known."""

    contacts: int = 0
    identified: int = 0
    bins: Bins = field(default_factory=dict)

    @property
    def timed(self) -> int:
        return sum(number for number, _milliseconds in self.bins.values())

    @property
    def milliseconds(self) -> int:
        return sum(milliseconds for _number, milliseconds in self.bins.values())

    @property
    def zeros(self) -> int:
        return self.bins.get(0, (0, 0))[0]


def add_cells(cells: list[Cell]) -> Cell:
    return Cell(
        sum(cell.contacts for cell in cells),
        sum(cell.identified for cell in cells),
        add_bins(cell.bins for cell in cells),
    )


class Example(NamedTuple):
    """A row of a log, as a spreadsheet numbers them."""

    file: str
    row: int
    text: str


@dataclass
class Rows:
    """How many rows were read and counted, and how many carry each reason, with the first examples."""

    read: int = 0
    counted: int = 0
    rejected: int = 0
    left_out: int = 0
    doubtful: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[Example]] = field(default_factory=dict)

    def add(self, other: Rows) -> None:
        for name in ("read", "counted", "rejected", "left_out", "doubtful"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.reasons += other.reasons
        for reason, examples in other.examples.items():
            self.examples[reason] = sorted([*self.examples.get(reason, []), *examples])[:EXAMPLES]


class Span(NamedTuple):
    """First and last contact by the clocks of the log's zone. place: where the first row with the name stands."""

    first: datetime
    last: datetime
    place: int
    example: Example


@dataclass(frozen=True)
class FileRead:
    """One file that was read. same_as: the earlier file with the same content; it was not counted again."""

    name: str
    bytes: int
    kind: str
    rows: int
    same_as: str = ""


@dataclass
class Aggregate:
    """customers: distinct customers by dimension ("touchpoint", "channel", "month", "all") and name.

    hours: contacts by touchpoint and hour of the week, Monday 0:00 is 0. days: contacts by day. people: the file with
    the customers' keyed hashes, where they were kept; sketches: of the customers, where they were asked for. Without
    either distinct customers can't be added up.
    """

    files: list[FileRead] = field(default_factory=list)
    rows: Rows = field(default_factory=Rows)
    cells: dict[Place, Cell] = field(default_factory=dict)
    hours: Counter[tuple[str, int]] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    spans: dict[str, Span] = field(default_factory=dict)
    customers: dict[tuple[str, str], int] = field(default_factory=dict)
    people: Path | None = None
    sketches: Sketches = field(default_factory=dict)
    sampled: int = 1

    def cells_by(self, part: str) -> dict[str, Cell]:
        """Cells added up by "touchpoint", "channel" or "month"; "" for all together."""
        found: defaultdict[str, list[Cell]] = defaultdict(list)
        for place, cell in self.cells.items():
            found[getattr(place, part) if part else ""].append(cell)
        return {name: add_cells(cells) for name, cells in found.items()}
