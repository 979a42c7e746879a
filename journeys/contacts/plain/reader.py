"""What one process does with the blocks it takes: plain rows are counted, all other lines set aside."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from journeys.contacts.limits import EXAMPLE_LENGTH, EXAMPLES
from journeys.contacts.plain.blocks import Block
from journeys.contacts.plain.fitting import Plan
from journeys.contacts.plain.parting import Lines, Places, Scratch, part
from journeys.contacts.plain.rows import Contacts, number_rows, read_contacts
from journeys.contacts.plain.shared import Shared
from journeys.contacts.plain.tally import ANONYMOUS, SECONDS_BITS, Position, Tally
from journeys.contacts.plain.unfit import Unfit
from journeys.contacts.plain.words import Numbers

_BATCH = 1 << 18  # contacts that are put in order at once
_ASIDE_BYTES, _ASIDE_FEW, _ASIDE_SHARE = 1 << 25, 20_000, 0.2  # of lines that one process may set aside


class Aside(NamedTuple):
    """Lines of a block that are not plain, word for word, and their numbers in it."""

    file: int
    block: int
    numbers: list[int]
    text: bytes


@dataclass
class Reading:
    """What one process found. lines: how many each block of each file has; read_lines: by file, those that are not
    blank; anonymous: contacts whose customer is not known.
    """

    tally: Tally = field(default_factory=Tally)
    aside: list[Aside] = field(default_factory=list)
    lines: dict[tuple[int, int], int] = field(default_factory=dict)
    read_lines: Counter[int] = field(default_factory=Counter)
    aside_lines: int = 0
    aside_bytes: int = 0
    anonymous: int = 0
    examples: list[tuple[Position, str]] = field(default_factory=list)


class Reader:
    """Customers go to `shared.people`, all else into `reading`."""

    def __init__(self, shared: Shared) -> None:
        self.shared, self.reading, self._scratch = shared, Reading(), Scratch()
        self._waiting: list[tuple[Numbers, Numbers, Numbers]] = []

    def read(self, file: int, block: Block, plan: Plan) -> None:
        """Raises Unfit."""
        lines = part(block, plan.shape, self._scratch)
        self.reading.lines[file, block.number] = lines.ends.size
        contacts = read_contacts(lines, plan, self.shared)
        self._set_aside(lines, contacts.odd, (file, block.number))
        if contacts.keys.size:
            self._count(contacts)
            self._note_examples(contacts, lines, plan, (file, block.number))

    def _set_aside(self, lines: Lines, odd: Places, place: tuple[int, int]) -> None:
        numbers, reading = np.sort(np.concatenate((lines.unusual, lines.numbers(odd)))), self.reading
        found = dict(lines.texts(numbers))
        if found:
            reading.aside.append(Aside(*place, list(found), b"".join(found.values())))
            reading.aside_bytes += len(reading.aside[-1].text)
        reading.read_lines[place[0]] += lines.ends.size - numbers.size + len(found)
        reading.aside_lines += len(found)
        most_lines = max(_ASIDE_FEW, _ASIDE_SHARE * reading.read_lines.total())
        if reading.aside_bytes > _ASIDE_BYTES or reading.aside_lines > most_lines:
            raise Unfit("too many lines that are not plain")

    def _count(self, contacts: Contacts) -> None:
        rows = number_rows(contacts, self.shared)
        keys = contacts.keys.view(np.uint64)
        if contacts.is_known is not None:
            keys = np.where(contacts.is_known, keys, keys | np.uint64(ANONYMOUS))
        elif not contacts.customers.size:
            keys = keys | np.uint64(ANONYMOUS)
        self._waiting.append((keys, contacts.customers, rows))
        if sum(keys.size for keys, *_rest in self._waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Sum up what waits."""
        if not self._waiting:
            return
        keys, customers, rows = (np.concatenate(each) for each in zip(*self._waiting, strict=True))
        self._waiting.clear()
        self.reading.tally.add_keys(keys)
        if customers.size:
            known = keys < ANONYMOUS
            if not known.all():
                keys, customers, rows = keys[known], customers[known], rows[known] if rows.size else rows
            self.shared.people.add(customers, (keys >> np.uint64(SECONDS_BITS)).astype(np.uint32), rows)

    def _note_examples(self, contacts: Contacts, lines: Lines, plan: Plan, place: tuple[int, int]) -> None:
        reading, tally = self.reading, self.reading.tally
        for touchpoint in tally.add_times(contacts.hours, contacts.dates, contacts.began).tolist():
            if tally.firsts.get(touchpoint, (*place, 0))[:2] >= place:
                first = np.flatnonzero(contacts.touchpoints == touchpoint)[:1]
                (number,) = lines.numbers(contacts.rows(first)).tolist()
                tally.note_first(touchpoint, (*place, number))
        if contacts.is_known is not None:
            strangers = np.flatnonzero(~contacts.is_known)
            reading.anonymous += strangers.size
            rows = contacts.rows(strangers[:EXAMPLES])
            for row, number in zip(rows.tolist(), lines.numbers(rows).tolist(), strict=True):
                reading.examples.append(((*place, number), _told(lines, row, plan)))
            reading.examples = sorted(reading.examples)[:EXAMPLES]


def _told(lines: Lines, row: int, plan: Plan) -> str:
    """What a row says in the columns that are used."""
    texts = []
    for column in plan.used:
        starts, lengths = lines.cell(column)
        texts.append(lines.data[starts[row] : starts[row] + lengths[row]].tobytes().decode())
    return " | ".join(texts)[:EXAMPLE_LENGTH]
