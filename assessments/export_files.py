"""Results as files. No cell can run as a formula; numbers are whole, not rounded."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from assessments.export_charts import add_charts
from assessments.export_tables import SHEET_NAME_MAX, Cell, Table, tables_of
from assessments.result_picture import result_picture
from journeys.formats.formulas import guard
from journeys.formats.picture import svg_of

WIDE, USUAL = 34, 14
JSON_FORMAT = "moments-of-truth/results"


def write_csv(table: Table) -> bytes:
    """Commas, UTF-8 with a mark so that Excel knows it, lines end in CR LF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([guard(heading) for heading, _meaning in table.columns])
    writer.writerows([_text(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(figures: dict[str, Any]) -> bytes:
    """All tables of a sheet, one a sheet of the workbook, and charts of them; numbers are numbers, all else is text."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as workbook:
        formats = {
            "bold": workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "text": workbook.add_format({"text_wrap": True, "valign": "top"}),
        }
        tables = tables_of(figures)
        for table in tables:
            _write_sheet(workbook.add_worksheet(table.title[:SHEET_NAME_MAX]), table, formats)
        add_charts(workbook, figures, tables[0])
    return content.getvalue()


def write_json(figures: dict[str, Any]) -> bytes:
    """All figures, names in alphabetical order, so that the same results are the same bytes on every database.

    Without the ids by which the product finds comments that may be read.
    """
    ideas = {
        view: {name: value for name, value in said.items() if name != "batches"}
        for view, said in figures["ideas"].items()
    }
    told = {**figures, "format": JSON_FORMAT, "version": figures["format"], "ideas": ideas}
    return (json.dumps(told, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def write_svg(figures: dict[str, Any], names: Mapping[int, str]) -> bytes:
    """The ladder. names: of the levels, by number."""
    return svg_of(result_picture(figures, names)).encode()


def write_png(figures: dict[str, Any], names: Mapping[int, str]) -> bytes:
    """The ladder, painted."""
    from journeys.formats.picture_png import png_of

    return png_of(result_picture(figures, names))


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
