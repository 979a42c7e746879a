"""Answers under way, and their handing in: once, whatever is pressed twice, and without a trace of who or when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from assessments.answers import NOT_SEEN, Answer
from assessments.choices import Source, View
from assessments.claiming import count_response, take_answers
from assessments.links import Refusal, Way
from assessments.models import Draft, Idea, OpenLink, Rating, Recipient, Response, Round, RoundGroup, RoundMoment
from assessments.rounds import hold_open


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

    Who shares a link waits for one another from where it is counted, so that comes last.
    """
    with transaction.atomic():
        answers = take_answers(draft, way.round.pk)
        if answers is None:
            if not hold_open(way.round.pk):
                raise NotTaken(Refusal.CLOSED)
            return False
        draft.answers = answers
        person = None if way.round.is_anonymous else way.recipient
        store_response(
            way.round, way.view, way.group, answers_of(draft), way.source, language=draft.language, recipient=person
        )
        _use_up(way)
    return True


def _use_up(way: Way) -> None:
    """Count the response against its link, or the invitation as used. Raises NotTaken where nothing is left.

    Outside the scope, whose join would put the conditions into a subquery, and PostgreSQL looks at those only once.
    """
    if way.recipient:
        with scopes_disabled():
            is_fresh = Recipient.objects.filter(pk=way.recipient.pk, has_answered=False).update(has_answered=True)
        if not is_fresh:
            raise NotTaken(Refusal.ANSWERED)
    elif way.link and not count_response(way.link):
        revoked = OpenLink.objects.filter(pk=way.link.pk, revoked_at__isnull=False).exists()
        raise NotTaken(Refusal.REVOKED if revoked else Refusal.FULL)


def store_response(
    round_: Round,
    view: View,
    group: RoundGroup | None,
    answers: Mapping[int, Answer],
    source: Source,
    *,
    language: str = "en",
    recipient: Recipient | None = None,
    response_id: UUID | None = None,
) -> Response:
    """One response with its ratings and ideas; answers: by position of the moment. Three or four queries.

    response_id: another than a random one, where sending twice has to be known again; it tells no time either.
    """
    response: Response = Response.objects.create(
        id=response_id or uuid4(),
        round=round_,
        view=view,
        group=group,
        source=source,
        language=language,
        recipient=recipient,
    )
    moments = _moment_ids(round_.pk, round_.opened_at, view)
    given = [(moment, answers[position]) for position, moment in moments if position in answers]
    Rating.objects.bulk_create([_rating(response.pk, moment, said) for moment, said in given if said.level is not None])
    ideas = [_idea(response, moment, said.idea) for moment, said in given if said.idea]
    if ideas:
        Idea.objects.bulk_create(ideas)
    return response


def moments_asked(round_: Round, view: View) -> Sequence[RoundMoment]:
    """The frozen moments that a view is asked about, in order; one query."""
    moments = RoundMoment.objects.filter(round=round_)
    return list(moments.filter(is_for_customers=True) if view == View.CUSTOMERS else moments)


@lru_cache(maxsize=512)
def _moment_ids(round_id: int, opened_at: datetime | None, view: View) -> Sequence[tuple[int, int]]:
    """Position and id of each moment that a view is asked about; frozen once the round has opened."""
    moments = RoundMoment.objects.filter(round_id=round_id)
    asked = moments.filter(is_for_customers=True) if view == View.CUSTOMERS else moments
    return tuple(asked.order_by("position").values_list("position", "pk"))


def _rating(response_id: UUID, moment_id: int, said: Answer) -> Rating:
    seen: dict[str, Any] = {"level": None}
    if said.level != NOT_SEEN:
        seen = {name: getattr(said, name) for name in ("level", "times_per_week", "seconds", "decision")}
    return Rating(response_id=response_id, moment_id=moment_id, **seen)


def _idea(response: Response, moment_id: int, text: str) -> Idea:
    return Idea(
        id=uuid4(),
        round_id=response.round_id,
        response=response,
        moment_id=moment_id,
        view=response.view,
        group_id=response.group_id,
        language=response.language,
        text=text,
    )


def forget_old_drafts() -> int:
    """Delete drafts that nobody has touched for 90 days; says how many."""
    old = timezone.localdate() - timedelta(days=90)
    return int(Draft.objects.filter(touched_on__lt=old).delete()[0])
