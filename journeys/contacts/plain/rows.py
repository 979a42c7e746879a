"""Plain rows: what the usual lines of a block say."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from journeys.contacts.limits import MILLISECONDS_MAX
from journeys.contacts.plain.cells import TOUCHPOINTS_MOST, join_cells
from journeys.contacts.plain.dates import Times
from journeys.contacts.plain.fitting import Plan
from journeys.contacts.plain.keyed import Hashes
from journeys.contacts.plain.names import Names
from journeys.contacts.plain.offsets import Offsets
from journeys.contacts.plain.parting import Bytes, Lines, Places, Truths, with_gaps, without
from journeys.contacts.plain.shared import Shared
from journeys.contacts.plain.tally import HOURS, SECONDS_BITS, TOUCHPOINT_BITS, UNKNOWN
from journeys.contacts.plain.words import BYTES_MAX, Numbers, mix, number_words, read_words

_SECONDS_MAX = MILLISECONDS_MAX // 1_000


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
