"""One row of a table, and what is wrong with a table as a whole."""

from __future__ import annotations

from dataclasses import dataclass


class TableError(ValueError):
    """A table that can't be read; its text says what to do about it."""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells as text. number: its line or its row in the sheet, from 1."""

    number: int
    cells: list[str]
