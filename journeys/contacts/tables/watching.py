"""A count that goes on in a thread of its own, while this one sees how far it is, and may end it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TypeVar

LOOK_SECONDS = 1.0
_AGAIN_SECONDS = 0.1
Result = TypeVar("Result")


class Ended(Exception):
    """The count was ended from outside."""


class Watch:
    """How far a count is: its step as `ContactImport.steps` names it, and its percent."""

    def __init__(self) -> None:
        self.step, self.percent = "read", 0
        self._is_ended = False
        self._interrupts: list[Callable[[], object]] = []

    def tell(self, step: str, percent: int) -> None:
        """Raises Ended where nobody waits for the count any more."""
        self.step, self.percent = step, percent
        if self._is_ended:
            raise Ended

    @contextmanager
    def interrupting(self, interrupt: Callable[[], object]) -> Iterator[None]:
        """What is to be called, from another thread, so that what runs in the block ends soon."""
        self._interrupts.append(interrupt)
        try:
            yield
        finally:
            self._interrupts.remove(interrupt)

    def end(self) -> None:
        self._is_ended = True
        for interrupt in list(self._interrupts):
            interrupt()


@contextmanager
def interrupted_after(seconds: float, interrupt: Callable[[], object]) -> Iterator[None]:
    """Ends what runs in the block once it has taken that long."""
    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def count_watched(
    count: Callable[[Watch], Result],
    look: Callable[[Watch], bool] = lambda _watch: True,
) -> Result:
    """What `count` gives. look: is asked every second whether to go on. Raises Ended where it said no.

    However this is left, as by Ctrl-C, nothing is being counted any more.
    """
    watch = Watch()
    with ThreadPoolExecutor(1) as pool:
        counted = pool.submit(count, watch)
        try:
            while not wait([counted], LOOK_SECONDS).done:
                if not look(watch):
                    raise Ended
            return counted.result()
        finally:
            while not counted.done():
                watch.end()  # again and again: between two statements there is nothing to interrupt
                wait([counted], _AGAIN_SECONDS)
