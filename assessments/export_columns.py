"""The columns of the table of moments, with what each means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _

from assessments.choices import View
from assessments.scoring import LEVELS
from journeys.choices import Channel

Moment = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """value: from a moment of the sheet; None is an empty cell."""

    heading: str
    meaning: str
    value: Callable[[Moment], Any]


def moment_columns(figures: dict[str, Any]) -> list[Column]:
    """For the views that were asked."""
    views = [View(view) for view in figures["views"]]
    columns = _place_columns()
    for view in views:
        columns += _score_columns(view) + _change_columns(view)
    if len(views) > 1:
        columns += _blind_spot_columns()
    columns += _damage_columns([row["position"] for row in figures["enhance"]])
    return columns + _staff_columns() if View.STAFF in views else columns


def _place_columns() -> list[Column]:
    return [
        Column(_("Moment no."), _("Place in the journey, from 1."), lambda moment: moment["position"] + 1),
        Column(_("Stage"), _("As on the map when the round opened."), itemgetter("stage")),
        Column(_("Moment"), _("As on the map when the round opened."), itemgetter("title")),
        Column(_("Channel"), _("How the contact takes place."), lambda moment: str(Channel(moment["channel"]).label)),
        Column(_("Contacts per customer"), _("A year, on average."), itemgetter("contacts_per_customer")),
        Column(_("Contacts a year"), _("Customers a year x contacts per customer."), itemgetter("contacts_per_year")),
        Column(_("Seconds each"), _("As on the map."), itemgetter("seconds")),
        Column(_("Manager's level"), _("The manager's own estimate, 1 to 6."), itemgetter("manager_level")),
        Column(
            _("Make-or-break"), _("1: marked as a moment of truth; 0: not."), lambda moment: +moment["is_make_or_break"]
        ),
    ]


def _score_columns(view: View) -> list[Column]:
    def column(heading: str, meaning: str, name: str) -> Column:
        return Column(headed(view, heading), meaning, _reader("views", view.value, name))

    return [
        column(_("answers"), _("How many gave a level. Empty: hidden, or nobody."), "n"),
        *(
            Column(
                headed(view, _("level %(level)d") % {"level": level}),
                _("How many chose this level."),
                _reader("views", view.value, "counts", level - 1),
            )
            for level in LEVELS
        ),
        column(_("median"), _("The level in the middle."), "median"),
        column(_("mean"), _("Mean level, 1 to 6."), "mean"),
        column(_("mean from"), _("Lower end of the 95% interval."), "low"),
        column(_("mean to"), _("Upper end of the 95% interval."), "high"),
        column(_("damaged"), _("Share on levels 1 and 2, 0 to 1."), "damaged"),
        column(_("damaged from"), _("Lower end of the 95% interval."), "damaged_low"),
        column(_("damaged to"), _("Upper end of the 95% interval."), "damaged_high"),
        column(_("indifferent"), _("Share on level 3, 0 to 1."), "indifferent"),
        column(_("created"), _("Share on levels 4 to 6, 0 to 1."), "created"),
    ]


def _change_columns(view: View) -> list[Column]:
    parts = [
        (_("change"), _("Mean less that of the round before, in levels."), "levels"),
        (_("change from"), _("Lower end of the 95% interval."), "low"),
        (_("change to"), _("Upper end of the 95% interval."), "high"),
    ]
    return [
        Column(headed(view, heading), meaning, _reader("change", view.value, name)) for heading, meaning, name in parts
    ]


def _blind_spot_columns() -> list[Column]:
    return [
        Column(_("Blind spot"), _("Staff's mean less customers', in levels."), _reader("blind_spot", "levels")),
        Column(_("Blind spot from"), _("Lower end of the 95% interval."), _reader("blind_spot", "low")),
        Column(_("Blind spot to"), _("Upper end of the 95% interval."), _reader("blind_spot", "high")),
        Column(
            _("Is a blind spot"),
            _("1: half a level or more, and the interval leaves 0 out; 0: not."),
            lambda moment: +moment["blind_spot"]["is_flagged"] if moment["blind_spot"] else None,
        ),
    ]


def _damage_columns(order: Sequence[int]) -> list[Column]:
    return [
        Column(
            _("Damage a year"),
            _("Contacts a year x share damaged, by customers' levels, or staff's where none of customers' is shown."),
            _reader("damage", "contacts_per_year"),
        ),
        Column(
            _("Order of enhancement"),
            _("1: the moment that does most damage a year."),
            lambda moment: order.index(moment["position"]) + 1 if moment["position"] in order else None,
        ),
    ]


def _staff_columns() -> list[Column]:
    said = _("How many of the staff said so.")
    return [
        Column(_("Keep"), said, _reader("decisions", "keep")),
        Column(_("Enhance"), said, _reader("decisions", "enhance")),
        Column(_("Eliminate"), said, _reader("decisions", "eliminate")),
        Column(
            _("May be eliminated"),
            _("1: mean below 3, and at least a third said eliminate; 0: not."),
            lambda moment: +moment["is_elimination_candidate"],
        ),
        Column(_("Times a week"), _("Median of what staff said."), _reader("volumes", "times_per_week", "median")),
        Column(_("Times a week: answers"), _("How many said."), _reader("volumes", "times_per_week", "n")),
        Column(_("Seconds: staff"), _("Median of what staff said."), _reader("volumes", "seconds", "median")),
        Column(_("Seconds: answers"), _("How many said."), _reader("volumes", "seconds", "n")),
    ]


def headed(view: View, heading: str) -> str:
    """A column's heading where there is one a view."""
    return f"{view.label}: {heading}"


def _reader(*path: str | int) -> Callable[[Moment], Any]:
    """Reads along a path; None where a part of it is."""

    def read(moment: Moment) -> Any:
        found: Any = moment
        for name in path:
            found = None if found is None else found[name]
        return found

    return read
