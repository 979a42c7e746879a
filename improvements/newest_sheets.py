"""Which result sheets of journeys are the newest: chosen without their figures, which are long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from assessments.choices import RoundState
from assessments.models import ResultSheet


class SheetRow(NamedTuple):
    """One sheet, by ids. version: grows with each release."""

    sheet_id: int
    round_id: int
    journey_id: int
    version: int


def newest_sheets(journeys: Iterable[int], each: int | None = None, *, with_archived: bool = True) -> list[SheetRow]:
    """The round that was opened last first, and no more than `each` of every journey; one query.

    with_archived: rounds that are put away still tell what changed since, but are no results of today.
    """
    sheets = ResultSheet.objects.filter(round__journey__in=list(journeys))
    if not with_archived:
        sheets = sheets.exclude(round__state=RoundState.ARCHIVED)
    ordered = sheets.order_by("-round__opened_at", "-round_id")
    seen: Counter[int] = Counter()
    chosen = []
    for row in map(SheetRow._make, ordered.values_list("pk", "round_id", "round__journey_id", "version")):
        seen[row.journey_id] += 1
        if each is None or seen[row.journey_id] <= each:
            chosen.append(row)
    return chosen
