"""All figures of a round's moments as a table: the same as its charts show, for those who read numbers. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.result_moments import say_blind_spot
from assessments.result_words import NOTHING, Figures, interval, percent, say, view_name
from journeys.figures import short


def figure_table(figures: Figures) -> tuple[list[str], list[tuple[int, str, list[str]]]]:
    """Everything of all moments as a table: its heads, and of each moment place, title and cells."""
    heads = [_("Contacts a year"), _("Manager")]
    for view in figures["views"]:
        heads += [
            f"{view_name(view)}: {word}"
            for word in (
                _("mean"),
                _("95 % range"),
                _("median"),
                _("answers"),
                _("damaged"),
                _("indifferent"),
                _("created"),
            )
        ]
    heads += [_("Blind spot"), _("Damage a year")]
    moments = figures["moments"]
    return heads, [(it["position"] + 1, it["title"], _table_row(it, figures["views"])) for it in moments]


def _table_row(moment: Figures, views: Sequence[str]) -> list[str]:
    damage = moment["damage"]
    cells = [
        short(moment["contacts_per_year"]),
        say(moment["manager_level"] or 0) if moment["manager_level"] else NOTHING,
    ]
    for view in views:
        cells += _score_cells(moment["views"].get(view))
    return [*cells, say_blind_spot(moment) or NOTHING, short(damage["contacts_per_year"]) if damage else NOTHING]


def _score_cells(score: Any) -> list[str]:
    if score is None:
        return [NOTHING] * 7
    shares = (percent(100 * score[name]) for name in ("damaged", "indifferent", "created"))
    return [say(score["mean"]), interval(score) or NOTHING, say(score["median"]), say(score["n"]), *shares]
