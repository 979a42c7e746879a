"""Files read by several threads at once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from journeys.contacts.limits import THREADS
from journeys.contacts.plain.blocks import Blocks, new_buffer
from journeys.contacts.plain.fitting import Plan
from journeys.contacts.plain.reader import Reader, Shared


def scan(plans: Sequence[Plan], shared: Shared) -> list[Reader]:
    """What all threads found. Raises Unfit."""
    readers = [Reader(shared) for _thread in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        for file, plan in enumerate(plans):
            with plan.blocks() as blocks:
                given_up = Event()
                done = [pool.submit(_read, reader, file, plan, blocks, given_up) for reader in readers]
                for each in done:
                    each.result()
        for each in [pool.submit(reader.flush) for reader in readers]:
            each.result()
    return readers


def _read(reader: Reader, file: int, plan: Plan, blocks: Blocks, given_up: Event) -> None:
    buffer = new_buffer()
    try:
        while not given_up.is_set() and (block := blocks.take(buffer)):
            reader.read(file, block, plan)
    except BaseException:
        given_up.set()
        raise
