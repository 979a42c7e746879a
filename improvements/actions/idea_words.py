"""The words of an idea, while they may be read: released, and of a batch that the privacy rule lets through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.idea_reading import readable_batches
from assessments.models import Idea, ResultSheet


@dataclass(frozen=True, slots=True)
class IdeaWords:
    """What somebody wrote in a round. view: staff or customers, and no more of who it was."""

    text: str
    language: str
    view: str
    round_id: int
    is_redacted: bool


def words_of_idea(idea: Idea) -> IdeaWords | None:
    """None where it may be read by nobody."""
    return words_of_ideas([idea]).get(str(idea.pk))


def words_of_ideas(ideas: Iterable[Idea]) -> dict[str, IdeaWords]:
    """By id as a text, those that may be read; one query for all their rounds' sheets."""
    asked = [idea for idea in ideas if idea.batch_id is not None]
    if not asked:
        return {}
    sheets = ResultSheet.objects.filter(round__in={idea.round_id for idea in asked})
    batches = {round_id: set(readable_batches(said)) for round_id, said in sheets.values_list("round_id", "figures")}
    return {
        str(idea.pk): IdeaWords(idea.text, idea.language, idea.view, idea.round_id, idea.is_redacted)
        for idea in asked
        if idea.batch_id in batches.get(idea.round_id, set())
    }
