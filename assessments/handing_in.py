"""Answers under way, and their handing in: once, whatever is pressed twice, and without a trace of who or when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.answers import Answer
from assessments.choices import RoundState
from assessments.claiming import claim
from assessments.links import Refusal, Way
from assessments.models import Draft, OpenLink, Recipient, Round
from assessments.storing import Said, given_of

TRIES = 10


class NotTaken(Exception):
    """The answers can't be handed in any more; they stay with the draft."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def draft_of(way: Way, language: str = "") -> Draft:
    """The draft of this device, or of this person where the round is confidential; made where there is none yet."""
    if found := find_draft(way):
        return found
    usual = way.recipient.language if way.recipient else way.round.languages[0]
    fresh = Draft(**_holder(way) | {"round": way.round, "device_hmac": way.device_hmac})
    fresh.link, fresh.language, fresh.source = way.link, language or usual, way.source
    Draft.objects.bulk_create([fresh], ignore_conflicts=True)  # another tab may be as quick
    made: Draft = Draft.objects.get(**_holder(way))
    return made


def find_draft(way: Way) -> Draft | None:
    """The draft that `draft_of` would give, if there is one."""
    found: Draft | None = Draft.objects.filter(**_holder(way)).first()
    return found


def _holder(way: Way) -> dict[str, Any]:
    with_person = way.recipient and not way.round.is_anonymous
    return {"recipient": way.recipient} if with_person else {"round": way.round, "device_hmac": way.device_hmac}


def keep_answers(draft: Draft, answers: Mapping[int, Answer]) -> bool:
    """Put answers, by position of their moment, into the draft; others stay. False: it has been handed in."""
    with transaction.atomic():
        row = Draft.objects.select_for_update(of=("self",)).filter(pk=draft.pk, is_handed_in=False).first()
        if row is None:
            return False
        row.answers |= {str(position): answer.to_dict() for position, answer in answers.items()}
        row.save(update_fields=["answers", "touched_on"])
    draft.answers = row.answers
    return True


def answers_of(draft: Draft) -> dict[int, Answer]:
    """By position of the moment."""
    return {int(place): Answer.from_dict(said) for place, said in draft.answers.items() if place.isdecimal()}


def hand_in(way: Way, draft: Draft) -> bool:
    """Make the response of a draft. False: it had been handed in before. Raises NotTaken, with nothing changed.

    Where the draft changed in another tab meanwhile, what stands in it now is handed in.
    """
    for _ in range(TRIES):
        if claim(way, draft, said_in(way, draft)):
            return True
        found = Draft.objects.filter(pk=draft.pk).first()
        if found is None or found.is_handed_in:
            return False
        if found.answers == draft.answers and (refusal := _refusal(way)):
            raise NotTaken(refusal)
        draft.answers = found.answers
    raise RuntimeError("the draft changes all the time")


def said_in(way: Way, draft: Draft) -> Said:
    """The response that a draft makes; only a confidential one names the person."""
    given = given_of(way.round, way.view, answers_of(draft))
    person = None if way.round.is_anonymous else way.recipient
    return Said(way.round, way.view, way.group, given, way.source, draft.language, person)


def _refusal(way: Way) -> Refusal | None:
    """Why nothing was taken, by what stands now; None where that has changed already."""
    if not Round.objects.filter(pk=way.round.pk, state=RoundState.OPEN).exists():
        return Refusal.CLOSED
    if way.recipient:
        is_used = Recipient.objects.filter(pk=way.recipient.pk, has_answered=True).exists()
        return Refusal.ANSWERED if is_used else None
    link = OpenLink.objects.filter(pk=way.owner.pk).first()
    if link is None or link.revoked_at:
        return Refusal.REVOKED
    return Refusal.FULL if link.is_full else None


def forget_old_drafts() -> int:
    """Delete drafts that nobody has touched for 90 days; says how many."""
    old = timezone.localdate() - timedelta(days=90)
    return int(Draft.objects.filter(touched_on__lt=old).delete()[0])
