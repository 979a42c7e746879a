"""A file in blocks of whole lines, handed to this process and its forks in turn."""

from __future__ import annotations

import codecs
import gzip
import mmap
import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import FileIO
from pathlib import Path
from struct import Struct
from typing import NamedTuple

from journeys.contacts.plain.apart import Apart, SharedLock
from journeys.contacts.plain.unfit import Unfit

BLOCK_BYTES = 1 << 20  # no fewer than LINE_BYTES_MAX
MARGIN = 128  # bytes after the last line that may be looked at
_NEWLINE = b"\n"
_STATE = Struct("<QQ?")  # blocks taken, bytes of a line that has begun, whether no more are taken
_UNPACKED_BYTES = 1 << 20  # at once


class Block(NamedTuple):
    """Whole lines. number: how many blocks come before. buffer: `size` bytes of lines and then a margin."""

    number: int
    buffer: bytearray
    size: int


class Blocks:
    """A file, read without a buffer, from after its first `skipped` lines. Raises Unfit where those do not end."""

    def __init__(self, file: FileIO, skipped: int, ending: bytes) -> None:
        self._file, self._ending, self._lock = file, ending, SharedLock()
        self._state = mmap.mmap(-1, _STATE.size + BLOCK_BYTES)  # and after it what was read of the next block
        buffer = new_buffer()
        size = self._fill(buffer, 0)
        start = _after(buffer[:size], skipped)
        self._note(0, memoryview(buffer)[start:size])

    def take(self, buffer: bytearray) -> Block | None:
        """The next block, in a buffer of BLOCK_BYTES and a margin; None at the end. Raises Unfit."""
        with self._lock.held():
            number, size, is_over = _STATE.unpack_from(self._state)
            if is_over:
                return None
            buffer[:size] = self._state[_STATE.size : _STATE.size + size]
            size = self._fill(buffer, size)
            if size < BLOCK_BYTES and size and buffer[size - 1] != _NEWLINE[0]:
                buffer[size : size + len(self._ending)] = self._ending
                size += len(self._ending)
            end = buffer.rfind(_NEWLINE, 0, size) + 1
            if size and not end:
                raise Unfit("a line is longer than a block")
            self._note(number + 1, memoryview(buffer)[end:size])
            return Block(number, buffer, end) if end else None

    def give_up(self) -> None:
        """Nobody takes another one."""
        with self._lock.held():
            self._note(0, memoryview(b""), is_over=True)

    def _note(self, number: int, rest: memoryview, *, is_over: bool = False) -> None:
        _STATE.pack_into(self._state, 0, number, len(rest), is_over)
        self._state[_STATE.size : _STATE.size + len(rest)] = rest

    def _fill(self, buffer: bytearray, size: int) -> int:
        """As much of the file as there is room for, after the first `size` bytes."""
        view = memoryview(buffer)
        try:
            while size < BLOCK_BYTES and (read := self._file.readinto(view[size:BLOCK_BYTES])):
                size += read
        except OSError:
            raise Unfit("the file can't be read to its end") from None
        return size


def _after(letters: bytearray, skipped: int) -> int:
    """Where the first line begins that counts."""
    start = len(codecs.BOM_UTF8) if letters.startswith(codecs.BOM_UTF8) else 0
    for _line in range(skipped):
        start = letters.find(_NEWLINE, start) + 1
        if not start and len(letters) == BLOCK_BYTES:
            raise Unfit("a line above the first that counts is too long")
        start = start or len(letters)
    return start


@contextmanager
def open_blocks(path: Path, packing: str, skipped: int, *, has_returns: bool) -> Iterator[Blocks]:
    """Raises Unfit, also at the end: where a packed file could not be unpacked to its own."""
    ending = b"\r\n" if has_returns else b"\n"
    if packing != "gzip":
        with path.open("rb", buffering=0) as file:
            yield Blocks(file, skipped, ending)
        return
    reading, writing = os.pipe()
    with path.open("rb", buffering=0) as packed, os.fdopen(reading, "rb", buffering=0) as file:
        unpacker = Apart(partial(_unpack, packed, writing))
        os.close(writing)
        try:
            yield Blocks(file, skipped, ending)
            unpacker.result()
        finally:
            unpacker.end()


def _unpack(packed: FileIO, writing: int) -> None:
    try:
        with gzip.open(packed) as lines, os.fdopen(writing, "wb") as pipe:
            shutil.copyfileobj(lines, pipe, _UNPACKED_BYTES)
    except (OSError, EOFError, zlib.error):
        raise Unfit("the file can't be read to its end") from None


def new_buffer() -> bytearray:
    return bytearray(BLOCK_BYTES + MARGIN)
