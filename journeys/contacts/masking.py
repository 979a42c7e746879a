"""Rows of a log as they may be kept: without the customer's id."""

from __future__ import annotations

import re
from dataclasses import dataclass

from journeys.contacts.clock_columns import join_names
from journeys.contacts.mapping import Mapping

HIDDEN = "•••"
_PARTS = " | "  # as the reader of rows joins cells


@dataclass(frozen=True)
class Mask:
    """cells: how many of the columns are used; place: where among them the customer stands, -1 for nowhere."""

    cells: int
    place: int

    def hide(self, text: str) -> str:
        """The text of a row, with the customer hidden; where that can't be told, only its shape: Xx, 00-00."""
        text = text.replace("\0", "")
        parts = text.split(_PARTS)
        if len(parts) != self.cells:
            return shape_of(text)
        return _PARTS.join(HIDDEN if place == self.place and part else part for place, part in enumerate(parts))


def mask_of(mapping: Mapping, columns: list[str]) -> Mask:
    """columns: of the file, in its order."""
    columns, mapping, _made = join_names(columns, mapping)
    used = sorted({columns.index(column) for column in mapping.columns.values() if column in columns})
    place = used.index(columns.index(mapping.customer)) if mapping.customer in columns else -1
    return Mask(len(used), place)


def shape_of(text: str) -> str:
    """A broken line without what it says: every letter an x, every digit a 0."""
    return re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "0", text.replace("\0", "")))


def shortened(customer: str) -> str:
    """How an id begins, for whoever has to tell the columns apart."""
    return customer[: min(2, len(customer) // 2)] + HIDDEN if customer.strip() else customer
