"""What a respondent is asked, in one language, with what this device has said so far."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from django.utils.translation.trans_real import parse_accept_lang_header

from assessments.answers import NOT_SEEN, Answer
from assessments.choices import View
from assessments.handing_in import find_draft
from assessments.links import Refusal, Way
from assessments.models import Draft, RoundMoment
from assessments.storing import moments_asked

SECONDS_A_MOMENT = 12


@dataclass(frozen=True, slots=True)
class AskedMoment:
    """One screen. number: from 1, as in its address. turn: of the answer kept; is_asked: customers tick theirs."""

    number: int
    position: int
    title: str
    stage: str
    experience: str
    language: str
    icon: str
    answer: Answer
    turn: int
    is_asked: bool

    @property
    def is_answered(self) -> bool:
        return self.answer.level is not None

    @property
    def is_not_seen(self) -> bool:
        return self.answer.level == NOT_SEEN


@dataclass(frozen=True, slots=True)
class Asking:
    """A way into a round as one device sees it. moments: all that may be asked, in order."""

    way: Way
    draft: Draft | None
    language: str
    moments: tuple[AskedMoment, ...]

    @property
    def is_for_staff(self) -> bool:
        return self.way.view == View.STAFF

    @property
    def steps(self) -> list[AskedMoment]:
        """The screens: all moments for staff; for customers those that they ticked."""
        return [moment for moment in self.moments if moment.is_asked]

    @property
    def minutes(self) -> int:
        """How long all of it takes, about."""
        return ceil(len(self.steps or self.moments) * SECONDS_A_MOMENT / 60)

    @property
    def is_begun(self) -> bool:
        return bool(self.draft and self.draft.answers)

    @property
    def is_handed_in(self) -> bool:
        return bool(self.draft and self.draft.is_handed_in)

    @property
    def answered_count(self) -> int:
        return sum(moment.is_answered for moment in self.steps)

    @property
    def has_given_any(self) -> bool:
        """Whether there is anything to hand in."""
        return any(moment.answer.is_given for moment in self.steps)

    def before(self, number: int) -> AskedMoment | None:
        """The screen before one."""
        return next((moment for moment in reversed(self.steps) if moment.number < number), None)

    def after(self, number: int) -> AskedMoment | None:
        """The screen after one."""
        return next((moment for moment in self.steps if moment.number > number), None)

    @property
    def first_open(self) -> AskedMoment | None:
        """Where one goes on: the first screen without a level; None where all have one."""
        return next((moment for moment in self.steps if not moment.is_answered), None)

    def refusal(self) -> Refusal | None:
        """Why this device may not answer now; whoever has handed in is thanked instead."""
        return None if self.is_handed_in else self.way.refusal()


def asking_of(way: Way, accept_language: str) -> Asking:
    """Two queries. accept_language: the header, for who has not chosen a language yet."""
    draft = find_draft(way)
    language = _language(way, draft, accept_language)
    said: dict[str, Any] = draft.answers if draft else {}
    moments = enumerate(moments_asked(way.round, way.view), start=1)
    return Asking(
        way, draft, language, tuple(_asked(number, moment, language, said, way) for number, moment in moments)
    )


def _asked(number: int, moment: RoundMoment, language: str, said: dict[str, Any], way: Way) -> AskedMoment:
    kept = said.get(str(moment.position), {})
    is_asked = way.view == View.STAFF or bool(kept.get("is_asked"))
    spoken = moment.translations.get(language, {})
    return AskedMoment(
        number=number,
        position=moment.position,
        title=moment.title_in(language),
        stage=spoken.get("stage") or moment.stage_title,
        experience=moment.experience_in(language),
        language=language if spoken.get("title") else way.round.journey_language,
        icon=moment.icon,
        answer=Answer.from_dict(kept if is_asked else kept.get("was", {})),
        turn=kept.get("turn", 0),
        is_asked=is_asked,
    )


def _language(way: Way, draft: Draft | None, accept_language: str) -> str:
    """The one chosen, of the invitation, of the browser, or the round's first."""
    chosen = draft.language if draft else way.recipient.language if way.recipient else ""
    offered: list[str] = way.round.languages
    return chosen if chosen in offered else guess_language(accept_language, offered)


def guess_language(accept_language: str, offered: list[str]) -> str:
    """The first of the browser's languages that is offered, or the first offered."""
    wished = [code.partition("-")[0] for code, _ in parse_accept_lang_header(accept_language.lower())]
    return next((code for code in wished if code in offered), offered[0])
