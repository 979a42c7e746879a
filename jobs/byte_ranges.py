"""Parts of a file: which bytes a Range header asks for, and the file read from there to there. RFC 9110, section 14."""

from __future__ import annotations

import re
from pathlib import Path

ONE_RANGE = re.compile(r"\s*bytes\s*=\s*([0-9]{0,18})-([0-9]{0,18})\s*", re.ASCII | re.IGNORECASE)


class NoSuchBytes(Exception):  # an answer, not an accident
    """The range begins behind the end of the file."""


def bytes_asked(header: str, size: int) -> range | None:
    """The bytes of a file of that size that the header asks for; None where it is to be ignored.

    That is so where it can't be read, and where it names several parts: the whole file answers those as well.
    Raises NoSuchBytes.
    """
    found = ONE_RANGE.fullmatch(header)
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        asked = range(max(size - int(last), 0), size)
    elif last and int(last) < int(first):
        return None
    else:
        asked = range(int(first), min(int(last) + 1, size) if last else size)
    if not asked:
        raise NoSuchBytes
    return asked


class Part:
    """A part of a file that can be read like a file, and never beyond its end."""

    def __init__(self, path: Path, part: range) -> None:
        self.file = path.open("rb")
        self.file.seek(part.start)
        self.left = len(part)

    def read(self, most: int = -1) -> bytes:
        data = self.file.read(self.left if most < 0 else min(most, self.left))
        self.left -= len(data)
        return data

    def close(self) -> None:
        self.file.close()
