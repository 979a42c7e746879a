"""The data that an archived report carries: tables as CSV, a round's the same as its workbook's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from assessments.export_files import write_csv
from assessments.export_tables import Table, tables_of

if TYPE_CHECKING:
    from reports.pdf import Enclosure


def enclosed_tables(inputs: dict[str, Any]) -> list[Enclosure]:
    """Every table that the report was made of, in English as in the workbook; nothing hidden is in it."""
    from reports.pdf import Enclosure

    with override("en"):
        tables = tables_of(inputs["figures"]) if "figures" in inputs else [portfolio_table(inputs["journeys"])]
        tables.sort(key=lambda table: table.name)  # a PDF looks names up in order
        return [Enclosure(f"{it.name}.csv", it.title, write_csv(it), inputs["made_on"]) for it in tables]


def portfolio_table(sides: list[dict[str, Any]]) -> Table:
    """One row a journey and moment."""
    columns = [
        (_("Journey"), ""),
        (_("View"), _("Whose levels: customers, staff, or the manager's estimate.")),
        (_("Round"), ""),
        (_("Moment no."), _("Place in the journey, from 1.")),
        (_("Moment"), ""),
        (_("Stage"), ""),
        (_("Contacts a year"), ""),
        (_("Mean level"), _("1 to 6. Empty: hidden, or nobody.")),
        (_("Answers"), ""),
        (_("Damage a year"), _("Contacts on levels 1 and 2.")),
    ]
    rows = [
        [side["title"], side["view"], side["round"], place, it["title"], it["stage"], it["contacts_per_year"],
         it["level"], it["n"], it["damage_per_year"]]
        for side in sides
        for place, it in enumerate(side["moments"], start=1)
    ]  # fmt: skip
    return Table("journeys", _("Journeys"), columns, rows)
