"""What a query gives, before and after it is counted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from journeys.contacts.aggregate import Aggregate, Rows
from journeys.contacts.guesses import columns_of, guess_roles
from journeys.contacts.log_tables import LogTables
from journeys.contacts.mapping import Mapping
from journeys.contacts.masking import Mask
from journeys.contacts.noting import Note
from journeys.contacts.refusals import Refused
from journeys.contacts.sources import Source
from journeys.contacts.tables.addresses import Address
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


@dataclass
class Table(ABC):
    """The rows of one query. source: its columns and first rows; its `relation` is SQL of the place where it lies.

    seconds: what the query may take, each time that it is asked.
    """

    address: Address
    query: str
    seconds: float
    source: Source

    @property
    def name(self) -> str:
        return self.address.name

    @abstractmethod
    def count(self, mapping: Mapping, wanted: Wanted) -> Aggregate:
        """All of its rows, without any customer's id. Raises Refused."""


def likely_customer(columns: Sequence[str]) -> int:
    """Which column is the customer's by its name alone, -1 for none: its values need not be looked at."""
    column = guess_roles(columns_of(columns, [])).get("customer", "")
    return list(columns).index(column) if column else -1


def count_log(log: LogTables, mask: Mask, wanted: Wanted, key: str | None) -> Aggregate:
    """Of a log that has been read, telling nobody's id. key: what ids are hashed with, None where they are hashes."""
    note = _hiding(wanted.note, mask) if wanted.note else None
    aggregate = log.count_with_sketches(key, note) if wanted.people else log.count(None, note)
    _hide_customers(aggregate.rows, mask)
    return aggregate


def too_slow(seconds: float) -> Refused:
    """The query was ended by its time."""
    return Refused(_("The query took longer than %(n)g seconds: say --timeout.") % {"n": seconds})


def unreadable(source: str, reason: object) -> Refused:
    """Neither may hold a secret."""
    return Refused(_("%(source)s can't be read: %(reason)s") % {"source": source, "reason": reason})


def _hide_customers(rows: Rows, mask: Mask) -> None:
    """In the examples, as nowhere else an id is told."""
    for reason, examples in rows.examples.items():
        rows.examples[reason] = [each._replace(text=mask.hide(each.text)) for each in examples]


def _hiding(note: Note, mask: Mask) -> Note:
    """A note that is told rows without their customer."""
    return lambda example, reasons: note(example._replace(text=mask.hide(example.text)), reasons)
