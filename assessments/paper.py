"""Answers typed in from paper. A sheet is known again by a key that its page alone carries.

The response's id is made of that key and the server's secret, so the same sheet sent twice is one response, and the
page can take it back; the database holds neither the key nor any time or order.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from assessments.answers import NOT_SEEN, Answer
from assessments.choices import Source, View
from assessments.handing_in import NotTaken
from assessments.links import Refusal
from assessments.models import Idea, Rating, Response, Round, RoundGroup
from assessments.rounds import hold_open
from assessments.storing import store_response


def new_sheet() -> str:
    """The key of the next sheet."""
    return secrets.token_urlsafe(16)


def response_id_of(round_: Round, sheet: str) -> UUID:
    """Looks as random as any other; without the secret nobody gets from one to the other."""
    digest = salted_hmac("assessments.paper", f"{round_.pk} {sheet}", algorithm="sha256").digest()
    return UUID(bytes=digest[:16], version=4)


def save_sheet(
    round_: Round, sheet: str, view: View, group: RoundGroup | None, answers: Mapping[int, Answer], language: str
) -> bool:
    """Make the response of a sheet. False: it was saved before. Raises NotTaken, with nothing changed."""
    response_id = response_id_of(round_, sheet)
    try:
        with transaction.atomic():
            if not hold_open(round_.pk):
                raise NotTaken(Refusal.CLOSED)
            if Response.objects.filter(pk=response_id).exists():
                return False
            store_response(round_, view, group, answers, Source.PAPER, language=language, response_id=response_id)
    except IntegrityError:  # the same sheet, at the same moment
        return False
    return True


def take_back(round_: Round, sheet: str) -> dict[int, Answer] | None:
    """Delete a sheet's response and give what it said, by position. None: it is gone, or released already.

    Raises NotTaken where the round is not open.
    """
    with transaction.atomic():
        if not hold_open(round_.pk):
            raise NotTaken(Refusal.CLOSED)
        waiting = Response.objects.filter(
            pk=response_id_of(round_, sheet), round=round_, source=Source.PAPER, batch=None
        )
        response = waiting.select_for_update(of=("self",)).first()
        if response is None:
            return None
        answers = _answers_of(response)
        response.delete()
    return answers


def _answers_of(response: Response) -> dict[int, Answer]:
    ideas = dict(Idea.objects.filter(response=response).values_list("moment__position", "text"))
    ratings = {
        rating.moment.position: rating for rating in Rating.objects.filter(response=response).select_related("moment")
    }
    return {place: _answer(ratings.get(place), ideas.get(place, "")) for place in sorted({*ideas, *ratings})}


def _answer(rating: Rating | None, idea: str) -> Answer:
    if rating is None:
        return Answer(idea=idea)
    level = NOT_SEEN if rating.level is None else rating.level
    return Answer(level, rating.times_per_week, rating.seconds, rating.decision, idea)


def count_sheets(round_: Round) -> int:
    """How many typed-in responses a round has."""
    count: int = Response.objects.filter(round=round_, source=Source.PAPER).count()
    return count
