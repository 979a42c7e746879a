"""Every figure of a journey's contact logs as a table for spreadsheets: by moment, channel and month."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from journeys.contact_figures import MOMENT, aggregate_of, imports_of, label_with
from journeys.contact_names import moments_of, rules_of
from journeys.contacts.aggregate import Cell, Place
from journeys.contacts.histogram import quantiles
from journeys.formats.formulas import guard
from journeys.models import Journey


class _Line:
    """Where a CSV writer writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def figures_csv(journey: Journey) -> Iterator[str]:
    """Line by line, with a mark that spreadsheets look for. Names that stand for no moment stand in a column of theirs.

    Three queries over what is stored of the imports.
    """
    writer = csv.writer(_Line(), lineterminator="\r\n")
    titles = {f"{MOMENT}{moment.pk}": (place, moment.title) for place, moment in enumerate(moments_of(journey))}
    aggregate = aggregate_of(imports_of(journey), label_with(rules_of(journey)))
    yield "\ufeff" + writer.writerow(_head())
    for place, cell in sorted(
        aggregate.cells.items(), key=lambda item: (titles.get(item[0].touchpoint, (1 << 30, "")), item[0])
    ):
        title = titles.get(place.touchpoint, (0, ""))[1]
        yield writer.writerow(_row(title, place, cell))


def _head() -> list[str]:
    return [
        *(_("Moment"), _("Name in the logs"), _("Channel"), _("Month"), _("Contacts"), _("Of known customers")),
        *(_("Of known duration"), _("Seconds together"), _("Seconds, mean"), _("Seconds, median"), _("Seconds, 90 %")),
        *(_("Zero, %"), _("Unknown, %")),
    ]


def _row(title: str, place: Place, cell: Cell) -> list[Any]:
    """One place's figures; empty where there is no duration to tell of."""
    name = "" if title else place.touchpoint[1:]
    seconds = cell.milliseconds / 1_000
    mean = seconds / cell.timed if cell.timed else None
    told = [mean, *quantiles(cell.bins, (0.5, 0.9))]
    shares = [100 * cell.zeros / cell.contacts, 100 * (cell.contacts - cell.timed) / cell.contacts]
    return [
        *(guard(title), guard(name), guard(place.channel), place.month, cell.contacts, cell.identified, cell.timed),
        *(f"{seconds:.3f}", *("" if each is None else f"{each:.3f}" for each in told)),
        *(f"{share:.2f}" for share in shares),
    ]
