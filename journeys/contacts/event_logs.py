"""XES event logs, the XML of process mining (IEEE 1849), as rows: an event each, its case as customer."""

from __future__ import annotations

import gzip
import xml.parsers.expat
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from journeys.contacts.engine import Engine
from journeys.contacts.refusals import Refused
from journeys.contacts.texts import packing_of, read_zstd

COLUMNS = (
    "case:concept:name",
    "concept:name",
    "org:resource",
    "lifecycle:transition",
    "time:timestamp",
    "concept:instance",
)
_VALUES = frozenset(("string", "date", "int", "float", "boolean", "id"))
_PIECE = 1 << 18


def looks_like_xes(text: str) -> bool:
    head = text[:4_000].lstrip("\ufeff \r\n\t")
    return head.startswith("<") and "<log" in head


class _Events:
    """Collects the events of a log as they end. Values inside of values are left out."""

    def __init__(self) -> None:
        self.found: list[list[str]] = []
        self._case = ""
        self._event: dict[str, str] | None = None
        self._path: list[str] = []

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        parent = self._path[-1] if self._path else ""
        self._path.append(tag)
        if tag == "trace":
            self._case = ""
        elif tag == "event":
            self._event = {}
        elif tag in _VALUES and parent == "trace" and attributes.get("key") == "concept:name":
            self._case = attributes.get("value", "")
        elif tag in _VALUES and parent == "event" and self._event is not None:
            self._event[attributes.get("key", "")] = attributes.get("value", "")

    def end(self, tag: str) -> None:
        self._path.pop()
        if tag.rpartition(":")[2] == "event" and self._event is not None:
            case = {"case:concept:name": self._case}
            self.found.append([(case | self._event).get(column, "") for column in COLUMNS])
            self._event = None


def read_events(path: Path, engine: Engine) -> Iterator[list[str]]:
    """Every event in the order of the file. Raises Refused, also half way."""
    events, parser = _Events(), xml.parsers.expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = events.begin, events.end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for piece in _pieces(path, engine):
            parser.Parse(piece, False)
            yield from events.found
            events.found.clear()
        parser.Parse(b"", True)
    except (xml.parsers.expat.ExpatError, OSError, EOFError, zlib.error) as error:
        line = getattr(error, "lineno", 0)
        raise Refused(_("This event log can't be read from line %(line)s on.") % {"line": line}) from None


def _pieces(path: Path, engine: Engine) -> Iterator[bytes]:
    packing = packing_of(path)
    if packing == "zstd":
        yield from read_zstd(path, engine)
        return
    with gzip.open(path) if packing == "gzip" else path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _refuse_doctype(*_parts: object) -> None:
    raise Refused(_("This event log declares a document type, which is not read. Save it without."))
