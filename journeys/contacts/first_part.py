"""The beginning of a long file as a short one, so that a look at it takes no time."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from journeys.contacts.event_logs import looks_like_xes
from journeys.contacts.refusals import Refused
from journeys.contacts.texts import packing_of

PART_BYTES = 2_000_000
_WHOLE = (b"PK\x03\x04", b"PAR1")  # read at once, or from their end


@contextmanager
def first_part_of(path: Path) -> Iterator[Path]:
    """A file that begins as this one does and ends with a whole line. Raises Refused."""
    with path.open("rb") as file:
        start = file.read(4)
    packing = packing_of(path)
    if start in _WHOLE or packing == "zstd":
        yield path
        return
    head = _read(path, packing)
    if len(head) < PART_BYTES and packing == "none":
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="sample-") as folder:
        part = Path(folder) / "part"
        part.write_bytes(_cut(head) if len(head) >= PART_BYTES else head)
        yield part


def _read(path: Path, packing: str) -> bytes:
    try:
        with gzip.open(path) if packing == "gzip" else path.open("rb") as file:
            return file.read(PART_BYTES)
    except (OSError, EOFError, zlib.error):
        raise Refused(_("This file is packed with gzip, but damaged.")) from None


def _cut(head: bytes) -> bytes:
    if looks_like_xes(head[:4_000].decode("utf-8", errors="replace")) and b"</trace>" in head:
        return head[: head.rfind(b"</trace>")] + b"</trace></log>"
    if b"\0" in head[:1_000]:  # UTF-16 or -32
        return head[: len(head) // 4 * 4]
    return head[: head.rfind(b"\n") + 1] or head
