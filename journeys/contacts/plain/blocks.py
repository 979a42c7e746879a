"""A file in blocks of whole lines, handed to several threads in turn."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from journeys.contacts.limits import LINE_BYTES_MAX
from journeys.contacts.plain.unfit import Unfit

BLOCK_BYTES = 2 << 20  # no fewer than LINE_BYTES_MAX; with smaller ones threads wait for each other more than they work
MARGIN = 128  # bytes after the last line that may be looked at
_NEWLINE = b"\n"


class Block(NamedTuple):
    """Whole lines. number: how many blocks come before. buffer: `size` bytes of lines and then a margin."""

    number: int
    buffer: bytearray
    size: int


class Blocks:
    """A file from after its first `skipped` lines. Threads may call `take` at the same time."""

    def __init__(self, file: Any, skipped: int, ending: bytes) -> None:
        self._ending = ending
        self._file, self._lock, self._rest, self._number = file, Lock(), b"", 0
        for _line in range(skipped):
            file.readline(LINE_BYTES_MAX)
        if not skipped and (start := file.read(3)) != codecs.BOM_UTF8:
            self._rest = start

    def take(self, buffer: bytearray) -> Block | None:
        """The next block, in a buffer of BLOCK_BYTES and a margin; None at the end. Raises Unfit."""
        with self._lock:
            size = self._fill(buffer)
            if size < BLOCK_BYTES and size and buffer[size - 1] != _NEWLINE[0]:
                buffer[size : size + len(self._ending)] = self._ending
                size += len(self._ending)
            end = buffer.rfind(_NEWLINE, 0, size) + 1
            if size and not end:
                raise Unfit("a line is longer than a block")
            self._rest = bytes(memoryview(buffer)[end:size])
            self._number += 1
            return Block(self._number - 1, buffer, end) if end else None

    def _fill(self, buffer: bytearray) -> int:
        """The rest of the block before and as much of the file as there is room for."""
        size = len(self._rest)
        buffer[:size] = self._rest
        view = memoryview(buffer)
        try:
            while size < BLOCK_BYTES and (read := self._file.readinto(view[size:BLOCK_BYTES])):
                size += read
        except (OSError, EOFError, zlib.error):
            raise Unfit("the file can't be read to its end") from None
        return size


@contextmanager
def open_blocks(path: Path, packing: str, skipped: int, *, has_returns: bool) -> Iterator[Blocks]:
    with gzip.open(path) if packing == "gzip" else path.open("rb") as file:
        yield Blocks(file, skipped, b"\r\n" if has_returns else b"\n")


def new_buffer() -> bytearray:
    return bytearray(BLOCK_BYTES + MARGIN)
