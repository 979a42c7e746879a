"""What some processes hold together, and the most of it while something is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from time import sleep

import psutil


def memory_bytes(processes: list[psutil.Process]) -> int:
    """Proportional set size of all together: memory that they share counts once."""
    total = 0
    for process in processes:
        try:
            total += process.memory_full_info().pss
        except psutil.NoSuchProcess:
            continue
    return total


def highest_while(work: Callable[[], object], held_bytes: Callable[[], int], look_seconds: float = 0.05) -> int:
    """The largest `held_bytes()` while `work()` ran."""
    seen: list[int] = []
    is_over = False

    def look() -> None:
        while not is_over:
            seen.append(held_bytes())
            sleep(look_seconds)

    watcher = Thread(target=look)
    watcher.start()
    try:
        work()
    finally:
        is_over = True
        watcher.join()
    return max(seen)


def own_bytes() -> int:
    """Of this process and those that it has started. What lies in files in memory is added, even where a process has
    mapped it and it is counted already.
    """
    main = psutil.Process()
    family = [main, *main.children(recursive=True)]
    files: dict[int, int] = {}
    for process in family:
        with suppress(OSError):  # it may have gone meanwhile
            files |= dict(_memory_files(process.pid))
    return memory_bytes(family) + sum(files.values())


def _memory_files(pid: int) -> Iterator[tuple[int, int]]:
    """Number and bytes of each."""
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            if str(link.readlink()).startswith("/memfd:"):
                told = link.stat()
                yield told.st_ino, told.st_blocks * 512
