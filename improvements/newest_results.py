"""The newest results that rounds let be seen, journey by journey: of their sheets, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date

from assessments.models import ResultSheet
from assessments.result_words import Figures
from improvements.newest_sheets import newest_sheets

LEADING = ("customers", "staff")  # customers judge; staff's levels are our own view


@dataclass(frozen=True, slots=True)
class Told:
    """What one round says of its whole journey. whole: by view, as the sheet has it."""

    sheet_id: int
    round_id: int
    journey_id: int
    title: str
    closed_on: date | None
    whole: dict[str, Any]

    @property
    def view(self) -> str:
        """Whose eyes count: customers' where they may be shown, else staff's."""
        return next(view for view in LEADING if self.whole.get(view))

    def balance(self, view: str) -> Any:
        """The loyalty balance with its interval, None where there is none."""
        return (self.whole.get(view) or {}).get("loyalty_balance")


def told_rounds(journey_ids: Iterable[int], *, each: int = 2, most: int = 100) -> list[Told]:
    """Rounds that show something and are not put away, the newest first: looked for among the newest `each` of every
    journey, and the newest `most` of all. Two queries, of which the first leaves the figures where they are.
    """
    chosen = newest_sheets(journey_ids, each, with_archived=False)[:most]
    return _read([row.sheet_id for row in chosen])


def _read(sheet_ids: Sequence[int]) -> list[Told]:
    rows = ResultSheet.objects.filter(pk__in=sheet_ids).order_by("-round__opened_at", "-round_id")
    read = rows.values_list(
        "pk", "round_id", "round__journey_id", "round__title", "figures__round__closed_on", "figures__whole"
    )
    return [
        Told(pk, round_id, journey_id, title, parse_date(closed_on or ""), whole)
        for pk, round_id, journey_id, title, closed_on, whole in read
        if any((whole or {}).get(view) for view in LEADING)
    ]


def newest_of_each(told: Sequence[Told]) -> dict[int, Told]:
    """By journey; told: the newest first."""
    newest: dict[int, Told] = {}
    for round_ in told:
        newest.setdefault(round_.journey_id, round_)
    return newest


def figures_of(told: Iterable[Told]) -> dict[int, Figures]:
    """All that these rounds show, by round; one query."""
    ids = [round_.sheet_id for round_ in told]
    return dict(ResultSheet.objects.filter(pk__in=ids).values_list("round_id", "figures"))
