"""What is known of an action's moment: the newest published figures of its journey, else the manager's estimate.

Nothing but result sheets is read of a round, so what the privacy rule hides is not known here either.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.cache import cache

from assessments.models import ResultSheet, Round, RoundMoment
from assessments.result_words import Figures
from improvements.models import Action
from journeys.levels import DAMAGING
from journeys.models import Moment

MANAGER = "manager"
KEPT_SECONDS = 24 * 3600
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
    """By journey, by the moment's id: of the newest round that shows it, among the last two that show anything."""
    rounds = Round.objects.filter(journey__in=list(journeys), sheet__isnull=False)
    newest: dict[int, list[tuple[int, int]]] = {}
    for journey_id, *sheet in rounds.order_by("-opened_at", "-pk").values_list("journey_id", "pk", "sheet__version"):
        newest.setdefault(journey_id, []).append((sheet[0], sheet[1]))
    chosen = {journey: sheets[:ROUNDS_LOOKED_AT] for journey, sheets in newest.items()}
    read = _read([sheet for sheets in chosen.values() for sheet in sheets])
    return {
        journey: {key: said for round_id, _version in reversed(sheets) for key, said in read[round_id].items()}
        for journey, sheets in chosen.items()
    }


def _read(sheets: Sequence[tuple[int, int]]) -> dict[int, dict[int, MomentFigures]]:
    """By round; kept by the version of its sheet, as reading a large one takes longer than all the rest."""
    keys = {f"improvements.moment_figures.{pk}.{version}": pk for pk, version in sheets}
    kept: dict[str, dict[int, dict[str, Any]]] = cache.get_many(list(keys))
    missing = {key: pk for key, pk in keys.items() if key not in kept}
    if missing:
        fresh = _condense(list(missing.values()))
        cache.set_many({key: fresh.get(pk, {}) for key, pk in missing.items()}, KEPT_SECONDS)
        kept |= {key: fresh.get(pk, {}) for key, pk in missing.items()}
    return {pk: {moment: MomentFigures(**said) for moment, said in kept[key].items()} for key, pk in keys.items()}


def _condense(rounds: Sequence[int]) -> dict[int, dict[int, dict[str, Any]]]:
    sources: dict[int, dict[int, int]] = {}
    for round_id, position, source in RoundMoment.objects.filter(round__in=rounds).values_list(
        "round_id", "position", "source_id"
    ):
        sources.setdefault(round_id, {})[position] = source
    sheets = ResultSheet.objects.filter(round__in=rounds).values_list("round_id", "figures")
    return {round_id: _by_moment(figures, sources.get(round_id, {})) for round_id, figures in sheets}


def _by_moment(figures: Figures, sources: dict[int, int]) -> dict[int, dict[str, Any]]:
    judged = {sources.get(moment["position"]): _judged(figures, moment) for moment in figures["moments"]}
    return {source: asdict(said) for source, said in judged.items() if source and said}


def _judged(figures: Figures, moment: Figures) -> MomentFigures | None:
    """By customers, as the customer is the judge; by staff where no customer's answers are shown; None by nobody."""
    view = next((view for view in ("customers", "staff") if moment["views"].get(view)), "")
    if not view:
        return None
    score, contacts = moment["views"][view], moment["contacts_per_year"]
    damage = moment["damage"]["contacts_per_year"] if moment["damage"] else contacts * score["damaged"]
    return MomentFigures(contacts, view, score["mean"], score["n"], damage, figures["round"]["title"])


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
