"""What a poster says of a round: whose levels, how many answered, what is hidden. Words only; nothing is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.figures import plain, short, whole
from journeys.risk import say_leave_rate
from reports.posters.whose import CUSTOMERS, STAFF, curve_name, say_whose, view_name
from reports.posters.words import say_date, say_mean, signed
from reports.typesetting import printable

SPOTS_NAMED = 2


@dataclass(frozen=True, slots=True)
class Means:
    """What a round says of one moment, 1 to 6. None: hidden, or nobody said. gap: of a blind spot, in levels."""

    staff: float | None = None
    customers: float | None = None
    gap: float | None = None

    def of(self, view: str) -> float | None:
        return self.staff if view == STAFF else self.customers


@dataclass(frozen=True, slots=True)
class PosterResults:
    """A round in words. means: one a moment, None where it was not asked about; leading: whose curve carries the
    figures, staff's where they may be shown; names: what the curves are called, by view; story: round, days and
    answers; small_print: what its figures rest on."""

    means: tuple[Means | None, ...]
    leading: str
    views: tuple[str, ...]
    names: Mapping[str, str]
    figures: tuple[tuple[str, str, str], ...]
    remark: tuple[str, str] | None
    story: str
    small_print: str


def results_of(inputs: Mapping[str, Any], titles: Sequence[str]) -> PosterResults | None:
    """The round frozen in a poster's inputs, in the language that is active. titles: of the moments, in order."""
    frozen = inputs.get("round")
    if not frozen:
        return None
    means = tuple(Means(**moment) if moment else None for moment in frozen["moments"])
    seen = [view for view in frozen["views"] if any(each and each.of(view) is not None for each in means)]
    return PosterResults(
        means=means,
        leading=STAFF if STAFF in seen else CUSTOMERS if seen else "",
        views=tuple(seen),
        names={view: curve_name(frozen, view) for view in (STAFF, CUSTOMERS)},
        figures=_figures(frozen),
        remark=_remark(frozen, means, titles),
        story=_story(frozen),
        small_print=_small_print(frozen, means, _team(inputs)),
    )


def _team(inputs: Mapping[str, Any]) -> str:
    """Whose sheet it is; empty for a poster of the whole and for a card."""
    return " ".join(printable(inputs.get("subject") or "").split()) if inputs.get("kind") == "team" else ""


def judge_of(frozen: Mapping[str, Any]) -> str:
    """The view that the header's figures are of: customers', staff's where customers' may not be shown, or none."""
    return next((view for view in (CUSTOMERS, STAFF) if frozen["whole"].get(view)), "")


