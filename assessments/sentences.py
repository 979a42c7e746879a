"""A round's results in three sentences for somebody who reads no charts. Pure: the figures in, words out.

Each says one thing: where the sequence is weakest, where we fool ourselves, and what became better or worse since last
time, or else what it may cost. Where a figure is hidden or was never asked for, the sentence says so and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.result_words import Figures, about, fewer_than, percent, quoted
from assessments.sheet_reading import blind_spots, changed_view, clear_changes, has_answers, leading_view, moment_at
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


def blind_spot_sentence(figures: Figures) -> str:
    """Where we fool ourselves: the largest blind spot, or why there is none to be seen."""
    if len(figures["views"]) < 2:
        return _one_view_sentence(figures["views"])
    silent = [view for view in figures["views"] if not has_answers(figures, view)]
    if silent:
        return _silent_sentence(figures, silent)
    spots = blind_spots(figures)
    if spots:
        return _spot_sentence(spots)
    compared = sum(1 for moment in figures["moments"] if moment["blind_spot"])
    if not compared:
        return _("Whether we fool ourselves can't be said: no moment has enough answers from both staff and customers.")
    words = ngettext(
        "We see no blind spot: at the %(count)s moment that both judged, staff are not clearly kinder than customers.",
        "We see no blind spot: at none of the %(count)s moments that both judged are staff clearly kinder than "
        "customers.",
        compared,
    )
    return words % {"count": plain(compared)}


def _one_view_sentence(views: Sequence[str]) -> str:
    if views == ["customers"]:
        return _("Only customers were asked: ask staff the same, and you learn where we fool ourselves.")
    return _(
        "Only staff were asked, so this is our own view: ask customers too, and you learn where we fool ourselves."
    )


def _silent_sentence(figures: Figures, silent: Sequence[str]) -> str:
    few = {"few": fewer_than(figures["round"]["minimum_group"])}
    if len(silent) > 1:
        return _("Whether we fool ourselves can't be said either: it takes answers from both staff and customers.")
    if silent[0] == "customers":
        return _("Whether we fool ourselves can't be said: %(few)s customers have answered.") % few
    return _("Whether we fool ourselves can't be said: %(few)s of the staff have answered.") % few


def _spot_sentence(spots: Sequence[Figures]) -> str:
    moment, others = spots[0], len(spots) - 1
    words = {
        "title": quoted(moment["title"]),
        "staff": plain(moment["views"]["staff"]["mean"]),
        "customers": plain(moment["views"]["customers"]["mean"]),
        "count": plain(others),
    }
    if not others:
        return _("We fool ourselves at %(title)s: we think it is level %(staff)s, customers say %(customers)s.") % words
    sentence = ngettext(
        "We fool ourselves most at %(title)s: we think it is level %(staff)s, customers say %(customers)s; "
        "and at %(count)s other moment too.",
        "We fool ourselves most at %(title)s: we think it is level %(staff)s, customers say %(customers)s; "
        "and at %(count)s other moments too.",
        others,
    )
    return sentence % words


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
    if view == "customers":
        return (
            _("About %(met)s customers a year meet a poor moment; if %(rate)s of them leave, we lose %(risk)s.") % words
        )
    return (
        _(
            "By our own view about %(met)s customers a year meet a poor moment; if %(rate)s of them leave, we lose "
            "%(risk)s."
        )
        % words
    )
