"""Tables as files. No cell can run as a formula; numbers are whole, not rounded."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from assessments.export_tables import Cell, Table
from journeys.formats.formulas import guard

WIDE, USUAL = 34, 14


def write_csv(table: Table) -> bytes:
    """Commas, UTF-8 with a mark so that Excel knows it, lines end in CR LF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([guard(heading) for heading, _meaning in table.columns])
    writer.writerows([_text(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(tables: Sequence[Table]) -> bytes:
    """One sheet a table, headings frozen; numbers are numbers and everything else is text."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as workbook:
        formats = {
            "bold": workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "text": workbook.add_format({"text_wrap": True, "valign": "top"}),
        }
        for table in tables:
            _write_sheet(workbook.add_worksheet(table.title[:31]), table, formats)
    return content.getvalue()


def _write_sheet(sheet: Any, table: Table, formats: dict[str, Any]) -> None:
    for place, (heading, _meaning) in enumerate(table.columns):
        sheet.set_column(place, place, WIDE if _is_wide(table, place) else USUAL, formats["text"])
        sheet.write_string(0, place, heading, formats["bold"])
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, int | float):
                sheet.write_number(number, place, cell)
            elif cell is not None:
                sheet.write_string(number, place, guard(cell))


def _is_wide(table: Table, place: int) -> bool:
    cells = [row[place] for row in table.rows]
    return any(isinstance(cell, str) and len(cell) > USUAL for cell in cells)


def _text(cell: Cell) -> str:
    """A text made harmless; a number in the shortest digits that give it back; nothing for None."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return guard(cell) if isinstance(cell, str) else str(cell)
