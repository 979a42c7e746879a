"""What a poster freezes of “You said, we did”: the newest that the privacy rule lets be read then."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from improvements.actions.said_done import SaidDone, you_said_we_did
from journeys.models import Journey
from reports.preflight import check_poster
from reports.story_papers.words import paper_words, shorten_story

SHOWN, LETTERS = 3, (160, 90)
FIELD = "said_done"


def said_of(journey: Journey) -> list[SaidDone]:
    """What is told of a journey, the newest first. Two queries."""
    return you_said_we_did(journey.organisation, journey)


def said_of_these(rows: Sequence[SaidDone], moments: Collection[str] | None) -> list[SaidDone]:
    """Those about moments of these titles; all where None."""
    return [row for row in rows if moments is None or row.moment in moments]


def with_said(inputs: Mapping[str, Any], rows: Sequence[SaidDone]) -> dict[str, Any]:
    """A poster's inputs with as many of these as fit, three at most; with one where none fits, so that it is named."""
    counts = range(min(SHOWN, len(rows)), 0, -1)
    attempts = [{**inputs, FIELD: [_frozen(row, letters) for row in rows[:n]]} for n in counts for letters in LETTERS]
    if not attempts:
        return dict(inputs)
    return next((told for told in attempts if _fits(told)), attempts[-1])


def _frozen(row: SaidDone, letters: int) -> dict[str, Any]:
    said, did = (shorten_story(paper_words(text), letters)[0] for text in (row.said, row.did))
    return {"said": said, "did": did, "whose": row.whose, "on": row.done_on.isoformat()}


def _fits(inputs: dict[str, Any]) -> bool:
    return not any(problem.is_blocking and problem.field == FIELD for problem in check_poster(inputs))


def said_anew(inputs: dict[str, Any], journey: Journey | None) -> dict[str, Any]:
    """The inputs with what may be read now: an idea that was hidden or redacted since is printed on nothing new."""
    if FIELD not in inputs:
        return inputs
    without = {name: value for name, value in inputs.items() if name != FIELD}
    return with_said(without, said_of_these(said_of(journey), moments_of(inputs))) if journey else without


def moments_of(inputs: Mapping[str, Any]) -> set[str] | None:
    """Titles of the moments of a team's sheet; None for a poster of the whole journey."""
    if not inputs.get("of_moments"):
        return None
    return {moment["title"] for stage in inputs["plan"]["stages"] for moment in stage["moments"]}
