"""A round's results in three sentences for somebody who reads no charts. Pure: the figures in, words out.

Each says one thing: where the sequence is weakest, where we fool ourselves, and what became better or worse since last
time, or else what it may cost. Where a figure is hidden or was never asked for, the sentence says so and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.blind_spot_sentence import blind_spot_sentence
from assessments.result_words import Figures, about, fewer_than, percent, quoted
from assessments.sheet_reading import changed_view, clear_changes, leading_view, moment_at
from journeys.figures import plain
from journeys.risk import say_leave_rate


def three_sentences(figures: Figures) -> list[str]:
    """Always three, in the language at hand. figures: of a ResultSheet."""
    return [weakest_sentence(figures), blind_spot_sentence(figures), change_sentence(figures) or risk_sentence(figures)]


def weakest_sentence(figures: Figures) -> str:
    """Where the sequence is weakest and how many contacts a year are damaged there."""
    weakest = figures["weakest"]
    if not weakest:
        few = fewer_than(figures["round"]["minimum_group"])
        return _("Where the sequence is weakest can't be said yet: %(few)s people have answered.") % {"few": few}
    moment = moment_at(figures, weakest["position"])
    view = weakest["view"]
    words = {
        "title": quoted(moment["title"]),
        "mean": plain(moment["views"][view]["mean"]),
        "damage": _damage(moment, view),
    }
    if view == "customers":
        return _("The sequence is weakest at %(title)s: customers put it at level %(mean)s of 6%(damage)s.") % words
    return (
        _("The sequence is weakest at %(title)s: we ourselves, the staff, put it at level %(mean)s of 6%(damage)s.")
        % words
    )


def _damage(moment: Figures, view: str) -> str:
    """The end of the sentence; a damage of the other view is passed over."""
    share, damage = moment["views"][view]["damaged"], moment["damage"]
    if not share:
        return _(", and nobody called it poor")
    if not damage or damage["view"] != view:
        return ""
    if not damage["contacts_per_year"]:
        return _(", and %(share)s of the answers call it poor") % {"share": percent(100 * share)}
    count = damage["contacts_per_year"]
    words = ngettext(
        ", and about %(count)s contact a year is damaged there",
        ", and about %(count)s contacts a year are damaged there",
        max(1, round(count)),
    )
    return words % {"count": about(max(1, count))}


def change_sentence(figures: Figures) -> str:
    """What changed clearly since last time; empty where there is nothing to compare."""
    previous, view = figures["round"]["previous"], changed_view(figures)
    if not previous or view is None:
        return ""
    changes = clear_changes(figures, view)
    better = [moment for moment in changes if moment["change"][view]["levels"] > 0]
    worse = [moment for moment in changes if moment["change"][view]["levels"] < 0][::-1]
    words = {
        "last": quoted(previous["title"]),
        "whose": _("in customers' eyes") if view == "customers" else _("in our own view"),
        "better": _named(better, view),
        "worse": _named(worse, view),
    }
    if better and worse:
        return _("Since %(last)s, %(whose)s, %(better)s got clearly better and %(worse)s clearly worse.") % words
    if better:
        return _("Since %(last)s, %(whose)s, %(better)s got clearly better and nothing clearly worse.") % words
    if worse:
        return _("Since %(last)s, %(whose)s, %(worse)s got clearly worse and nothing clearly better.") % words
    return _("Since %(last)s, %(whose)s, no moment changed by more than chance could explain.") % words


def _named(moments: Sequence[Figures], view: str) -> str:
    """The first moment with its change in levels, and how many more."""
    if not moments:
        return ""
    levels = abs(moments[0]["change"][view]["levels"])
    first = _("%(title)s (by %(levels)s)") % {"title": quoted(moments[0]["title"]), "levels": plain(levels)}
    more = len(moments) - 1
    if not more:
        return first
    words = ngettext("%(first)s and %(count)s other", "%(first)s and %(count)s others", more)
    return words % {"first": first, "count": plain(more)}


def risk_sentence(figures: Figures) -> str:
    """How many customers are at risk, or why that can't be said."""
    view = leading_view(figures)
    if view is None:
        return _("Ask more people: figures appear as soon as enough have answered that nobody can be recognised.")
    whole_view, customers = figures["whole"][view], figures["round"]["customers_per_year"]
    at_risk, met = whole_view["customers_at_risk"], whole_view["customers_met"]
    if not customers:
        return _("How many customers are at risk can't be said: the map doesn't know the customers a year.")
    if not at_risk or not met:
        return _("How many customers are at risk can't be said: no moment has enough answers.")
    words = {
        "met": about(met["value"]),
        "risk": about(at_risk["value"]),
        "rate": say_leave_rate(figures["round"]["leave_rate_percent"]),
    }
    if round(met["value"]) == 0:
        return _("By these answers hardly any customer meets a poor moment, so none is at risk.")
    sentence = ngettext(
        "About %(met)s customer a year meets a poor moment; if %(rate)s of them leave, we lose %(risk)s.",
        "About %(met)s customers a year meet a poor moment; if %(rate)s of them leave, we lose %(risk)s.",
        round(met["value"]),
    )
    own = ngettext(
        "By our own view about %(met)s customer a year meets a poor moment; if %(rate)s of them leave, we lose "
        "%(risk)s.",
        "By our own view about %(met)s customers a year meet a poor moment; if %(rate)s of them leave, we lose "
        "%(risk)s.",
        round(met["value"]),
    )
    return (sentence if view == "customers" else own) % words
