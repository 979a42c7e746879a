"""Counts added up: of several files, months or machines. Whole numbers all through, so that the order does not matter.

Contacts that begin in one log and are completed in another are not paired; count such files together.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from journeys.contacts.aggregate import Aggregate, Cell, Span, add_cells
from journeys.contacts.customers import Customers
from journeys.contacts.engine import Engine, open_engine, quoted
from journeys.contacts.refusals import Refused


def merge(aggregates: Sequence[Aggregate], *, folder: Path | None = None) -> Aggregate:
    """All of them as one, as if their files had been counted together. Raises Refused where customers were not kept."""
    total = Aggregate()
    for each in aggregates:
        total.files += each.files
        total.rows.add(each.rows)
        total.hours += each.hours
        total.days += each.days
        for place, cell in each.cells.items():
            total.cells[place] = add_cells([total.cells.get(place, Cell()), cell])
        for name, span in each.spans.items():
            total.spans[name] = widen(total.spans.get(name, span), span)
    total.customers = merge_customers([each.people for each in aggregates if each.customers], folder=folder)
    return total


def widen(one: Span, other: Span) -> Span:
    """From the first of both to the last; the place is that of the earlier file and row."""
    first = min(one, other, key=lambda span: (span.example, span.place))
    return Span(min(one.first, other.first), max(one.last, other.last), first.place, first.example)


def merge_customers(people: Sequence[Path | None], *, folder: Path | None = None) -> Customers:
    """Distinct customers of several counts, out of the hashes that were kept. A customer in two of them counts once."""
    kept = [path for path in people if path]
    if len(kept) < len(people):
        raise Refused(_("These counts can't be added up: customers were not kept."))
    if not kept:
        return {}
    with open_engine(kept, folder=folder) as engine:
        return _distinct(engine, [engine.reach(path) for path in kept])


def _distinct(engine: Engine, paths: Sequence[Path]) -> Customers:
    files = ", ".join(quoted(str(path)) for path in paths)
    found = engine.rows(f"""
        SELECT dimension, name, count(*) FROM (
            SELECT dimension, name, customer FROM read_parquet([{files}]) GROUP BY ALL
        ) GROUP BY ALL
    """)  # noqa: S608
    return {(dimension, name): number for dimension, name, number in found}
