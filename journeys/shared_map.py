"""What a shared map shows. Only what is named here is ever shown, so that a new field of a moment stays inside."""

from __future__ import annotations

from dataclasses import dataclass

from journeys.board import Board, Card
from journeys.models import Moment, ShareLink

NOTES = ("experience", "expectation", "what_more")
FRONT_STAGE = ("serves_in_front",)
BACK_STAGE = ("stands_behind", "systems")


@dataclass(frozen=True, slots=True)
class SharedMoment:
    """One moment as outsiders read it. facts: label and text. decision: its name and words, or empty ones."""

    moment: Moment
    contacts_per_year: float
    place: int
    decision: tuple[str, str]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SharedStage:
    """One stage and its moments."""

    title: str
    moments: tuple[SharedMoment, ...]


def shared_stages(board: Board, link: ShareLink) -> list[SharedStage]:
    """The stages of a map as far as the link shows them."""
    names = shown_fields(hides_notes=link.hides_notes, hides_back_stage=link.hides_back_stage)
    return [
        SharedStage(column.stage.title, tuple(_shared(card, names, link.hides_notes) for card in column.cards))
        for column in board.columns
    ]


def shown_fields(*, hides_notes: bool, hides_back_stage: bool) -> tuple[str, ...]:
    """The moment's fields of free text that a link shows, in order."""
    notes = () if hides_notes else NOTES
    return (*notes, *FRONT_STAGE, *(() if hides_back_stage else BACK_STAGE))


def _shared(card: Card, names: tuple[str, ...], hides_notes: bool) -> SharedMoment:
    moment = card.moment
    facts = tuple((_label(name), getattr(moment, name)) for name in names if getattr(moment, name))
    decision = ("", "") if hides_notes or not moment.decision else (moment.decision, moment.get_decision_display())
    return SharedMoment(moment, card.contacts_per_year, card.place, decision, facts)


def _label(name: str) -> str:
    label = str(Moment._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]
