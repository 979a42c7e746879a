"""What published rounds say of moments, by the moments' ids on the map: read from result sheets and from nothing else.

What is hidden in a sheet is not there at all. Extracts are kept by the version of their sheet, since reading a large
sheet takes longer than all that is done with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.utils.dateparse import parse_date

from assessments.models import ResultSheet, RoundMoment
from assessments.result_words import Figures
from improvements.newest_sheets import SheetRow, newest_sheets

KEPT_SECONDS = 24 * 3600
FORMAT = 1  # a new one where an extract holds something else


@dataclass(frozen=True, slots=True)
class Said:
    """What one round says of one moment. views: by staff and customers, as the sheet has them, where they are shown."""

    position: int
    contacts_per_year: float
    damage_per_year: float | None
    views: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Extract:
    """One published round. closed_on: None while it is open. moments: by their ids on the map."""

    round_id: int
    title: str
    opened_on: date | None
    closed_on: date | None
    moments: Mapping[int, Said]


def extracts_of(journeys: Iterable[int], newest: int | None = None) -> dict[int, list[Extract]]:
    """By journey, the newest round first, and no more than `newest` of each; at most three queries."""
    chosen = newest_sheets(journeys, newest)
    read = _read(chosen)
    found: dict[int, list[Extract]] = {}
    for row in chosen:
        found.setdefault(row.journey_id, []).extend([read[row.round_id]] if row.round_id in read else [])
    return found


def _read(chosen: Sequence[SheetRow]) -> dict[int, Extract]:
    keys = {f"improvements.sheet.{FORMAT}.{row.round_id}.{row.version}": row.round_id for row in chosen}
    kept: dict[str, Extract] = cache.get_many(list(keys))
    missing = {pk: key for key, pk in keys.items() if key not in kept}
    fresh = {missing[it.round_id]: it for it in _extract(list(missing))} if missing else {}
    cache.set_many(fresh, KEPT_SECONDS)
    return {it.round_id: it for it in (*kept.values(), *fresh.values())}


def _extract(rounds: Sequence[int]) -> list[Extract]:
    places: dict[int, dict[int, int]] = {}
    asked = RoundMoment.objects.filter(round__in=rounds, source_id__isnull=False)
    for pk, position, source in asked.values_list("round_id", "position", "source_id"):
        places.setdefault(pk, {})[position] = source
    sheets = ResultSheet.objects.filter(round__in=rounds).values_list("round_id", "figures")
    return [_of_sheet(pk, figures, places.get(pk, {})) for pk, figures in sheets]


def _of_sheet(round_id: int, figures: Figures, sources: Mapping[int, int]) -> Extract:
    about = figures["round"]
    opened_on, closed_on = (parse_date(about[name] or "") for name in ("opened_on", "closed_on"))
    said = {sources[m["position"]]: _said(m) for m in figures["moments"] if m["position"] in sources}
    return Extract(round_id, about["title"], opened_on, closed_on, said)


def _said(moment: Figures) -> Said:
    damage = moment["damage"]["contacts_per_year"] if moment["damage"] else None
    views = {view: score for view, score in moment["views"].items() if score}
    return Said(moment["position"], moment["contacts_per_year"], damage, views)
