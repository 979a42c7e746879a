"""The data that an archived report carries: the tables of the round as CSV, the same as the workbook's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from assessments.export_files import write_csv
from assessments.export_tables import tables_of

if TYPE_CHECKING:
    from reports.pdf import Enclosure


def enclosed_tables(inputs: dict[str, Any]) -> list[Enclosure]:
    """Every table of the sheet that the report was made of, in English as in the workbook; nothing hidden is in it."""
    from reports.pdf import Enclosure

    with override("en"):
        tables = tables_of(inputs["figures"])
        return [
            Enclosure(f"{table.name}.csv", table.title, write_csv(table), inputs["made_on"]) for table in tables
        ]
