"""Whether a file packed with zstd is whole: its frames and blocks are walked by their lengths, nothing is unpacked.

DuckDB reads one that was cut off to where it goes, and says nothing. Source: RFC 8878, 3.1.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

FRAME, SKIPPED = 0xFD2FB528, range(0x184D2A50, 0x184D2A60)
DICTIONARY_BYTES, CONTENT_SIZE_BYTES = (0, 1, 2, 4), (0, 2, 4, 8)
REPEATED, RESERVED = 1, 3
CHECKSUM_BYTES = 4


class _Broken(ValueError):
    """Here no frame can go on like this."""


def is_whole(path: Path) -> bool:
    """Whether the file holds frames up to its end, each up to its last block."""
    size = path.stat().st_size
    with path.open("rb") as file:
        try:
            while file.tell() < size:
                _pass_frame(file)
        except _Broken:
            return False
        return file.tell() == size  # a length may lead beyond the end


def _pass_frame(file: IO[bytes]) -> None:
    magic = _number(file, 4)
    if magic in SKIPPED:
        file.seek(_number(file, 4), os.SEEK_CUR)
        return
    if magic != FRAME:
        raise _Broken
    has_checksum = _pass_header(file)
    while not _pass_block(file):
        pass
    file.seek(CHECKSUM_BYTES if has_checksum else 0, os.SEEK_CUR)


def _pass_header(file: IO[bytes]) -> bool:
    """Whether a checksum stands at the frame's end."""
    told = _number(file, 1)
    is_single_segment, has_checksum = bool(told & 0x20), bool(told & 0x04)
    content_size = CONTENT_SIZE_BYTES[told >> 6] or int(is_single_segment)
    file.seek(int(not is_single_segment) + DICTIONARY_BYTES[told & 3] + content_size, os.SEEK_CUR)
    return has_checksum


def _pass_block(file: IO[bytes]) -> bool:
    """Whether it was the frame's last."""
    told = _number(file, 3)
    kind, size = told >> 1 & 3, told >> 3
    if kind == RESERVED:
        raise _Broken
    file.seek(1 if kind == REPEATED else size, os.SEEK_CUR)
    return bool(told & 1)


def _number(file: IO[bytes], size: int) -> int:
    found = file.read(size)
    if len(found) < size:
        raise _Broken
    return int.from_bytes(found, "little")
