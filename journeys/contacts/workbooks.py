"""The rows of a workbook one by one, so that a long one takes little memory.

A workbook is a ZIP of XML. What its parts unpack to is known before any is read, and what is not plausible is refused.
"""

from __future__ import annotations

import posixpath
import xml.parsers.expat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from journeys.contacts.refusals import Refused
from journeys.contacts.workbook_parts import Book, Known, Part, Sheet, Styles, Texts, too_large, unreadable

ENTRIES_MAX = 100
INFLATED_MAX, PLAIN_MAX, RATIO_MAX = 4_000_000_000, 20_000_000, 100  # beyond so many bytes a part is packed so tightly
_PIECE = 1 << 18


def read_workbook(path: Path) -> Iterator[list[str]]:
    """The rows of the first visible sheet that has any. Raises Refused, also half way."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive)
            book, known = _open(archive)
            for name in book:
                has_rows = False
                for row in _rows(archive, name, known):
                    has_rows = True
                    yield row
                if has_rows:
                    return
        raise Refused(_("This workbook holds no rows."))
    except Refused:  # a ValueError
        raise
    except (zipfile.BadZipFile, zlib.error, xml.parsers.expat.ExpatError, NotImplementedError, RuntimeError):
        raise unreadable() from None
    except (EOFError, OSError, ValueError, LookupError):
        raise unreadable() from None


def _check(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    for entry in entries:
        if entry.file_size > PLAIN_MAX and entry.file_size > RATIO_MAX * entry.compress_size:
            raise too_large()
    if len(entries) > ENTRIES_MAX or sum(entry.file_size for entry in entries) > INFLATED_MAX:
        raise too_large()


def _open(archive: zipfile.ZipFile) -> tuple[list[str], Known]:
    """The names of the sheets' parts, in order."""
    book, styles, texts = Book(), Styles(), Texts()
    relations = Book()
    _read(archive, "xl/workbook.xml", book)
    _read(archive, "xl/_rels/workbook.xml.rels", relations)
    parts = set(archive.namelist())
    for name, part in (("xl/styles.xml", styles), ("xl/sharedStrings.xml", texts)):
        if name in parts:
            _read(archive, name, part)
    targets = [relations.targets.get(sheet, "") for sheet in book.sheets]
    names = [posixpath.normpath(posixpath.join("/xl", target)).lstrip("/") for target in targets if target]
    return [name for name in names if name in parts], Known(texts.found, styles.kinds, book.is_1904)


def _read(archive: zipfile.ZipFile, name: str, part: Part) -> None:
    for _piece in _pieces(archive, name, part):
        pass


def _pieces(archive: zipfile.ZipFile, name: str, part: Part) -> Iterator[None]:
    with archive.open(name) as file:
        while piece := file.read(_PIECE):
            part.parser.Parse(piece, False)
            yield
        part.parser.Parse(b"", True)
        yield


def _rows(archive: zipfile.ZipFile, name: str, known: Known) -> Iterator[list[str]]:
    sheet = Sheet(known)
    for _piece in _pieces(archive, name, sheet):
        yield from sheet.rows
        sheet.rows.clear()
