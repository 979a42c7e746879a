"""Writes tables: one row a moment, and one for a stage without any. No cell can run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from journeys.formats.columns import COLUMNS
from journeys.formats.formulas import guard
from journeys.plan import JourneyPlan, MomentPlan

_NOT_OF_MOMENT = ("stage_number", "stage", "journey", "customers_per_year", "customer", "language")
_WIDTHS = {"stage": 22, "title": 32, "experience": 44, "expectation": 30, "what_more": 44, "journey": 24}


def write_csv(plan: JourneyPlan) -> bytes:
    """Commas, UTF-8 with a mark so that Excel knows it, lines end in CR LF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([str(words[0]) for words in COLUMNS.values()])
    writer.writerows([_text(value) for value in row] for row in _rows(plan))
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(plan: JourneyPlan) -> bytes:
    """One sheet, its heading frozen; numbers are numbers and everything else is text."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        bold = workbook.add_format({"bold": True})
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        for place, (name, words) in enumerate(COLUMNS.items()):
            sheet.set_column(place, place, _WIDTHS.get(name, 14), wrapped)
            sheet.write_string(0, place, str(words[0]), bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(_rows(plan), start=1):
            for place, value in enumerate(row):
                _write_cell(sheet, number, place, value)
    return content.getvalue()


def _write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    elif text := _text(value):
        sheet.write_string(row, column, text)


def _rows(plan: JourneyPlan) -> Iterator[list[Any]]:
    about = {
        "journey": plan.title, "customers_per_year": plan.customers_per_year,
        "customer": plan.customer, "language": plan.language,
    }  # fmt: skip
    for number, stage in enumerate(plan.stages, start=1):
        for moment in stage.moments or (None,):
            cells = {**about, "stage_number": number, "stage": stage.title, **_cells(moment)}
            yield [cells.get(name, "") for name in COLUMNS]


def _cells(moment: MomentPlan | None) -> dict[str, Any]:
    if moment is None:
        return {}
    cells = {name: getattr(moment, name) for name in COLUMNS if name not in _NOT_OF_MOMENT}
    channel = "" if moment.channel == "other" else moment.channel.replace("_", " ")
    return {
        **cells,
        "channel": channel,
        "level": moment.level or "",
        "is_make_or_break": "yes" if moment.is_make_or_break else "",
    }


def _text(value: Any) -> str:
    """A text made harmless; a number in the shortest digits that give it back."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return guard(str(value))
