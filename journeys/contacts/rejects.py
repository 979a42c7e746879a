"""Lines that DuckDB could not part into cells: each counted once, with its row and why."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

from journeys.contacts.aggregate import Example, Rows
from journeys.contacts.engine import Engine
from journeys.contacts.limits import EXAMPLE_LENGTH, EXAMPLES
from journeys.contacts.sources import Source

# The first of several complaints about one line is the one that is told.
REASONS = {
    "INVALID ENCODING": "not_text",
    "INVALID UNICODE": "not_text",
    "UNQUOTED VALUE": "unclosed_quote",
    "LINE SIZE OVER MAXIMUM": "line_too_long",
    "TOO MANY COLUMNS": "extra_cells",
    "MISSING COLUMNS": "missing_cells",
}


@dataclass
class Rejects:
    """rows: the numbers of the rejected rows in order; reasons and examples of each.

    has_swallowed: a quotation mark that is never closed took further lines with it.
    """

    rows: list[int] = field(default_factory=list)
    has_swallowed: bool = False
    reasons: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    @property
    def has_unreadable(self) -> bool:
        return bool(self.reasons["not_text"])

    def row_of(self, place: int, first_row: int) -> int:
        """The row of the file in which the row stands that was read as number `place`, from 0."""
        row = first_row + place
        passed = 0
        while (now := bisect_right(self.rows, row + passed)) > passed:
            passed = now
        return row + passed

    def to_rows(self, file: str) -> Rows:
        examples = {
            reason: [Example(file, row, text) for row, text in found] for reason, found in self.examples.items()
        }
        return Rows(len(self.rows), 0, len(self.rows), 0, 0, Counter(self.reasons), examples)


def read_rejects(engine: Engine, source: Source) -> Rejects:
    """What was noted while the source was read. DuckDB notes an error a cell; a line counts once."""
    rejects = Rejects()
    if not source.rejects:
        return rejects
    noted = engine.rows(f"""
        SELECT line, list(error_type::VARCHAR), any_value(left(csv_line, {EXAMPLE_LENGTH})),
            bool_or(contains(rtrim(csv_line, chr(10)), chr(10)))
        FROM {source.rejects} GROUP BY line, line_byte_position ORDER BY line, line_byte_position
    """)  # noqa: S608
    for line, types, text, has_several_lines in noted:
        reason = next((reason for kind, reason in REASONS.items() if kind in types), "broken_line")
        rejects.rows.append(line)
        rejects.reasons[reason] += 1
        rejects.has_swallowed |= reason == "unclosed_quote" and bool(has_several_lines)
        examples = rejects.examples.setdefault(reason, [])
        if len(examples) < EXAMPLES:
            examples.append((line, (text or "").replace("\0", "")))
    return rejects
