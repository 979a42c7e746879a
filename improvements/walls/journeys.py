"""What a screen needs of the journeys that it shows: their size, their newest results, their weakest moments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from assessments.models import RoundMoment
from assessments.result_words import Figures
from improvements.models import Display
from improvements.newest_results import Told, figures_of, newest_of_each, told_rounds
from journeys.models import Journey, Moment
from journeys.volumes import Volumes, total_volumes

JOURNEYS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class WallJourney:
    """One journey. told, figures: of its newest results, if there are any. what_more: about the weakest moment."""

    journey: Journey
    volumes: Volumes
    told: Told | None
    figures: Figures | None
    what_more: str = ""


def journeys_on_wall(display: Display) -> list[Journey]:
    """The chosen ones, or all; none that is archived. Two queries."""
    listed = Journey.objects.in_organisation(display.organisation).filter(archived_at=None)
    chosen = list(display.journeys.values_list("pk", flat=True))
    return list(listed.filter(pk__in=chosen) if chosen else listed)


def read_journeys(journeys: Sequence[Journey]) -> list[WallJourney]:
    """Those with results first, at most eight, each with all that its slides say; five queries or fewer."""
    newest = newest_of_each(told_rounds(journey.pk for journey in journeys))
    shown = sorted(journeys, key=lambda journey: journey.pk not in newest)[:JOURNEYS_SHOWN]
    told = {journey.pk: newest[journey.pk] for journey in shown if journey.pk in newest}
    figures = figures_of(told.values())
    volumes, more = _volumes_of(shown), _what_more(figures)
    return [
        WallJourney(
            journey,
            volumes[journey.pk],
            told.get(journey.pk),
            figures[told[journey.pk].round_id] if journey.pk in told else None,
            more.get(told[journey.pk].round_id, "") if journey.pk in told else "",
        )
        for journey in shown
    ]


def _volumes_of(journeys: Sequence[Journey]) -> dict[int, Volumes]:
    moments = Moment.objects.filter(stage__journey__in=journeys).order_by()
    found = defaultdict(list)
    for journey_id, contacts, seconds in moments.values_list("stage__journey", "contacts_per_customer", "seconds"):
        found[journey_id].append((contacts, seconds))
    return {
        journey.pk: total_volumes(
            journey.customers_per_year, [v for v, _ in found[journey.pk]], [t for _, t in found[journey.pk]]
        )
        for journey in journeys
    }


def _what_more(figures: dict[int, Figures]) -> dict[int, str]:
    """By round: what more will be done at its weakest moment, as the map says now."""
    weakest = {round_id: it["weakest"]["position"] for round_id, it in figures.items() if it["weakest"]}
    if not weakest:
        return {}
    asked = Q()
    for round_id, position in weakest.items():
        asked |= Q(round=round_id, position=position)
    sources = dict(RoundMoment.objects.filter(asked).values_list("round_id", "source_id"))
    texts = dict(Moment.objects.filter(pk__in=sources.values()).values_list("pk", "what_more"))
    return {round_id: texts.get(source, "") for round_id, source in sources.items()}
