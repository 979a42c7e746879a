"""Whose levels a poster shows: a whole view's, or those of one group whose sheet it is. Words only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.figures import whole
from reports.typesetting import REGULAR, ems, printable

STAFF, CUSTOMERS = "staff", "customers"
NAME_EMS = 14  # room of a group's name beside its curve, where lines don't break, and of a word in the small print


def view_name(view: str) -> str:
    """Staff's levels are our own view, as the customer is the judge."""
    return _("customers") if view == CUSTOMERS else _("staff, our own view")


def curve_name(frozen: Mapping[str, Any], view: str) -> str:
    """Whose levels stand at the moments: staff's may be one group's."""
    group = frozen.get("group")
    if view == STAFF and group:
        return _("%(group)s, our own view") % {"group": _shortened(_one_line(group["name"]))}
    return view_name(view)


def say_whose(frozen: Mapping[str, Any], team: str) -> list[str]:
    """Sentences of the small print. team: whose sheet it is; empty for a poster of the whole and for a card."""
    if group := frozen.get("group"):
        return list(_of_group(_breakable(_one_line(group["name"])), group["responses"]))
    words = _("The levels are of everybody who answered, not of “%(team)s” alone.")
    return [words % {"team": _breakable(team)}] if team else []


def _of_group(name: str, count: int | None) -> tuple[str, ...]:
    said = _("Staff’s levels are those of the group “%(group)s” alone; all else is of everybody who answered.")
    if count is None:
        return (said % {"group": name},)
    words = ngettext("“%(group)s”: %(count)s answer.", "“%(group)s”: %(count)s answers.", count)
    return said % {"group": name}, words % {"group": name, "count": whole(count)}


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())


def _shortened(name: str) -> str:
    """As much of a name as has room, with an ellipsis where that is not all of it."""
    shown = name
    while ems(shown, REGULAR) > NAME_EMS:
        shown = f"{shown.rstrip('…')[:-1].rstrip()}…"
    return shown


def _breakable(name: str) -> str:
    """A whole name; shortened where a word of it is too long for a column of small print."""
    return _shortened(name) if any(ems(word, REGULAR) > NAME_EMS for word in name.split()) else name
