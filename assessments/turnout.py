"""How many have answered, by view and group: all that anybody learns of a round while it is open."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from assessments.choices import Audience, View
from assessments.models import Response, Round


@dataclass(frozen=True, slots=True)
class Turnout:
    """people: how many could answer, None where that is not known. group: its name, empty for a round without."""

    view: View
    group: str
    responses: int
    people: int | None

    @property
    def percent(self) -> int | None:
        """Whole percent, never above 100."""
        return min(100, round(100 * self.responses / self.people)) if self.people else None


def turnout_of(round_: Round) -> list[Turnout]:
    """A row for each view and group, in their order, and one for answers without a group; two queries."""
    counts = count_responses(round_)
    groups = [(group.pk, group.name, group.people) for group in round_.groups.all()]
    counted_view = View.CUSTOMERS if round_.audience == Audience.CUSTOMERS else View.STAFF
    rows = []
    for view in round_.views:
        for pk, name, people in groups:
            known = people if view == counted_view else None
            rows.append(Turnout(view, name, counts.get((view.value, pk), 0), known))
        without = counts.get((view.value, None), 0)
        if without or not groups:
            rows.append(Turnout(view, "", without, None))
    return rows


def count_responses(round_: Round) -> dict[tuple[str, int | None], int]:
    """Responses by view and group id; one query."""
    counted = Response.objects.filter(round=round_).order_by().values_list("view", "group_id")
    return {(view, group): n for view, group, n in counted.annotate(n=Count("pk"))}