def _figures(frozen: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Loyalty balance, indifference, customers at risk: figure, caption with whose it is, colour."""
    judge = judge_of(frozen)
    if not judge:
        return ()
    shown, who = frozen["whole"][judge], {"who": view_name(judge)}
    figures = []
    if balance := shown["loyalty_balance"]:
        points = round(balance["value"])
        words = _("loyalty balance by %(who)s: % of contacts at Desired or better, less % at Basic or worse")
        colour = "blue" if points > 0 else "red" if points < 0 else "ink-soft"
        figures.append((signed(points), words.replace("%(who)s", who["who"]) + _range(balance, signed), colour))
    if indifference := shown["indifference_percent"]:
        words = _("of contacts only meet what was expected, by %(who)s: indifference") % who
        figures.append((_percent(indifference["value"]), words + _range(indifference, _percent), "ink-soft"))
    risk = shown["customers_at_risk"]
    if risk and frozen["customers_per_year"]:
        words = _("customers a year meet a poor moment and may leave, by %(who)s") % who
        figures.append((short(round(risk["value"])), words + _range(risk, lambda n: short(round(n))), "red"))
    return tuple(figures)


def _percent(number: float) -> str:
    return _("%(number)s%%") % {"number": whole(number)}


def _range(figure: Mapping[str, Any], write: Any) -> str:
    """The interval in brackets; empty where there is none."""
    if figure["low"] is None or figure["high"] is None:
        return ""
    low, high = (write(round(figure[end])) for end in ("low", "high"))
    return " " + _("(%(low)s to %(high)s)") % {"low": low, "high": high} if low != high else ""


def _remark(frozen: Mapping[str, Any], means: Sequence[Means | None], titles: Sequence[str]) -> tuple[str, str] | None:
    """Where we fool ourselves, or the weakest moment by the judging view; None where nothing may be shown."""
    named = [(each, title) for each, title in zip(means, titles, strict=True) if each]
    spots = sorted((pair for pair in named if pair[0].gap), key=lambda pair: -(pair[0].gap or 0))[:SPOTS_NAMED]
    if spots:
        gaps = [plain(each.gap or 0) for each, _title in spots]
        levels = gaps[0] if len(set(gaps)) == 1 else _("%(most)s and %(less)s") % {"most": gaps[0], "less": gaps[-1]}
        places = " · ".join(title for _each, title in spots)
        said = _("%(moments)s. There staff score %(levels)s levels higher than customers do.")
        return _("Where we fool ourselves:"), said % {"moments": places, "levels": levels}
    judge = judge_of(frozen)
    judged = [(mean, title) for each, title in named if judge and (mean := each.of(judge)) is not None]
    if not judged:
        return None
    mean, title = min(judged, key=lambda pair: pair[0])
    said = _("%(moment)s, at level %(level)s by %(who)s. A journey is judged by its lowest point.")
    return ngettext("Our weakest moment:", "Our weakest moments:", 1), said % {
        "moment": title,
        "level": say_mean(mean),
        "who": curve_name(frozen, judge),
    }


def _story(frozen: Mapping[str, Any]) -> str:
    """Round “Autumn”, 3 Nov 2026 to 17 Nov 2026: 212 staff, 1,904 customers. Next review 15 Feb 2027."""
    title = " ".join(printable(frozen["title"]).split())
    counts, least = frozen["responses"], frozen["minimum_group"]
    answered = ", ".join(_answered(view, counts[view], least) for view in frozen["views"])
    said = [_("Round “%(title)s”, %(days)s: %(answered)s.") % {"title": title, "days": _days(frozen),
                                                              "answered": answered}]  # fmt: skip
    if not frozen["is_complete"]:
        said.append(_("The round is still open."))
    if frozen["next_review"]:
        said.append(_("Next review %(day)s.") % {"day": _day(frozen["next_review"])})
    return " ".join(said)


def _days(frozen: Mapping[str, Any]) -> str:
    opened, closed = frozen["opened_on"], frozen["closed_on"]
    if opened and closed and opened != closed:
        return _("%(first)s to %(last)s") % {"first": _day(opened), "last": _day(closed)}
    return _day(opened or closed or "")


def _day(iso: str) -> str:
    return say_date(date.fromisoformat(iso)) if iso else ""


def _answered(view: str, count: int | None, minimum: int) -> str:
    if count is None:
        few = {"minimum": whole(minimum)}
        if view == STAFF:
            return _("fewer than %(minimum)s staff answered, too few to be shown") % few
        return _("fewer than %(minimum)s customers answered, too few to be shown") % few
    if view == STAFF:
        return ngettext("%(count)s of the staff answered", "%(count)s staff answered", count) % {"count": whole(count)}
    return ngettext("%(count)s customer answered", "%(count)s customers answered", count) % {"count": whole(count)}


def _small_print(frozen: Mapping[str, Any], means: Sequence[Means | None], team: str) -> str:
    """Whose figures these are, what is hidden, and the assumptions of "customers at risk". Source: METHOD."""
    said = [_("Volumes and times are our own estimate; the customer is the judge."), *say_whose(frozen, team)]
    if not frozen["is_whole"]:
        said.append(_("The figures above are of the moments shown here."))
    said += _risk(frozen)
    unasked = sum(each is None for each in means)
    if unasked:
        words = ngettext(
            "%(count)s moment was not asked about in this round.",
            "%(count)s moments were not asked about in this round.",
            unasked,
        )
        said.append(words % {"count": whole(unasked)})
    hidden = [view for view in frozen["views"] if any(each and each.of(view) is None for each in means)]
    if hidden:
        words = _("Where a level is missing, fewer than %(minimum)s answered, or that view was not asked.")
        said.append(words % {"minimum": whole(frozen["minimum_group"])})
    return " ".join(said)


def _risk(frozen: Mapping[str, Any]) -> list[str]:
    judge = judge_of(frozen)
    risk = frozen["whole"][judge]["customers_at_risk"] if judge else None
    if not risk or not frozen["customers_per_year"]:
        return []
    percent = frozen["leave_rate_percent"]
    words = _(
        "Customers at risk, of %(customers)s a year: of those who meet a poor moment %(rate)s leave; "
        "contacts random (Poisson) and independent; the share of answers on levels 1 and 2 stands for that of contacts."
    )
    return [words % {"customers": whole(frozen["customers_per_year"]), "rate": say_leave_rate(percent)}]
