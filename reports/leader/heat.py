"""The heat map of a report: moments by groups, a table for every ten groups. Hidden cells say so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assessments.result_words import Figures, level_of, say, view_name
from reports.leader.choice import heat_positions, parted_groups
from reports.report_text import shortened

TITLE_LETTERS, GROUP_LETTERS = 34, 36


def heat_tables(figures: Figures) -> dict[str, Any] | None:
    """Tables view by view; None where the round has no groups. silent: views none of whose groups may be shown."""
    if not figures["groups"]:
        return None
    views = [view for view in figures["views"] if _says_anything(figures, view)]
    parts = parted_groups(figures["groups"])
    positions = heat_positions(figures, len(views) * len(parts))
    moments = [moment for moment in figures["moments"] if moment["position"] in positions]
    tables = [_table(view, part, moments) for view in views for part in parts]
    return {
        "tables": tables,
        "silent": [view_name(view) for view in figures["views"] if view not in views],
        "has_hidden": any(cell is None for table in tables for row in table["rows"] for cell in row["cells"]),
        "left_out": len(figures["moments"]) - len(moments),
        "count": len(moments),
    }


def _says_anything(figures: Figures, view: str) -> bool:
    return any(cell for moment in figures["moments"] for cell in (moment["groups"].get(view) or {}).values())


def _table(view: str, groups: Sequence[Any], moments: Sequence[Any]) -> dict[str, Any]:
    return {
        "view": view_name(view),
        "groups": [shortened(group["name"], GROUP_LETTERS) for group in groups],
        "rows": [_row(moment, view, groups) for moment in moments],
        "width": "wide" if len(groups) <= 5 else "narrow",
    }


def _row(moment: Figures, view: str, groups: Sequence[Any]) -> dict[str, Any]:
    cells = moment["groups"].get(view) or {}
    found = [moment["views"].get(view), *(cells.get(str(group["id"])) for group in groups)]
    return {
        "place": moment["position"] + 1,
        "title": shortened(moment["title"], TITLE_LETTERS),
        "language": moment["language"],
        "cells": [(level_of(it["mean"]), say(it["mean"]), say(it["n"])) if it else None for it in found],
    }
