"""Rows that say the same as an earlier one, found by reading the log a second time: most logs have none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from journeys.contacts.limits import EXAMPLES
from journeys.contacts.plain.blocks import new_buffer
from journeys.contacts.plain.cells import part_cell
from journeys.contacts.plain.fitting import Plan
from journeys.contacts.plain.parting import Scratch, Truths, part
from journeys.contacts.plain.rows import Contacts, number_rows, read_contacts
from journeys.contacts.plain.shared import Shared
from journeys.contacts.plain.tally import SECONDS_BITS, Position
from journeys.contacts.plain.words import Numbers


class Candidate(NamedTuple):
    """A row whose number is that of another row. told: touchpoint, channel and time, as an example shows them."""

    position: Position
    place: int
    is_doubtful: bool
    told: str


@dataclass
class Repeated:
    """number: rows that repeat an earlier one; in_order: how many of them have no other doubt about them."""

    number: int = 0
    in_order: int = 0
    examples: list[tuple[Position, str]] = field(default_factory=list)


def find_repeated(plans: Sequence[Plan], shared: Shared, numbers: Numbers, others: Sequence[Candidate]) -> Repeated:
    """numbers: of the rows that are there more than once, in order. others: such rows that are not plain."""
    found, has_been = Repeated(), np.zeros(numbers.size, np.bool_)
    waiting: defaultdict[tuple[int, int], list[Candidate]] = defaultdict(list)
    for each in others:
        waiting[each.position[:2]].append(each)
    for file, plan in enumerate(plans):
        for candidates in _candidates(file, plan, shared, numbers, waiting):
            _add(found, sorted(candidates), has_been)
    return found


def _candidates(
    file: int, plan: Plan, shared: Shared, numbers: Numbers, waiting: dict[tuple[int, int], list[Candidate]]
) -> Iterator[list[Candidate]]:
    """Of a block each."""
    buffer, scratch = new_buffer(), Scratch()
    names = shared.touchpoints.texts, shared.channels.texts
    with plan.blocks() as blocks:
        while block := blocks.take(buffer):
            lines = part(block, plan.shape, scratch)
            contacts = read_contacts(lines, plan, shared)
            rows = number_rows(contacts, shared)
            places = np.searchsorted(numbers, rows)
            is_known = contacts.is_known if contacts.is_known is not None else True
            hits = np.flatnonzero((numbers.take(places, mode="clip") == rows) & is_known)
            line_numbers = lines.numbers(contacts.rows(hits))
            yield waiting[file, block.number] + [
                Candidate((file, block.number, line), place, False, _tell(contacts, row, *names))
                for line, place, row in zip(line_numbers.tolist(), places[hits].tolist(), hits.tolist(), strict=True)
            ]


def _tell(contacts: Contacts, row: int, touchpoints: Sequence[str], channels: Sequence[str]) -> str:
    began = np.datetime64(int(contacts.began[row]), "s")
    touchpoint, channel, _month = part_cell(int(contacts.keys[row]) >> SECONDS_BITS)
    return f"{touchpoints[touchpoint]} | {channels[channel]} | {str(began).replace('T', ' ')}"


def _add(found: Repeated, candidates: Sequence[Candidate], has_been: Truths) -> None:
    for each in candidates:
        if has_been[each.place]:
            found.number += 1
            found.in_order += not each.is_doubtful
            if len(found.examples) < EXAMPLES:
                found.examples.append((each.position, each.told))
        has_been[each.place] = True
