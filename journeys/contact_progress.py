"""How far a contact log is read, told while it is being counted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jobs.child import Report

LOOK_SECONDS = 0.5
READ_PERCENT = 80  # how far the work is when the file is read
_SELF = Path("/proc/self")


@contextmanager
def reporting(path: Path, report: Report) -> Iterator[None]:
    """Tells how far the file is read, by its bytes. Where there is no /proc, percents jump."""
    ended, before, size_bytes = threading.Event(), _bytes_read(), path.stat().st_size

    def look() -> None:
        told = 0
        while not ended.wait(LOOK_SECONDS):
            read = _place_in(path) or _bytes_read() - before
            percent = min(int(READ_PERCENT * read / size_bytes), READ_PERCENT)
            if percent > told:
                told = percent
                report("count" if percent >= READ_PERCENT else "read", percent)

    report("read", 0)
    looker = threading.Thread(target=look, daemon=True)
    looker.start()
    try:
        yield
    finally:
        ended.set()
        looker.join()


def _place_in(path: Path) -> int:
    """Where in the file this process and its forks are, which read on from one place; 0 where they do not."""
    places = [0]
    with suppress(OSError):  # no /proc, or a file that was closed just now
        path = path.resolve()
        for link in (_SELF / "fd").iterdir():
            if link.readlink() == path:
                places.append(int((_SELF / "fdinfo" / link.name).read_text().split()[1]))
    return max(places)


def _bytes_read() -> int:
    """By this process, of all files."""
    try:
        return int((_SELF / "io").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return 0
