"""Moments x groups, each cell in the colour of its level with its number. Written as text: 300 x 40 cells are many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from assessments.result_words import NOTHING, Figures, level_of, say


@dataclass(frozen=True, slots=True)
class HeatMap:
    """One view's. groups: names, the whole view's first; rows: of its body."""

    view: str
    groups: tuple[str, ...]
    rows: SafeString
    hides: bool


def heat_map_of(figures: Figures, asked: str) -> HeatMap | None:
    """Of the view asked for, or the first there is; None where the round has no groups."""
    if not figures["groups"]:
        return None
    views: Sequence[str] = figures["views"]
    view = asked if asked in views else views[0]
    language = conditional_escape(figures["round"]["language"])
    rows = [_row(moment, figures, view, language) for moment in figures["moments"]]
    names = (_("All"), *(group["name"] for group in figures["groups"]))
    text = "".join(rows)
    return HeatMap(view, names, mark_safe(text), hides='class="hid"' in text)  # noqa: S308  # titles are escaped


def _row(moment: Figures, figures: Figures, view: str, language: str) -> str:
    cells = [_cell(moment["views"].get(view))]
    groups = moment["groups"].get(view) or {}
    cells += [_cell(groups.get(str(group["id"]))) for group in figures["groups"]]
    title = f'<span lang="{language}"><b>{moment["position"] + 1}</b> {conditional_escape(moment["title"])}</span>'
    return f'<tr><th scope="row" dir="auto">{title}</th>{"".join(cells)}</tr>'


def _cell(score: Figures | None) -> str:
    if score is None:
        return f'<td class="hid">{NOTHING}</td>'
    return f'<td class="l{level_of(score["mean"])}"><b>{say(score["mean"])}</b> <small>{say(score["n"])}</small></td>'
