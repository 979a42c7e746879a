"""What one process does with the blocks it takes: plain rows are counted, all other lines set aside."""

from __future__ import annotations

from collections import Counter
from copy import copy
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from journeys.contacts.limits import EXAMPLE_LENGTH, EXAMPLES, MILLISECONDS_MAX
from journeys.contacts.mapping import Mapping
from journeys.contacts.plain.blocks import Block
from journeys.contacts.plain.cells import CHANNELS_MOST, TOUCHPOINTS_MOST, join_cells
from journeys.contacts.plain.dates import Times
from journeys.contacts.plain.fitting import Plan
from journeys.contacts.plain.keyed import Hashes
from journeys.contacts.plain.names import Names
from journeys.contacts.plain.offsets import Offsets
from journeys.contacts.plain.parting import Bytes, Lines, Places, Scratch, Truths, part, with_gaps, without
from journeys.contacts.plain.people import People
from journeys.contacts.plain.tally import ANONYMOUS, HOURS, SECONDS_BITS, TOUCHPOINT_BITS, UNKNOWN, Position, Tally
from journeys.contacts.plain.unfit import Unfit
from journeys.contacts.plain.words import BYTES_MAX, Numbers, mix, number_texts, number_words, read_words

_SECONDS_MAX = MILLISECONDS_MAX // 1_000
_BATCH = 1 << 18  # contacts that are put in order at once
_ASIDE_BYTES, _ASIDE_FEW, _ASIDE_SHARE = 1 << 25, 20_000, 0.2  # of lines that one process may set aside


class Aside(NamedTuple):
    """Lines of a block that are not plain, word for word, and their numbers in it."""

    file: int
    block: int
    numbers: list[int]
    text: bytes


class Contacts(NamedTuple):
    """Plain rows. keys: as `Tally` counts them; hours: touchpoint * HOURS + hour of the week. is_known: whose customer
    is known; None where all are known or none is asked for. odd: the rows that are not plain, which are left out.
    """

    began: Places
    dates: Places
    hours: Places
    keys: Places
    customers: Numbers
    is_known: Truths | None
    odd: Places

    def rows(self, places: Places) -> Places:
        """Which of the usual lines some contacts stand in."""
        return with_gaps(places, self.odd)

    @property
    def touchpoints(self) -> Places:
        return self.keys >> TOUCHPOINT_BITS & (TOUCHPOINTS_MOST - 1)


@dataclass
class Shared:
    """What all processes read with. hashes: of customers, where they are going to be asked for."""

    mapping: Mapping
    people: People
    looks_for_repeats: bool
    hashes: Hashes | None = None
    touchpoints: Names = field(init=False)
    channels: Names = field(init=False)
    offsets: Offsets = field(init=False)
    unknown: Numbers = field(init=False)
    other_months: dict[str, int] = field(default_factory=dict)  # by name, of years that no clock here reads

    def __post_init__(self) -> None:
        self.touchpoints = Names(TOUCHPOINTS_MOST, ("", *self.mapping.ignored))
        self.channels = Names(CHANNELS_MOST)
        self.offsets = Offsets(self.mapping.time_zone or "UTC")
        self.unknown = number_texts([word.encode() for word in ("", *self.mapping.unknown_customers)])
        self.nameless = self.touchpoints.code(self.mapping.touchpoint_name) if not self.mapping.touchpoint else 0
        self.no_channel = self.channels.code("") if not self.mapping.channel else 0

    def for_another(self) -> Shared:
        """The same names, and nobody met yet: for a process of its own."""
        another = copy(self)
        another.people = People(is_sample=self.people.is_sample)
        another.hashes = self.hashes.for_another() if self.hashes else None
        return another


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


