"""Rows that are not in order as a CSV for people, without customers' ids."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from django.utils.translation import gettext as _

from journeys.contacts.aggregate import Example, Rows
from journeys.contacts.masking import Mask, shape_of
from journeys.contacts.noting import NOTED_MAX
from journeys.contacts.reasons import DOUBTFUL, LEFT_OUT, REJECTED, REJECTED_BY_READER
from journeys.formats.formulas import guard

_WORDS = REJECTED_BY_READER | REJECTED | LEFT_OUT | DOUBTFUL


def kept_text(text: str, reasons: Sequence[str], mask: Mask) -> str:
    """What may be kept of a row: all but the customer; of a line that could not be parted, its shape."""
    return shape_of(text) if set(reasons) & set(REJECTED_BY_READER) else mask.hide(text)


class NotedRows:
    """Collects rows up to a bound; the CSV says how many more there are."""

    def __init__(self, mask: Mask) -> None:
        self._mask, self._rows, self._is_part = mask, set[tuple[int, str, str]](), False

    @staticmethod
    def total_of(rows: Rows) -> int:
        """How many rows of a file are not in order."""
        return rows.rejected + rows.left_out + rows.doubtful

    def note(self, example: Example, reasons: Sequence[str]) -> None:
        if len(self._rows) < NOTED_MAX:
            words = "; ".join(str(_WORDS[reason]) for reason in reasons)
            self._rows.add((example.row, words, kept_text(example.text, reasons, self._mask)))

    def note_examples(self, rows: Rows) -> None:
        """Only the first of each reason: of a file too large to be read again."""
        self._is_part = True
        for reason, examples in rows.examples.items():
            for example in examples:
                self.note(example, [reason])

    def to_csv(self, rows: Rows) -> bytes:
        """In UTF-8 with a mark that spreadsheets look for; in the order of the file."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([_("Row"), _("Reason"), _("What it says")])
        writer.writerows((row, words, guard(said)) for row, words, said in sorted(self._rows))
        more = self.total_of(rows) - len({row for row, _words, _said in self._rows})
        if more > 0 and (self._is_part or len(self._rows) >= NOTED_MAX):
            writer.writerow(["…", _("%(n)d more rows are not listed.") % {"n": more}, ""])
        return text.getvalue().encode("utf-8-sig", "replace")
