"""Files read by several processes at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from journeys.contacts.limits import PROCESSES
from journeys.contacts.plain import blocks as block_reading
from journeys.contacts.plain.apart import Apart
from journeys.contacts.plain.blocks import Blocks, new_buffer
from journeys.contacts.plain.fitting import Plan
from journeys.contacts.plain.keyed import Noted
from journeys.contacts.plain.people import Sample
from journeys.contacts.plain.reader import Reader, Reading
from journeys.contacts.plain.shared import Shared

_FEW_BLOCKS = 4  # for which nobody is asked to help


class Help(NamedTuple):
    """What another process found."""

    reading: Reading
    sample: Sample
    noted: Noted


def scan(plans: Sequence[Plan], shared: Shared) -> list[Reading]:
    """What all found. Raises Unfit."""
    reader, readings = Reader(shared), []
    for file, plan in enumerate(plans):
        for each in _scan_file(reader, file, plan):
            shared.people.take_in(each.sample)
            if shared.hashes:
                shared.hashes.take_in(each.noted)
            readings.append(each.reading)
    reader.flush()
    return [reader.reading, *readings]


def _scan_file(reader: Reader, file: int, plan: Plan) -> list[Help]:
    with plan.blocks() as blocks:
        helpers = [
            Apart(partial(_help, reader.shared.for_another(), file, plan, blocks)) for _helper in range(_helpers(plan))
        ]
        try:
            _read(reader, file, plan, blocks)
            return [helper.result() for helper in helpers]
        finally:
            for helper in helpers:
                helper.end()


def _helpers(plan: Plan) -> int:
    return min(PROCESSES - 1, plan.path.stat().st_size // (_FEW_BLOCKS * block_reading.BLOCK_BYTES))


def _help(shared: Shared, file: int, plan: Plan, blocks: Blocks) -> Help:
    reader = Reader(shared)
    try:
        _read(reader, file, plan, blocks)
        reader.flush()
    except BaseException:
        blocks.give_up()
        raise
    return Help(reader.reading, shared.people.sample, shared.hashes.noted if shared.hashes else [])


def _read(reader: Reader, file: int, plan: Plan, blocks: Blocks) -> None:
    buffer = new_buffer()
    while block := blocks.take(buffer):
        reader.read(file, block, plan)
