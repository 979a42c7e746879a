"""What became of a moment after something was done, in a plain sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from assessments.result_words import interval, say, view_name, with_sign
from improvements.actions.effects import Effect, Verdict, effects_of
from improvements.actions.rows import ActionCard


def say_effect(effect: Effect) -> str:
    """One sentence; it says that levels moved, not why."""
    words = _words(effect)
    match effect.verdict:
        case Verdict.BETTER:
            return _("Better: %(view)s put the moment at %(before)s before and at %(after)s after, %(levels)s levels "
                     "(%(range)s).") % words  # fmt: skip
        case Verdict.WORSE:
            return _("Worse: %(view)s put the moment at %(before)s before and at %(after)s after, %(levels)s levels "
                     "(%(range)s).") % words  # fmt: skip
        case Verdict.NO_CHANGE:
            return _("No change that we can see: %(view)s put the moment at %(before)s before and at %(after)s after; "
                     "the difference lies between %(range)s levels.") % words  # fmt: skip
        case Verdict.WAITING:
            return _("The next round will tell: none has shown results since. Before, %(view)s put the moment at "
                     "%(before)s.") % words  # fmt: skip
        case Verdict.HIDDEN:
            return _("Too few answered the next round to show this moment. Before, %(view)s put it at "
                     "%(before)s.") % words  # fmt: skip
        case Verdict.GONE:
            return _("The rounds since do not ask about this moment. Before, %(view)s put it at %(before)s.") % words
    return _("No round before shows this moment, so there is nothing to compare with.")


def say_verdict(effect: Effect) -> str:
    """A word or two for a list."""
    words = {
        Verdict.BETTER: _("Better"),
        Verdict.WORSE: _("Worse"),
        Verdict.NO_CHANGE: _("No change that we can see"),
        Verdict.WAITING: _("The next round will tell"),
    }
    return words.get(effect.verdict, _("Can't be told"))


def with_verdicts(cards: Sequence[ActionCard]) -> list[ActionCard]:
    """The same cards, saying of what is done whether it worked."""
    effects = effects_of([card.action for card in cards])
    return [replace(it, verdict=say_verdict(effects[it.action.pk])) if it.action.pk in effects else it for it in cards]


def _words(effect: Effect) -> dict[str, str]:
    between = {"low": effect.low, "high": effect.high}
    return {
        "view": _("customers") if effect.view == "customers" else _("staff"),
        "before": say(effect.before.mean) if effect.before else "",
        "after": say(effect.after.mean) if effect.after else "",
        "levels": with_sign(effect.levels),
        "range": _("%(low)s and %(high)s") % {"low": with_sign(effect.low), "high": with_sign(effect.high)}
        if effect.verdict == Verdict.NO_CHANGE
        else interval(between, with_sign),
    }


def effect_rows(effect: Effect) -> list[tuple[str, str, str, str]]:
    """Round, mean, 95 % range and answers of before and after."""
    sides = [(_("Before"), effect.before), (_("After"), effect.after)]
    return [
        (f"{when}: {side.title}", say(side.mean), interval({"low": side.low, "high": side.high}), say(side.n))
        for when, side in sides
        if side
    ]


def whose(effect: Effect) -> str:
    """Whose levels are compared."""
    return view_name(effect.view) if effect.view else ""
