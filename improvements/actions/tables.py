"""Actions as a table for files. Figures of rounds stand in it for who may see results alone."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.export_files import write_csv
from assessments.export_tables import Cell, Table
from improvements.actions.effect_words import say_verdict
from improvements.actions.effects import Effect, effects_of
from improvements.actions.figures import MomentFigures, figures_of
from improvements.models import Action
from journeys.formats.formulas import guard

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
WIDE, USUAL = 34, 14


def table_of(actions: Sequence[Action], *, with_figures: bool) -> Table:
    """A row an action, in the order given."""
    figures = figures_of(actions) if with_figures else {}
    effects = effects_of(actions) if with_figures else {}
    columns = [(name, "") for name in [*_own_names(), *(_figure_names() if with_figures else [])]]
    rows = [[*_own(it), *(_figures(figures.get(it.pk), effects.get(it.pk)) if with_figures else [])] for it in actions]
    return Table("actions", _("Actions"), columns, rows)


def _own_names() -> list[str]:
    return [
        _("Action"), _("State"), _("Journey"), _("Moment"), _("It is to"), _("Owner"), _("Due"), _("Done on"),
        _("Level from"), _("Level to"), _("Effort"), _("More about it"), _("Who still relies on it"), _("Last seen"),
        _("Contacts saved a year"), _("Why dropped"), _("Help asked for"), _("What people said"), _("What we did"),
        _("Told"), _("Proposed by"), _("Proposed on"),
    ]  # fmt: skip


def _own(action: Action) -> list[Cell]:
    return [
        action.what, str(action.get_state_display()), action.journey.title, action.moment_title,
        str(action.get_decision_display()), str(action.owner or ""), _day(action.due_on), _day(action.done_on),
        action.level_from, action.level_to, str(action.get_effort_display() or ""), action.more, action.relied_on_by,
        _day(action.last_seen_on), action.contacts_saved_per_year, action.dropped_reason, action.help_words,
        action.said, action.did, _("yes") if action.is_told else "", str(action.made_by or ""),
        _day(action.made_at.date()),
    ]  # fmt: skip


def _figure_names() -> list[str]:
    return [
        _("Moment's level"), _("By"), _("Round"), _("Contacts a year"), _("Damage a year"), _("Level before"),
        _("Level after"), _("Difference"), _("Difference, low"), _("Difference, high"), _("Did it work?"),
    ]  # fmt: skip


def _figures(known: MomentFigures | None, effect: Effect | None) -> list[Cell]:
    now: list[Cell] = (
        [known.level, known.view, known.round_title, known.contacts_per_year, known.damage_per_year]
        if known
        else [None] * 5
    )
    if effect is None:
        return [*now, *[None] * 6]
    before, after = (side.mean if side else None for side in (effect.before, effect.after))
    change: list[Cell] = [effect.levels, effect.low, effect.high] if effect.after else [None] * 3
    return [*now, before, after, *change, say_verdict(effect)]


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def write_actions(kind: str, table: Table) -> bytes:
    """One of CONTENT_TYPES. No cell can run as a formula."""
    return write_csv(table) if kind == "csv" else _write_xlsx(table)


def _write_xlsx(table: Table) -> bytes:
    from xlsxwriter import Workbook

    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(table.title)
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        for place, (heading, _meaning) in enumerate(table.columns):
            longest = max((len(str(row[place] or "")) for row in table.rows), default=0)
            sheet.set_column(place, place, WIDE if longest > USUAL else USUAL, wrapped)
            sheet.write_string(0, place, heading, bold)
        sheet.freeze_panes(1, 1)
        for number, row in enumerate(table.rows, start=1):
            for place, cell in enumerate(row):
                _write_cell(sheet, number, place, cell)
    return content.getvalue()


def _write_cell(sheet: Any, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif cell:
        sheet.write_string(row, column, guard(cell))
