"""What a device says while it answers, kept at once. Of two answers to one moment the one given last stays.

A device counts its gestures: each answer carries a turn, higher than all before it in any tab. So answers that come
late, twice or in another order change nothing. The turn says nothing about the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from assessments.answers import NOT_SEEN, Answer
from assessments.handing_in import draft_of, find_draft
from assessments.links import Way
from assessments.models import Draft

TURN_MAX = 2**53 - 1
BOOKKEEPING = ("turn", "is_asked", "was")


@dataclass(frozen=True, slots=True)
class Said:
    """One gesture. answer None: only that one was part of the moment or not. turn None: the next one."""

    answer: Answer | None
    is_asked: bool = True
    turn: int | None = None


def save_said(way: Way, language: str, said: Mapping[int, Said]) -> bool:
    """Keep answers, by position of their moment, in the device's draft. False: it has been handed in."""
    with transaction.atomic():
        draft = draft_of(way, language)
        row = Draft.objects.select_for_update(of=("self",)).filter(pk=draft.pk, is_handed_in=False).first()
        if row is None:
            return False
        for position, one in said.items():
            _put(row.answers, str(position), one)
        row.save(update_fields=["answers", "touched_on"])
    return True


def save_ticks(way: Way, language: str, asked: Iterable[int], ticked: Iterable[int]) -> bool:
    """Which of the moments asked about a customer was part of, by position. False: it has been handed in."""
    own = set(ticked)
    return save_said(way, language, {position: Said(None, is_asked=position in own) for position in asked})


def choose_language(way: Way, language: str) -> None:
    """Go on in another language."""
    draft = draft_of(way, language)
    Draft.objects.filter(pk=draft.pk, is_handed_in=False).update(language=language)


def forget_draft(way: Way) -> None:
    """Throw away what was not handed in: the next person at a shared tablet finds nothing of it."""
    if draft := find_draft(way):
        Draft.objects.filter(pk=draft.pk, is_handed_in=False).delete()


def _put(answers: dict[str, Any], place: str, one: Said) -> None:
    kept = answers.get(place, {})
    turn = kept.get("turn", 0) + 1 if one.turn is None else one.turn
    if turn >= kept.get("turn", 0):
        answers[place] = {**_words(kept, one), "turn": turn, "is_asked": one.is_asked}


def _words(kept: dict[str, Any], one: Said) -> dict[str, Any]:
    """Unticked, a moment's words wait until it is ticked again, and are not handed in."""
    if one.answer is not None:
        return one.answer.to_dict()
    before = kept["was"] if "was" in kept else {name: said for name, said in kept.items() if name not in BOOKKEEPING}
    return before if one.is_asked else {"level": NOT_SEEN, "was": before}
