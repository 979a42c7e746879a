"""Distinct customers by label, counted by several processes: each looks at every customer of some shares of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from journeys.contacts.limits import PROCESSES
from journeys.contacts.plain.apart import Apart
from journeys.contacts.plain.cells import Labels
from journeys.contacts.plain.people import Batch, People, are_first
from journeys.contacts.plain.smallest import Kept, Smallest
from journeys.contacts.plain.words import Numbers

_FEW_CONTACTS = 1 << 18  # for which nobody is asked to help
_LANE = 1 << 16


class Found(NamedTuple):
    """customers: of all; by_label: of each label; repeated: numbers of rows that are there more than once."""

    customers: int
    by_label: NDArray[np.int64]
    repeated: Numbers


def count_customers(people: People, labels: Labels, smallest: Smallest | None = None) -> Found:
    """All together and by label. smallest: is told of every customer."""
    step = PROCESSES if people.size > _FEW_CONTACTS else 1
    helpers = [Apart(partial(_help, people, labels, smallest, first, step)) for first in range(1, step)]
    try:
        found = [_count_some(people, labels, smallest, 0, step)]
        for helper in helpers:
            each, kept = helper.result()
            found.append(each)
            if smallest:
                smallest.take_in(kept)
    finally:
        for helper in helpers:
            helper.end()
    return _sum(found, labels)


def _help(
    people: People, labels: Labels, smallest: Smallest | None, first: int, step: int
) -> tuple[Found, Kept | None]:
    own = smallest.for_another() if smallest else None
    return _count_some(people, labels, own, first, step), own.kept if own else None


def _count_some(people: People, labels: Labels, smallest: Smallest | None, first: int, step: int) -> Found:
    return _sum([_count(share, labels, smallest) for share in people.shares(first, step)], labels)


def _sum(found: Sequence[Found], labels: Labels) -> Found:
    return Found(
        sum(each.customers for each in found),
        sum((each.by_label for each in found), np.zeros(labels.number, np.int64)),
        np.sort(np.concatenate([each.repeated for each in found])),
    )


def _count(share: Batch, labels: Labels, smallest: Smallest | None) -> Found:
    if not share.customers.size:
        return Found(0, np.zeros(labels.number, np.int64), share.rows)
    firsts = np.flatnonzero(are_first(share.customers))
    masks = [np.bitwise_or.reduceat(bits, firsts) for bits in labels.bits(share.cells)]
    if smallest:
        smallest.add(share.customers[firsts], masks)
    counts = np.concatenate([_count_bits(mask) for mask in masks])
    return Found(firsts.size, counts[: labels.number], _repeated(share.rows))


def _count_bits(masks: Numbers) -> NDArray[np.int64]:
    """How many masks have each of the 64 bits."""
    lanes = masks.view(np.uint16).reshape(-1, 4)
    found = [np.bincount(lanes[:, lane], minlength=_LANE) for lane in range(4)]
    return np.array([count.reshape(-1, 2, 1 << bit)[:, 1].sum() for count in found for bit in range(16)])


def _repeated(rows: Numbers) -> Numbers:
    rows = np.sort(rows)
    return np.unique(rows[1:][rows[1:] == rows[:-1]])
