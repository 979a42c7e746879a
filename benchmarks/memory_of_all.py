"""What a program and the processes that it starts hold together while it works."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

_LOOK_SECONDS = 0.01
Found = TypeVar("Found")


def peak_of(work: Callable[[], Found]) -> tuple[Found, float]:
    """What the work gives, and the most megabytes that were held, looked at every hundredth of a second.

    Pages that several processes have count once, in parts (the kernel's Pss). What lies in files in memory is added,
    even where a process has mapped it and it is counted already.
    """
    ended, peak = threading.Event(), [0.0]

    def look() -> None:
        while not ended.wait(_LOOK_SECONDS):
            peak.append(max(peak.pop(), _held_bytes() / 1024 / 1024))

    looker = threading.Thread(target=look)
    looker.start()
    try:
        found = work()
    finally:
        ended.set()
        looker.join()
    return found, peak[0]


def _held_bytes() -> int:
    files: dict[int, int] = {}
    held = 0
    for pid in _family(os.getpid()):
        with suppress(OSError):  # it may have gone meanwhile
            held += _pss_bytes(pid)
            files |= dict(_memory_files(pid))
    return held + sum(files.values())


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text().split():
                yield from _family(int(child))


def _pss_bytes(pid: int) -> int:
    words = Path(f"/proc/{pid}/smaps_rollup").read_text().split()
    return int(words[words.index("Pss:") + 1]) * 1024


def _memory_files(pid: int) -> Iterator[tuple[int, int]]:
    """Number and bytes of each."""
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            if str(link.readlink()).startswith("/memfd:"):
                told = link.stat()
                yield told.st_ino, told.st_blocks * 512
