"""What lies beneath the cards: the customer's side, who serves in front, who stands behind, and with what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from journeys.board import Card, Column
from journeys.models import Moment


@dataclass(frozen=True, slots=True)
class Cell:
    """What a lane says of one moment. begins_stage: a line is drawn before it. is_shown: no filter leaves it out."""

    text: str
    begins_stage: bool
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Lane:
    """One row through the whole journey. hint: more about its title."""

    name: str
    title: str
    hint: str
    cells: tuple[Cell, ...]


def lanes_of(columns: Sequence[Column]) -> tuple[Lane, ...]:
    """The four lanes; a stage without moments keeps one empty cell, as it keeps a column on the ladder."""
    titles = {
        "customer": (_("Customer"), _("does and feels")),
        "front": (_("Front stage"), _("serves this customer")),
        "back": (_("Back stage"), _("never sees this customer but shapes this moment")),
        "systems": (_("Systems"), ""),
    }
    return tuple(Lane(name, title, hint, tuple(_cells(name, columns))) for name, (title, hint) in titles.items())


def _cells(name: str, columns: Sequence[Column]) -> list[Cell]:
    cells = []
    for column in columns:
        cells += [_cell(name, card, begins_stage=not place) for place, card in enumerate(column.cards)]
        if not column.cards:
            cells.append(Cell("", begins_stage=True))
    return cells


def _cell(name: str, card: Card, *, begins_stage: bool) -> Cell:
    text = _text(name, card.moment) if card.is_shown else ""
    return Cell(text, begins_stage, card.is_shown)


def _text(name: str, moment: Moment) -> str:
    texts = {
        "customer": moment.experience,
        "front": moment.serves_in_front,
        "back": moment.stands_behind,
        "systems": getattr(moment, "systems", ""),
    }
    return str(texts[name])
