"""Rows of the first sheet of an XLSX workbook, which is opened only once it is known to stay small.

A workbook is a ZIP of XML. A few kilobytes can unpack to gigabytes, or name one cell so far out that the sheet around
it fills the memory, so every part is unpacked once, in pieces and counted, before the reader of sheets sees it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from journeys.formats.rows import Row, TableError
from journeys.limits import COLUMNS_MAX, ROWS_MAX

ENTRIES_MAX = 100
INFLATED_MAX = 20_000_000  # bytes of all parts together: what the reader of sheets makes of more takes over 50 MB
_CELLS_MAX = 400_000
_PIECE, _OVERLAP = 65_536, 2_048
_REFUSED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_ELEMENT = re.compile(rb"<(?:[\w.-]{1,20}:)?(row|c)(?=[\s>/])([^<>]{0,1000})")
_REFERENCE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([^"']*)["']""")
_PLACE = re.compile(rb"([A-Z]{0,3})(\d{1,7})")


def is_xlsx(content: bytes) -> bool:
    """Whether a file is a ZIP, as every XLSX is."""
    return content.startswith(b"PK\x03\x04")


def read_xlsx(content: bytes) -> tuple[Iterator[Row], str]:
    """The rows and the name of the first sheet that holds any. Raises TableError."""
    try:
        _inspect(content)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise error if isinstance(error, TableError) else _unreadable() from None
    try:
        return _open(content)
    except TableError:
        raise
    except BaseException as error:  # a panic of the Rust library is no Exception
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise _unreadable() from None
        raise


def _unreadable() -> TableError:
    return TableError(_("This workbook can't be read. Save it anew as XLSX, without a password, or as CSV."))


def _inspect(content: bytes) -> None:
    """Unpack every part in pieces; TableError where it is more than a table of ours could be."""
    left = INFLATED_MAX
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if len(archive.infolist()) > ENTRIES_MAX:
            raise _too_large()
        for entry in archive.infolist():
            with archive.open(entry) as part:
                left = _inspect_part(part, left)


def _inspect_part(part: Any, left: int) -> int:
    """How many bytes are left after this part."""
    tail, rows = b"", 0
    cells = 0
    while piece := part.read(_PIECE):
        left -= len(piece)
        if left < 0:
            raise _too_large()
        if not tail and piece.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise _unreadable()
        seen = tail + piece
        if _REFUSED.search(seen):
            raise _unreadable()
        cut = len(seen) - _OVERLAP if len(piece) == _PIECE else len(seen)
        for element in _ELEMENT.finditer(seen):
            if element.start() < cut:
                rows, cells = rows + (element[1] == b"row"), cells + (element[1] == b"c")
                _check_place(element)
        tail = seen[max(cut, 0) :]
    if rows > ROWS_MAX or cells > _CELLS_MAX:
        raise _too_large()
    return left


def _check_place(element: re.Match[bytes]) -> None:
    reference = _REFERENCE.search(element[2])
    if reference is None:
        return
    place = _PLACE.fullmatch(reference[1].replace(b"$", b""))
    if place is None:
        raise _unreadable()
    column = 0
    for letter in place[1]:
        column = column * 26 + letter - 64
    if int(place[2]) > ROWS_MAX or column > COLUMNS_MAX:
        raise _too_large()


def _too_large() -> TableError:
    message = _("This workbook is too large: at most %(rows)s rows and %(columns)s columns. Take a part of it.")
    return TableError(message % {"rows": ROWS_MAX, "columns": COLUMNS_MAX})


def _open(content: bytes) -> tuple[Iterator[Row], str]:
    from python_calamine import SheetVisibleEnum, load_workbook

    workbook = load_workbook(io.BytesIO(content))
    for sheet_data in workbook.sheets_metadata:
        sheet = workbook.get_sheet_by_name(sheet_data.name)
        if sheet_data.visible == SheetVisibleEnum.Visible and sheet.height:
            first = (sheet.start or (0, 0))[0] + 1
            return _rows(sheet, first), sheet_data.name
    raise TableError(_("This workbook holds no rows."))


def _rows(sheet: Any, first: int) -> Iterator[Row]:
    for number, cells in enumerate(sheet.iter_rows(), start=first):
        if any(cell != "" for cell in cells):
            yield Row(number, [_text(cell) for cell in cells])


def _text(cell: Any) -> str:
    """A cell as somebody would have typed it; a time of day or a duration in seconds."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, time):
        return f"{cell.hour * 3600 + cell.minute * 60 + cell.second} s"
    if isinstance(cell, timedelta):
        return f"{cell.total_seconds():g} s"
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)
