"""What a query gives, before and after it is counted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from journeys.contacts.aggregate import Aggregate, Rows
from journeys.contacts.guesses import columns_of, guess_roles
from journeys.contacts.mapping import Mapping
from journeys.contacts.masking import Mask, mask_of
from journeys.contacts.noting import Note
from journeys.contacts.sources import Source
from journeys.contacts.tables.watching import Watch

FIRST_ROW, READ_PERCENT = 1, 50


@dataclass(frozen=True)
class Wanted:
    """key: what customers' ids are hashed with. people: whether sketches are wanted, to be added to other counts.

    note: is told every row that is not in order. folder: where to put what does not fit into memory. watch: is told how
    far the count is.
    """

    key: str
    people: bool = False
    note: Note | None = None
    folder: Path | None = None
    watch: Watch = field(default_factory=Watch)


class Table(ABC):
    """The rows of one query. source: its columns and first rows; its `relation` is SQL of the place where it lies."""

    name: str
    source: Source

    @abstractmethod
    def count(self, mapping: Mapping, wanted: Wanted) -> Aggregate:
        """All of its rows, without any customer's id. Raises Refused."""


def likely_customer(columns: Sequence[str]) -> int:
    """Which column is the customer's by its name alone, -1 for none: its values need not be looked at."""
    column = guess_roles(columns_of(columns, [])).get("customer", "")
    return list(columns).index(column) if column else -1


def hide_customers(rows: Rows, mapping: Mapping, source: Source) -> None:
    """In the examples, as nowhere else an id is told."""
    mask = mask_of(mapping, source.columns)
    for reason, examples in rows.examples.items():
        rows.examples[reason] = [each._replace(text=mask.hide(each.text)) for each in examples]


def hiding(note: Note, mask: Mask) -> Note:
    """A note that is told rows without their customer."""
    return lambda example, reasons: note(example._replace(text=mask.hide(example.text)), reasons)
