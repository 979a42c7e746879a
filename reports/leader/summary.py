"""Page one of a leader report: three sentences in plain words, then the numbers that carry them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.result_headline import HeadlineRow, headline_rows
from assessments.result_words import NOTHING, Figures, answers, fewer_than, view_name
from assessments.sentences import three_sentences
from assessments.sheet_reading import leading_view

LARGE = ("balance", "damaged", "indifference", "risk")


def summary_of(figures: Figures) -> dict[str, Any]:
    """All that the first page says, contents apart."""
    about = figures["round"]
    return {
        "journey": about["journey"],
        "round": about["title"],
        "language": about["language"],
        "days": say_days(about),
        "asked": " · ".join(_asked(figures, view) for view in figures["views"]),
        "is_open": not about["is_complete"],
        "sentences": three_sentences(figures),
        "figures": _large_figures(figures),
    }


def say_days(about: Mapping[str, Any]) -> str:
    """From when to when a round was open."""
    first, last = (say_day(about[name]) for name in ("opened_on", "closed_on"))
    if first and last:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    return _("open since %(first)s") % {"first": first} if first else ""


def say_day(day: str | None) -> str:
    """An ISO date in the words of the language in use."""
    return date_format(date.fromisoformat(day), "DATE_FORMAT") if day else ""


def _asked(figures: Figures, view: str) -> str:
    """Customers: 60 answers."""
    count = figures["responses"][view]["n"]
    said = fewer_than(figures["round"]["minimum_group"]) if count is None else answers(count)
    return f"{view_name(view)}: {said}"


def _large_figures(figures: Figures) -> list[dict[str, Any]]:
    """The view that leads in large, the other one under it; a number that there is not is left out."""
    view = leading_view(figures)
    if view is None:
        return []
    place = figures["views"].index(view)
    rows = {row.name: row for row in headline_rows(figures)}
    return [_figure(rows[name], place, figures) for name in LARGE if rows[name].cells[place].text != NOTHING]


def _figure(row: HeadlineRow, place: int, figures: Figures) -> dict[str, Any]:
    cell = row.cells[place]
    others = [
        f"{view_name(view)}: {row.cells[i].text}"
        for i, view in enumerate(figures["views"])
        if i != place and row.cells[i].text != NOTHING
    ]
    return {"name": row.name, "value": cell.text, "range": cell.note, "label": row.label, "help": row.help,
            "others": others, "tone": _tone(row.name, cell.text)}  # fmt: skip


def _tone(name: str, text: str) -> str:
    """The colour in tokens.css."""
    if name == "balance":
        return "blue" if text.startswith("+") else "ink" if text == "0" else "red"
    return "red" if name in ("damaged", "risk") else "ink-soft"
