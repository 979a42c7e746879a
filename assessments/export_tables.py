"""A round's results as tables, of the sheet alone: what is hidden or missing there is an empty cell here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.choices import View
from assessments.export_columns import Column, moment_columns
from assessments.export_words import FIGURES, about_rows

Cell = str | int | float | None
Figures = dict[str, Any]
SHEET_NAME_MAX = 31  # more is refused by Excel


@dataclass(frozen=True)
class Table:
    """name: in addresses; title: of the sheet in a workbook; columns: heading and meaning of each."""

    name: str
    title: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Cell]]


def tables_of(figures: Figures) -> list[Table]:
    """All tables with numbers, then what they are about and what each column means."""
    tables = [make(figures) for make in TABLES.values()]
    return [*tables, _about(figures), _codebook(tables)]


def moments_table(figures: Figures) -> Table:
    """One row a moment."""
    columns: list[Column] = moment_columns(figures)
    rows = [[column.value(moment) for column in columns] for moment in figures["moments"]]
    return Table("moments", _("Moments"), [(column.heading, column.meaning) for column in columns], rows)


def groups_table(figures: Figures) -> Table:
    """One row a moment, view and group."""
    rows = [
        [moment["position"] + 1, moment["title"], _name(view), group["name"], cell["n"], cell["mean"]]
        if (cell := moment["groups"][view].get(str(group["id"])))
        else [moment["position"] + 1, moment["title"], _name(view), group["name"], None, None]
        for view in figures["views"]
        for moment in figures["moments"]
        for group in figures["groups"]
    ]
    columns = [
        (_("Moment no."), _("Place in the journey, from 1.")),
        (_("Moment"), _("As on the map when the round opened.")),
        (_("View"), _("Whose levels.")),
        (_("Group"), _("Team or branch.")),
        (_("Answers"), _("How many gave a level. Empty: hidden, or nobody.")),
        (_("Mean level"), _("1 to 6. Empty: hidden, or nobody.")),
    ]
    return Table("groups", _("Groups"), columns, rows)


def whole_table(figures: Figures) -> Table:
    """One row a view and figure of the whole journey."""
    rows: list[list[Cell]] = []
    for view in figures["views"]:
        whole = figures["whole"][view] or {}
        for name, (title, meaning) in FIGURES.items():
            found = whole.get(name)
            figure = found if isinstance(found, dict) else {"value": found, "low": None, "high": None}
            rows.append([_name(view), str(title), figure["value"], figure["low"], figure["high"], str(meaning)])
    columns = [
        (_("View"), _("Whose levels.")),
        (_("Figure"), _("What is told.")),
        (_("Value"), _("Empty: hidden, or it can't be told.")),
        (_("From"), _("Lower end of the 95% interval.")),
        (_("To"), _("Upper end of the 95% interval.")),
        (_("Meaning"), _("How the figure is made.")),
    ]
    return Table("whole", _("Whole journey"), columns, rows)


def responses_table(figures: Figures) -> Table:
    """One row a view, and one a view and group."""
    rows: list[list[Cell]] = []
    for view in figures["views"]:
        said = figures["responses"][view]
        rows.append([_name(view), _("All"), said["n"]])
        groups = [(group["name"], said["groups"].get(str(group["id"]))) for group in figures["groups"]]
        rows.extend([_name(view), name, n] for name, n in groups)
    columns = [
        (_("View"), _("Whose levels.")),
        (_("Group"), _("Team or branch.")),
        (_("Responses"), _("How many handed in. Empty: hidden, or nobody.")),
    ]
    return Table("responses", _("Responses"), columns, rows)


TABLES: dict[str, Callable[[Figures], Table]] = {
    "moments": moments_table,
    "groups": groups_table,
    "whole": whole_table,
    "responses": responses_table,
}


def _name(view: str) -> str:
    return str(View(view).label)


def _about(figures: Figures) -> Table:
    columns = [(_("About"), _("What this round was.")), (_("Value"), "")]
    return Table("about", _("About"), columns, about_rows(figures["round"]))


def _codebook(tables: Sequence[Table]) -> Table:
    rows = [[table.title, heading, meaning] for table in tables for heading, meaning in table.columns]
    columns = [(_("Sheet"), ""), (_("Column"), ""), (_("Meaning"), "")]
    return Table("codebook", _("Codebook"), columns, rows)
