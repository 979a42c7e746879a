"""What a view's batches let through: the only way from stored counts to figures. The rules: assessments.privacy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.choices import Question, View
from assessments.models import Batch
from assessments.privacy import Table, publish, publish_batch, publish_comments
from assessments.scoring import Counts
from assessments.tallies import WIDTHS

Cells = Mapping[str, Sequence[int]]
"""Counts by group id, "" for people without a group."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Counts of one question about one moment, or None where they are hidden: of the whole view, and by group id."""

    whole: Counts | None
    groups: Mapping[str, Counts]

    def of_group(self, group: str) -> Counts | None:
        return self.groups.get(group)


@dataclass(frozen=True)
class PublishedView:
    """One view's batches behind the minimum group; every reading goes through it."""

    view: View
    batches: Sequence[Batch]
    minimum: int

    def responses(self) -> Shown:
        """How many answered: one count a cell."""
        return self._shown([{key: [n] for key, n in batch.response_counts.items()} for batch in self.batches])

    def counts(self, question: Question, position: int) -> Shown:
        """What was said of one moment."""
        return self._shown([_cells(batch, question, position) for batch in self.batches])

    def amounts(self, question: Question, position: int) -> list[tuple[float, int]]:
        """Each amount said of one moment by the whole view with how many said it, of batches that may show it."""
        found = [
            (float(value), int(n))
            for batch in self.open_batches(question, position)
            for value, n in (batch.amounts or {}).get(question.value, {}).get(str(position), [])
        ]
        return sorted(found) if sum(n for _, n in found) >= self.minimum else []

    def open_batches(self, question: Question, position: int) -> list[Batch]:
        """The batches that may show the whole view of one question about one moment."""
        return [batch for batch in self.batches if self._is_open(_cells(batch, question, position))]

    def readable_ideas(self) -> dict[int, list[int]]:
        """By batch whose comments may be read: the groups under which they may be shown."""
        readable = {batch.pk: publish_comments(self._sizes(batch), self.minimum) for batch in self.batches}
        return {
            batch: sorted(int(path[1]) for path in paths if len(path) > 1)
            for batch, paths in readable.items()
            if (self.view.value,) in paths
        }

    def _is_open(self, cells: Cells) -> bool:
        return publish_batch(self._table(cells), self.minimum).get((self.view.value,)) is not None

    def _sizes(self, batch: Batch) -> dict[tuple[str, ...], int]:
        return {
            path: counts[0] for path, counts in self._table({k: [n] for k, n in batch.response_counts.items()}).items()
        }

    def _shown(self, batches: Sequence[Cells]) -> Shown:
        cells = publish([self._table(batch) for batch in batches], self.minimum)
        groups = {path[1]: counts for path, counts in cells.items() if len(path) > 1 and counts is not None}
        return Shown(cells.get((self.view.value,)), groups)

    def _table(self, cells: Cells) -> Table:
        return {(self.view.value, key) if key else (self.view.value,): tuple(counts) for key, counts in cells.items()}


def _cells(batch: Batch, question: Question, position: int) -> Cells:
    found: Cells = batch.tallies.get(question.value, {}).get(str(position), {})
    return found or {"": [0] * WIDTHS[question]}


def median_of(amounts: Sequence[tuple[float, int]]) -> float:
    """The amount in the middle, half way between two middle ones. amounts: in order, with how many said each."""
    n = sum(count for _, count in amounts)
    return (_amount_at(amounts, (n - 1) // 2) + _amount_at(amounts, n // 2)) / 2


def _amount_at(amounts: Sequence[tuple[float, int]], place: int) -> float:
    for value, count in amounts:
        place -= count
        if place < 0:
            return value
    raise IndexError("No amount at this place.")