def read_contacts(lines: Lines, plan: Plan, shared: Shared) -> Contacts:
    """The plain rows among the usual lines of a block."""
    start, end, seconds, wrong = _read_times(lines, plan, shared.offsets)
    if shared.mapping.zero_means_unknown:
        seconds[seconds == 0] = UNKNOWN
    if (are_apart := shared.offsets.are_apart(start, end, seconds != UNKNOWN)) is not None:
        wrong |= are_apart
    touchpoints = _codes(lines, plan.touchpoint, shared.touchpoints, shared.nameless, wrong)
    channels = _codes(lines, plan.channel, shared.channels, shared.no_channel, wrong)
    customers, is_known = _read_customers(lines, plan, shared, wrong)
    keys = join_cells(touchpoints, channels, start.months)
    keys <<= SECONDS_BITS
    keys |= seconds
    touchpoints *= HOURS
    touchpoints += start.week_hours
    odd = np.flatnonzero(wrong)
    return Contacts(
        without(start.seconds, odd),
        without(start.dates, odd),
        without(touchpoints, odd),
        without(keys, odd),
        without(customers, odd) if customers.size else customers,
        None if is_known is None else without(is_known, odd),
        odd,
    )


def _read_times(lines: Lines, plan: Plan, offsets: Offsets) -> tuple[Times, Times | None, Places, Truths]:
    """Start, end, seconds between them, and which rows are not plain."""
    starts, lengths = lines.cell(plan.start)
    start, wrong = plan.start_clock.read(lines.data, starts)
    wrong |= lengths != plan.start_clock.length
    if plan.end is None or plan.end_clock is None:
        return start, None, np.full(len(wrong), UNKNOWN), wrong
    starts, lengths = lines.cell(plan.end)
    end, is_unreadable = plan.end_clock.read(lines.data, starts, has_dates=offsets.vary)
    seconds = end.seconds - start.seconds
    is_unreadable |= lengths != plan.end_clock.length
    is_unreadable |= seconds.view(np.uint64) > np.uint64(_SECONDS_MAX)  # below zero, too
    is_empty = lengths == 0
    if is_empty.any():
        seconds[is_empty] = UNKNOWN
        is_unreadable &= ~is_empty
    wrong |= is_unreadable
    return start, end, seconds, wrong


def _codes(lines: Lines, column: int | None, names: Names, only: int, wrong: Truths) -> Places:
    if column is None:
        return np.full(len(wrong), only)
    starts, lengths = lines.cell(column)
    codes, is_strange = names.look_up(read_words(lines.data, starts, lengths), lengths)
    wrong |= is_strange
    return codes


def _read_customers(lines: Lines, plan: Plan, shared: Shared, wrong: Truths) -> tuple[Numbers, Truths | None]:
    if plan.customer is None:
        return np.zeros(0, np.uint64), None
    starts, lengths = lines.cell(plan.customer)
    wrong |= lengths > BYTES_MAX
    numbers = number_words(read_words(lines.data, starts, lengths))
    is_unknown = numbers == shared.unknown[0]
    for word in shared.unknown[1:]:
        is_unknown |= numbers == word
    is_unknown &= ~wrong
    if shared.hashes:
        note_cells(shared.hashes, numbers, lines.data, starts, lengths)
    return numbers, ~is_unknown if is_unknown.any() else None


def note_cells(hashes: Hashes, numbers: Numbers, data: Bytes, starts: Places, lengths: Places) -> None:
    def id_at(place: int) -> bytes:
        return data[starts[place] : starts[place] + lengths[place]].tobytes()

    hashes.note(numbers, lengths, id_at)


def number_rows(contacts: Contacts, shared: Shared) -> Numbers:
    """A number for all that a row says, the same for rows that say the same."""
    if not shared.looks_for_repeats or not contacts.customers.size:
        return np.zeros(0, np.uint64)
    return mix_rows(contacts.customers, contacts.began, contacts.keys)


def mix_rows(customers: Numbers, seconds: Places, keys: Places) -> Numbers:
    rows = seconds.view(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    rows ^= keys.view(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    rows ^= rows >> np.uint64(29)
    rows ^= customers
    return mix(rows)
