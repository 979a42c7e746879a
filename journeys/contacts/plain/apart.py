"""Processes forked from this one: what they find, and what they share while they work.

Threads would wait for each other between all the short steps of a count; processes do not. A fork knows all that this
process knew when it began.
"""

from __future__ import annotations

import fcntl
import gc
import mmap
import os
import pickle
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import IO, Any, NoReturn

from jobs.forking import fork
from jobs.limits import die_with_parent

_ALIGNMENT = 64  # bytes, of arrays


class Apart:
    """Does some work in a process of its own. Whoever makes one ends it."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._answer, parent_pid = _new_file(), os.getpid()
        self._pid = fork()
        if not self._pid:
            _live(work, self._answer, parent_pid)

    def result(self) -> Any:
        """What the work gave, once it is done; arrays stand in memory that is read from no more. Raises what it raised,
        and MemoryError where it was killed.
        """
        status, self._pid = os.waitpid(self._pid, 0)[1], 0
        if status:
            raise MemoryError(f"a process that helped ended with status {status}")
        has_failed, found = _load(self._answer)
        if has_failed:
            raise found
        return found

    def end(self) -> None:
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            self._pid = 0
        self._answer.close()


def _live(work: Callable[[], Any], answer: IO[bytes], parent_pid: int) -> NoReturn:
    """All that the fork ever does. It leaves by os._exit, so that nothing of the parent's is closed or flushed."""
    status = 1
    try:
        gc.disable()  # what the parent left behind is not the fork's to end
        die_with_parent(parent_pid)
        _dump(_attempt(work), answer)
        status = 0
    finally:
        os._exit(status)


def _attempt(work: Callable[[], Any]) -> tuple[bool, Any]:
    try:
        return False, work()
    except Exception as error:
        return True, error


def _dump(found: Any, answer: IO[bytes]) -> None:
    buffers: list[pickle.PickleBuffer] = []
    head = pickle.dumps(found, protocol=5, buffer_callback=buffers.append)
    pickle.dump((head, [buffer.raw().nbytes for buffer in buffers]), answer)
    for buffer in buffers:
        answer.write(bytes(-answer.tell() % _ALIGNMENT))
        answer.write(buffer.raw())
    answer.flush()


def _load(answer: IO[bytes]) -> Any:
    answer.seek(0)
    head, sizes = pickle.load(answer)  # noqa: S301 - of a fork of this process
    view, end, buffers = memoryview(mmap.mmap(answer.fileno(), 0)), answer.tell(), []
    for size in sizes:
        start = end + -end % _ALIGNMENT
        end = start + size
        buffers.append(view[start:end])
    return pickle.loads(head, buffers=buffers)  # noqa: S301 - as above


class SharedLock:
    """Held by one process at a time, of this one and its forks. It is let go where its holder is killed."""

    def __init__(self) -> None:
        self._file = _new_file()

    def __del__(self) -> None:
        self._file.close()

    @contextmanager
    def held(self) -> Iterator[None]:
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN)


class SharedTexts:
    """Texts that this process and its forks add, in one order for all. size_bytes: room for them and their lengths."""

    _LENGTH = 4  # bytes

    def __init__(self, size_bytes: int) -> None:
        self._memory, self._lock = mmap.mmap(-1, size_bytes + self._LENGTH), SharedLock()
        self._place = 0

    def held(self) -> AbstractContextManager[None]:
        """No other process adds meanwhile."""
        return self._lock.held()

    def news(self) -> list[str]:
        """All that was added since this process asked, or added, last."""
        found = []
        while length := int.from_bytes(self._memory[self._place : self._place + self._LENGTH], "little"):
            self._place += self._LENGTH
            found.append(self._memory[self._place : self._place + length - 1].decode())
            self._place += length - 1
        return found

    def add(self, text: str) -> None:
        """After `news`, while it is held. Raises ValueError where there is no room."""
        told = text.encode()
        end = self._place + self._LENGTH + len(told)
        if end + self._LENGTH > len(self._memory):
            raise ValueError("no room for another text")
        self._memory[self._place + self._LENGTH : end] = told
        self._memory[self._place : self._place + self._LENGTH] = (len(told) + 1).to_bytes(self._LENGTH, "little")
        self._place = end


def _new_file() -> IO[bytes]:
    """In memory, where the system can do that."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("apart"), "w+b")
    return tempfile.TemporaryFile()
