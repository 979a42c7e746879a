"""Communications and what people say of them, for tests."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from accounts.models import Organisation
from assessments.privacy import DEFAULT_MINIMUM
from improvements.communications.asking import Said, hand_in
from improvements.communications.surveys import Rating, make_survey
from improvements.models import Communication, CommunicationSurvey


def send(organisation: Organisation, name: str = "Bill", **fields: object) -> Communication:
    """Something that the organisation sends."""
    row: Communication = Communication.objects.create(organisation=organisation, name=name, **fields)
    return row


def ask(organisation: Organisation, view: str = "customers", minimum: int = DEFAULT_MINIMUM) -> CommunicationSurvey:
    """The working link of a view."""
    return make_survey(organisation, view, minimum, None)


def answer(survey: CommunicationSurvey, answers: dict[int, Said], device: str = "") -> bool:
    """One device hands in; another one each time unless it is named."""
    return hand_in(Rating(survey, device or secrets.token_hex(8)), answers)


def judge_all(survey: CommunicationSurvey, row: Communication, said: Sequence[tuple[int, int]]) -> None:
    """Each relevance and level as somebody's answer."""
    for relevance, level in said:
        answer(survey, {row.pk: Said(relevance=relevance, level=level)})
