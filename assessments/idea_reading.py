"""Ideas that may be read: released ones of a view whose sheet lets them, in an order that tells nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet

from assessments.models import Idea, Round, RoundMoment
from assessments.result_words import Figures, view_name

SEARCH_MAX = 200


@dataclass(frozen=True, slots=True)
class ReadIdea:
    """One idea as people see it. whose: the view, with the group where that may be named."""

    idea: Idea
    whose: str
    group: str


def readable_views(figures: Figures) -> list[str]:
    """The views whose ideas may be read."""
    return [view for view in figures["views"] if figures["ideas"][view]["may_be_read"]]


def readable_batches(figures: Figures) -> dict[int, set[int]]:
    """By batch whose ideas may be read, the groups under whose names; an idea of any other is shown to nobody."""
    listed = (batch for view in readable_views(figures) for batch in figures["ideas"][view]["batches"])
    return {batch["id"]: set(batch["groups"]) for batch in listed}


def readable_ideas(round_: Round, figures: Figures) -> QuerySet[Idea]:
    """By moment; within one by their random ids, which is a shuffled order that stays."""
    ideas = Idea.objects.filter(round=round_, batch__in=list(readable_batches(figures)))
    found: QuerySet[Idea] = ideas.select_related("moment").order_by("moment__position", "id")
    return found


def search_ideas(ideas: QuerySet[Idea], words: str) -> QuerySet[Idea]:
    """Those that hold every word, in capitals or not. SQLite knows capitals of ASCII alone, so both ways are asked."""
    for word in words[:SEARCH_MAX].replace("\0", "").split():
        ways = {word, word.lower(), word.upper(), word.capitalize()}
        any_way = Q()
        for way in sorted(ways):
            any_way |= Q(text__icontains=way)
        ideas = ideas.filter(any_way)
    return ideas


def ideas_by_moment(ideas: Iterable[Idea], figures: Figures) -> list[tuple[RoundMoment, list[ReadIdea]]]:
    """Ideas in order, parted by moment."""
    runs = groupby(ideas, key=lambda idea: idea.moment_id)
    parted = [list(run) for _, run in runs]
    return [(run[0].moment, [as_read(idea, figures) for idea in run]) for run in parted]


def as_read(idea: Idea, figures: Figures) -> ReadIdea:
    """A group is named only where the sheet lists it: its name then points at nobody who is hidden."""
    allowed = readable_batches(figures).get(idea.batch_id or 0, set())
    names = {group["id"]: group["name"] for group in figures["groups"] if group["id"] in allowed}
    return ReadIdea(idea, view_name(idea.view), names.get(idea.group_id or 0, ""))
