"""What a poster would be like, told before it is made: whether it fits, how large its type is, how many sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.posters.layout import Layout
from reports.posters.tiles import Tiling, tiling_of
from reports.preflight import Problem, examine
from reports.sizes import sheet_of


@dataclass(frozen=True, slots=True)
class Fit:
    """problems: all that is to be known or mended; words: of a poster that fits, empty otherwise."""

    problems: list[Problem]
    words: str


def fit_of(inputs: Mapping[str, Any]) -> Fit:
    """The pre-flight of a poster's inputs, in the language that is active. Nothing is drawn."""
    found = examine(dict(inputs))
    if found.card:
        said = _("It fits, in type from %(least)s pt.") % {"least": _points(found.card.body)}
        return Fit(found.problems, said)
    if found.layout is None:
        return Fit(found.problems, "")
    tiles = inputs.get("tiles")
    words = [
        _say_series(len(found.series)),
        _say_layout(found.layout),
        _say_tiles(tiling_of(sheet_of(inputs), tiles)) if tiles else "",
    ]
    return Fit(found.problems, " ".join(filter(None, words)))


def _say_series(sheets: int) -> str:
    return _("It takes %(count)d sheets that hang side by side.") % {"count": sheets} if sheets else ""


def _say_layout(layout: Layout) -> str:
    rows = len(layout.rows)
    values = {"rows": rows, "least": _points(layout.type.body), "far": _points(layout.type.far)}
    if layout.type.is_layered:
        return (
            ngettext(
                "It fits in one row; names and levels %(far)s pt, for two metres, the rest from %(least)s pt.",
                "It fits in %(rows)d rows; names and levels %(far)s pt, for two metres, the rest from %(least)s pt.",
                rows,
            )
            % values
        )
    said = ngettext(
        "It fits in one row, in type from %(least)s pt.", "It fits in %(rows)d rows, in type from %(least)s pt.", rows
    )
    return said % values


def _points(size: float) -> str:
    return str(floor(size + 0.01))


def _say_tiles(tiling: Tiling) -> str:
    count = tiling.rows * tiling.columns
    said = ngettext(
        "%(count)d sheet, and one that shows how to glue them.",
        "%(count)d sheets, %(rows)d rows of %(columns)d, and one that shows how to glue them.",
        count,
    )
    return said % {"count": count, "rows": tiling.rows, "columns": tiling.columns}
