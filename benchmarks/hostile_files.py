"""Files as large as may be sent, or small and large once unpacked, that break importers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import xlsxwriter

LARGEST = 5_000_000


def hostile_files() -> Iterator[tuple[str, bytes]]:
    """Name and content of each."""
    yield "one field.csv", b'Moment\n"' + b"a" * (LARGEST - 8)
    yield "open quotes.csv", b'Moment\n"a\n' * (LARGEST // 10)
    yield "columns.csv", b"Moment," * 100_000 + b"\n" + b"a," * 100_000
    yield "rows.csv", b"Moment,Level,Seconds\n" + b"Waits at the gate,9,never\n" * 20_000
    yield "empty rows.csv", b"Moment\n" + b"\n" * (LARGEST - 7)
    yield "outline.txt", b"# S\n- m | 9 x\n" * 70_000
    yield "deep.json", b"[" * 900_000
    yield "bomb.xlsx", workbook({"xl/worksheets/sheet1.xml": b" " * 100_000_000})
    yield "entries.xlsx", workbook({f"part {number}.xml": b"" for number in range(20_000)})
    yield "cells.xlsx", full_sheet()


def workbook(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def full_sheet() -> bytes:
    """A real workbook with as many rows as are read."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(19_999):
        for column, words in enumerate(("Moment", "Stage", "Level", "Seconds", "Sees") if row == 0 else "abc5d"):
            sheet.write_string(row, column, words if row == 0 else f"{words} {row}")
    book.close()
    return packed.getvalue()
