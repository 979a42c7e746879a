"""The beginning of a file, unpacked, and its bytes as text."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from journeys.contacts.engine import Engine, quoted
from journeys.contacts.limits import LINE_BYTES_MAX, SAMPLE_BYTES
from journeys.contacts.refusals import Refused
from journeys.contacts.zstd_frames import is_whole
from journeys.formats.encodings import NotText, decode_text

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_PIECE, _LINES = 1 << 20, 2_000


def packing_of(path: Path) -> str:
    """gzip, zstd or none, by the first bytes."""
    with path.open("rb") as file:
        head = file.read(4)
    return "gzip" if head.startswith(_GZIP) else "zstd" if head == _ZSTD else "none"


def read_head(path: Path, engine: Engine) -> bytes:
    """The first bytes, unpacked. Raises Refused."""
    packing = packing_of(path)
    if packing == "zstd":
        return _read_zstd_head(path, engine)
    try:
        with _opened(path, packing) as file:
            return file.read(SAMPLE_BYTES)
    except (OSError, EOFError, zlib.error):
        raise Refused(_("This file is packed with gzip, but damaged.")) from None


@contextmanager
def _opened(path: Path, packing: str) -> Iterator[IO[bytes] | Any]:
    with gzip.open(path) if packing == "gzip" else path.open("rb") as file:
        yield file


def _read_zstd_head(path: Path, engine: Engine) -> bytes:
    if not is_whole(path):
        raise Refused(_("This file is packed with zstd and breaks off. Send it again, or pack it anew."))
    return b"".join(read_zstd(path, engine, "LIMIT 1000"))[:SAMPLE_BYTES]


def read_zstd(path: Path, engine: Engine, limit: str = "") -> Iterator[bytes]:
    """Lines of the file, many at once, by the only reader of zstd that is at hand. Raises Refused, also half way."""
    import duckdb

    link = engine.reach(path)
    reader = (
        f"read_csv({quoted(str(link))}, columns={{'line': 'VARCHAR'}}, delim='', quote='', escape='', header=false, "
        f"auto_detect=false, compression='zstd', max_line_size={LINE_BYTES_MAX}, strict_mode=false)"
    )
    try:
        found = engine.connection.execute(f"SELECT line FROM {reader} {limit}")  # noqa: S608
        while lines := found.fetchmany(_LINES):
            yield "".join(f"{line or ''}\n" for (line,) in lines).encode()
    except duckdb.Error:
        raise Refused(
            _("This file is packed with zstd, and damaged or not UTF-8. Save it as UTF-8 or pack it with gzip.")
        ) from None


def decode_head(head: bytes) -> tuple[str, str]:
    """The text and its encoding; a character that the cut went through is left off. Raises Refused."""
    whole = head[: head.rfind(b"\n") + 1] if len(head) >= SAMPLE_BYTES and b"\n" in head else head
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0\n" in head or b"\n\0" in head:
        whole = head[: len(head) // 4 * 4]
    if _is_mostly_utf8(whole):
        return whole.decode("utf-8-sig", errors="replace"), "utf-8"
    try:
        return decode_text(whole)
    except NotText:
        raise Refused(_("This file is not a text that can be read. Save it as CSV in UTF-8.")) from None


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether the letters beyond ASCII are UTF-8, but for some broken ones; not of plain ASCII or UTF-16."""
    if b"\0" in content[:1_000]:
        return False
    if _is_utf8(content):
        return True
    text = content.decode("utf-8", errors="surrogateescape")
    wrong = sum("\udc80" <= letter <= "\udcff" for letter in text)
    return wrong * 2 <= sum(letter > "\x7f" for letter in text)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def rewrite(path: Path, packing: str, encoding: str, target: Path) -> None:
    """The whole text anew: in UTF-8, with plain line ends, unpacked. Raises Refused."""
    if packing == "zstd":
        raise Refused(_("This file is packed with zstd and not plain UTF-8. Save it as UTF-8 or pack it with gzip."))
    errors = (
        "surrogateescape" if encoding.startswith("utf-8") else "replace"
    )  # bytes that are no UTF-8 stay as they are
    decoder = codecs.getincrementaldecoder(encoding)(errors=errors)
    try:
        with (
            _opened(path, packing) as source,
            target.open("w", encoding="utf-8", errors="surrogateescape", newline="") as text,
        ):
            for piece in _pieces(source):
                text.write(_plain_ends(decoder.decode(piece)))
            text.write(decoder.decode(b"", final=True))
    except (OSError, EOFError, zlib.error):
        raise Refused(_("This file can't be read to its end.")) from None


def find_encoding(path: Path, packing: str) -> str:
    """The encoding of a text that begins as ASCII or UTF-8: by the first part that is mostly neither."""
    with _opened(path, packing) as source:
        for piece in _pieces(source):
            if not piece.isascii() and not _is_mostly_utf8(piece):
                return decode_text(piece)[1]
    return "utf-8"


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(_PIECE):
        yield piece + (source.read(1) if piece.endswith((b"\r", b"\r\0")) else b"")


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
