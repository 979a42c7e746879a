"""Charts of a workbook of results: drawn by the spreadsheet of the cells beside them, so they can be changed there.

Names of moments stand in cells alone, where they are guarded; a chart refers to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.choices import View
from assessments.export_columns import headed
from assessments.export_tables import SHEET_NAME_MAX, Table
from assessments.scoring import LEVELS
from journeys.formats.formulas import guard
from journeys.formats.picture_shapes import INK, LINE, SOFT
from journeys.formats.picture_shapes import LEVELS as LEVEL_COLORS

WIDTH, HEIGHT = 960, 360  # pixels
BAR_HEIGHT, COLUMN_WIDTH = 22, 46
SIZE_MAX = 8000
DAMAGE_MOMENTS = 20
ROW_PIXELS, CHARTS_COLUMN, TITLE_WIDTH = 20, 3, 34
CUSTOMERS_COLOR = "#b45309"
FIRST_ON_TOP = {"reverse": True, "crossing": "max"}  # with the figures still below


def add_charts(workbook: Any, figures: dict[str, Any], moments: Table) -> None:
    """A sheet of charts at the end: the ladder, each view's levels, the moments that do most damage."""
    sheet, row = workbook.add_worksheet(_("Charts")), 0
    sheet.set_column(0, 0, TITLE_WIDTH)
    for chart, height in _charts(workbook, figures, _Cells(moments, len(figures["moments"])), sheet):
        sheet.insert_chart(row, CHARTS_COLUMN, chart)
        row += height // ROW_PIXELS + 2


class _Cells:
    """Where the columns of the table of moments lie in the workbook."""

    def __init__(self, table: Table, count: int) -> None:
        self.sheet, self.count = table.title[:SHEET_NAME_MAX], count
        self.places = {heading: place for place, (heading, _meaning) in enumerate(table.columns)}

    def values(self, heading: str) -> list[Any]:
        place = self.places[heading]
        return [self.sheet, 1, place, max(self.count, 1), place]

    def name(self, heading: str) -> list[Any]:
        return [self.sheet, 0, self.places[heading]]


def _charts(workbook: Any, figures: dict[str, Any], cells: _Cells, sheet: Any) -> list[tuple[Any, int]]:
    views = [View(view) for view in figures["views"]]
    charts = [_ladder(workbook, cells, views), *(_levels(workbook, cells, view) for view in views)]
    worst = _worst(figures)
    return [*charts, _damage(workbook, sheet, worst)] if worst else charts


def _ladder(workbook: Any, cells: _Cells, views: Sequence[View]) -> tuple[Any, int]:
    """Means as lines with marks, which break where a mean is hidden; the manager's levels as marks alone."""
    chart = workbook.add_chart({"type": "line"})
    for view in views:
        is_staff = view == View.STAFF
        chart.add_series(
            {
                "name": str(view.label),
                "categories": cells.values(_("Moment")),
                "values": cells.values(headed(view, _("mean"))),
                "line": {"color": INK if is_staff else CUSTOMERS_COLOR, "width": 2.25},
                "marker": _marker("circle" if is_staff else "diamond", INK if is_staff else CUSTOMERS_COLOR),
            }
        )
    chart.add_series(
        {
            "name": cells.name(_("Manager's level")),
            "categories": cells.values(_("Moment")),
            "values": cells.values(_("Manager's level")),
            "line": {"none": True},
            "marker": _marker("square", SOFT),
        }
    )
    axis = {"min": 1, "max": 6, "major_unit": 1, "num_format": "0", "major_gridlines": _lines()}
    chart.set_y_axis({"name": _("Level"), **axis})
    chart.show_blanks_as("gap")
    return _sized(chart, _("Ladder: mean level of each moment"), width=COLUMN_WIDTH * cells.count)


def _levels(workbook: Any, cells: _Cells, view: View) -> tuple[Any, int]:
    """How answers spread over the six levels, each moment's together 100 percent, the first moment on top."""
    chart = workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for level in LEVELS:
        heading = headed(view, _("level %(level)d") % {"level": level})
        chart.add_series(
            {
                "name": cells.name(heading),
                "categories": cells.values(_("Moment")),
                "values": cells.values(heading),
                "fill": {"color": LEVEL_COLORS[level]},
                "gap": 40,
            }
        )
    chart.set_y_axis(FIRST_ON_TOP)
    chart.set_x_axis({"num_format": "0%", "major_gridlines": _lines()})
    title = _("%(view)s: answers by level") % {"view": view.label}
    return _sized(chart, title, height=BAR_HEIGHT * cells.count + 140)


def _worst(figures: dict[str, Any]) -> list[tuple[str, float]]:
    """Moments with the contacts a year that they damage, the worst first, in the sheet's own order."""
    by_position = {moment["position"]: moment for moment in figures["moments"]}
    moments = [by_position[row["position"]] for row in figures["enhance"] if row["position"] in by_position]
    told = [(moment["title"], moment["damage"]["contacts_per_year"]) for moment in moments if moment["damage"]]
    return told[:DAMAGE_MOMENTS]


def _damage(workbook: Any, sheet: Any, worst: Sequence[tuple[str, float]]) -> tuple[Any, int]:
    """Bars of a small table of their own, left of the charts, since they are in another order than the moments."""
    place = 0
    sheet.write_string(0, place, _("Order of enhancement"))
    sheet.write_string(0, place + 1, _("Damage a year"))
    for row, (title, contacts) in enumerate(worst, start=1):
        sheet.write_string(row, place, guard(title))
        sheet.write_number(row, place + 1, contacts)
    name = sheet.get_name()
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": [name, 0, place + 1],
            "categories": [name, 1, place, len(worst), place],
            "values": [name, 1, place + 1, len(worst), place + 1],
            "fill": {"color": LEVEL_COLORS[1]},
            "gap": 40,
        }
    )
    chart.set_y_axis(FIRST_ON_TOP)
    chart.set_x_axis({"num_format": "#,##0", "major_gridlines": _lines()})
    chart.set_legend({"none": True})
    return _sized(chart, _("Damage: poor contacts a year"), height=BAR_HEIGHT * len(worst) + 120)


def _sized(chart: Any, title: str, *, width: int = WIDTH, height: int = HEIGHT) -> tuple[Any, int]:
    """The chart with its title, and its height in pixels."""
    height = min(max(height, HEIGHT), SIZE_MAX)
    chart.set_title({"name": title, "name_font": {"size": 13}, "overlay": False})
    chart.set_size({"width": min(max(width, WIDTH), SIZE_MAX), "height": height})
    return chart, height


def _marker(kind: str, color: str) -> dict[str, Any]:
    return {"type": kind, "size": 7, "fill": {"color": color}, "border": {"color": color}}


def _lines() -> dict[str, Any]:
    return {"visible": True, "line": {"color": LINE, "width": 0.5}}
