"""Every row that was not in order, one by one, for whoever wants to mend the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from journeys.contacts.aggregate import Example
from journeys.contacts.engine import Engine
from journeys.contacts.limits import EXAMPLE_LENGTH
from journeys.contacts.reasons import name_reasons
from journeys.contacts.rejects import REASONS
from journeys.contacts.sources import Source

NOTED_MAX = 100_000
Note = Callable[[Example, Sequence[str]], None]


def note_rows(
    engine: Engine, locate: Callable[[int, str], Example], sources: Iterable[tuple[str, Source]], note: Note
) -> None:
    """note(row, its reasons) for the first of them: those that could not be parted, then those that were judged."""
    for name, source in sources:
        for line, types, text in _rejected(engine, source):
            reason = next((reason for kind, reason in REASONS.items() if kind in types), "broken_line")
            note(Example(name, line, (text or "").replace("\0", "")), [reason])
    judged = f"SELECT place, bits, example FROM contacts WHERE bits <> 0 ORDER BY place LIMIT {NOTED_MAX}"  # noqa: S608
    for place, bits, text in engine.rows(judged):
        note(locate(place, text or ""), name_reasons(bits))


def _rejected(engine: Engine, source: Source) -> list[tuple[int, list[str], str]]:
    if not source.rejects:
        return []
    return engine.rows(f"""
        SELECT line, list(error_type::VARCHAR), any_value(left(csv_line, {EXAMPLE_LENGTH}))
        FROM {source.rejects} GROUP BY line, line_byte_position ORDER BY line, line_byte_position LIMIT {NOTED_MAX}
    """)  # noqa: S608
