"""What is known of an action's moment: the newest published figures of its journey, else the manager's estimate.

Nothing but result sheets is read of a round, so what the privacy rule hides is not known here either.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from improvements.models import Action
from improvements.sheet_extracts import Extract, Said, extracts_of
from journeys.levels import DAMAGING
from journeys.models import Moment

MANAGER = "manager"
ROUNDS_LOOKED_AT = 2  # the last may have too few answers


@dataclass(frozen=True, slots=True)
class MomentFigures:
    """view: whose level, customers' first; n None and no round for the manager's estimate."""

    contacts_per_year: float
    view: str = ""
    level: float | None = None
    n: int | None = None
    damage_per_year: float | None = None
    round_title: str = ""

    @property
    def nearest_level(self) -> int | None:
        return None if self.level is None else min(6, max(1, int(self.level + 0.5)))


def figures_of(actions: Sequence[Action]) -> dict[int, MomentFigures]:
    """By action, without those of which nothing is known; at most five queries however many there are."""
    asked = [(action.pk, action.journey_id, action.moment_id) for action in actions if action.moment_id]
    shown = _shown_figures({journey for _pk, journey, _moment in asked})
    missing = {moment for _pk, journey, moment in asked if moment not in shown.get(journey, {})}
    estimates = _estimates(missing) if missing else {}
    found = {pk: shown.get(journey, {}).get(moment) or estimates.get(moment) for pk, journey, moment in asked}
    return {pk: figures for pk, figures in found.items() if figures}


def figures_of_moment(journey_id: int, moment_id: int) -> MomentFigures | None:
    """The same of one moment that has no action yet."""
    unsaved = Action(pk=0, journey_id=journey_id, moment_id=moment_id)
    return figures_of([unsaved]).get(0)


def contacts_of(action: Action) -> float | None:
    """Contacts a year at an action's moment, which are saved where it is eliminated."""
    found = figures_of([action]).get(action.pk)
    return found.contacts_per_year if found else None


def _shown_figures(journeys: Iterable[int]) -> dict[int, dict[int, MomentFigures]]:
    """By journey, by the moment's id: of the newest round that shows it, among the last two."""
    return {
        journey: {
            key: shown for it in reversed(extracts) for key, said in it.moments.items() if (shown := _judged(it, said))
        }
        for journey, extracts in extracts_of(journeys, ROUNDS_LOOKED_AT).items()
    }


def _judged(round_: Extract, said: Said) -> MomentFigures | None:
    """By customers, as the customer is the judge; by staff where no customer's answers are shown; None by nobody."""
    view = next((view for view in ("customers", "staff") if view in said.views), "")
    if not view:
        return None
    score, damage = said.views[view], said.damage_per_year
    lost = said.contacts_per_year * score["damaged"] if damage is None else damage
    return MomentFigures(said.contacts_per_year, view, score["mean"], score["n"], lost, round_.title)


def _estimates(moments: Iterable[int]) -> dict[int, MomentFigures]:
    """The manager's own: one level a moment, so that a moment does damage wholly or not at all."""
    rows = Moment.objects.filter(pk__in=list(moments)).values_list(
        "pk", "level", "contacts_per_customer", "stage__journey__customers_per_year"
    )
    return {pk: _estimate(level, each * customers) for pk, level, each, customers in rows}


def _estimate(level: int | None, contacts: float) -> MomentFigures:
    if level is None:
        return MomentFigures(contacts)
    return MomentFigures(contacts, MANAGER, level, None, contacts if level in DAMAGING else 0.0)
