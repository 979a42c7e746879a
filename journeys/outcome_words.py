"""Two outcomes side by side in words: today, target, and the difference with its sign said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.figures import plain, short, whole
from journeys.outcomes import Outcome

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. is_better: None where it stays the same, or where that cannot be said."""

    label: str
    today: str
    target: str
    difference: str
    is_better: bool | None = None


def compare_outcomes(today: Outcome, target: Outcome, customers_per_year: int) -> list[Row]:
    """METHOD's four figures of both; a dash where a figure is unknown."""
    balances = [round(outcome.value.loyalty_balance) if outcome.value else None for outcome in (today, target)]
    shares = [round(outcome.value.indifference_percent) if outcome.value else None for outcome in (today, target)]
    met, at_risk = _("Customers who meet a poor moment, a year"), _("Customers at risk a year")
    return [
        _balance(_("Loyalty balance"), *balances),
        _indifference(_("Indifference"), *shares),
        _people(met, today.risk.customers_met, target.risk.customers_met, customers_per_year),
        _people(at_risk, today.risk.customers_at_risk, target.risk.customers_at_risk, customers_per_year),
    ]


def say_signed(number: int) -> str:
    """+6, 0, −12."""
    return whole(number) if number == 0 else ("+" if number > 0 else "\u2212") + whole(abs(number))


def say_percent(number: int) -> str:
    """38%."""
    return _("%(number)s%%") % {"number": whole(number)}


def _balance(label: str, today: int | None, target: int | None) -> Row:
    if today is None or target is None:
        return _half_known(label, today, target, say_signed)
    step = target - today
    words = ngettext("%(number)s point higher", "%(number)s points higher", abs(step))
    if step < 0:
        words = ngettext("%(number)s point lower", "%(number)s points lower", abs(step))
    return _row(label, say_signed(today), say_signed(target), step, words % {"number": whole(abs(step))}, step > 0)


def _indifference(label: str, today: int | None, target: int | None) -> Row:
    """Neither better nor worse: it may give way to value or to damage."""
    if today is None or target is None:
        return _half_known(label, today, target, say_percent)
    step = target - today
    words = ngettext("%(number)s percentage point higher", "%(number)s percentage points higher", abs(step))
    if step < 0:
        words = ngettext("%(number)s percentage point lower", "%(number)s percentage points lower", abs(step))
    return _row(label, say_percent(today), say_percent(target), step, words % {"number": whole(abs(step))}, None)


def _half_known(label: str, today: int | None, target: int | None, say: Callable[[int], str]) -> Row:
    return Row(label, NOTHING if today is None else say(today), NOTHING if target is None else say(target), "")


def _people(label: str, today: float, target: float, customers_per_year: int) -> Row:
    if not customers_per_year:
        return Row(label, NOTHING, NOTHING, "")
    step = round(target) - round(today)
    words = (_("%(number)s fewer") if step < 0 else _("%(number)s more")) % {"number": short(abs(step))}
    return _row(label, short(round(today)), short(round(target)), step, words, step < 0)


def _row(label: str, today: str, target: str, step: int, words: str, is_better: bool | None) -> Row:
    return Row(label, today, target, words, is_better) if step else Row(label, today, target, _("no change"))


def assumptions(leave_rate_percent: float, source: str, unjudged: int) -> list[str]:
    """What the figures rest on, sentence by sentence. unjudged: moments that have no level and no target."""
    said = [
        _("Levels, contacts and targets are our own estimate; the customer is the judge."),
        _(
            "Each moment has one level here: all its contacts damage value (levels 1 and 2), leave the customer "
            "indifferent (3) or create value (4 to 6). So the figures are coarse."
        ),
        _("Contacts count as random (Poisson) and as independent between moments."),
        _("%(rate)s%% of the customers who meet a poor moment leave. Source: %(source)s.")
        % {"rate": plain(leave_rate_percent), "source": source},
    ]
    if unjudged:
        words = ngettext(
            "%(count)s moment has no level: it counts neither for nor against us.",
            "%(count)s moments have no level: they count neither for nor against us.",
            unjudged,
        )
        said.append(words % {"count": whole(unjudged)})
    return said
