"""The second of the three sentences: where we fool ourselves, or why that can't be said. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.result_words import Figures, fewer_than, quoted
from assessments.sheet_reading import blind_spots, has_answers
from journeys.figures import plain


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
