"""All kept imports of a journey as one count, by what the names in them stand for."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.core.cache import cache

from jobs.models import State
from journeys.contact_names import Rules
from journeys.contact_years import tell_years
from journeys.contacts.aggregate import Aggregate, Cell, Example, FileRead, Place, Rows, Span, add_cells
from journeys.contacts.carrying import HOURS
from journeys.contacts.merging import widen
from journeys.contacts.sketches import add_sketches, count_sketch
from journeys.contacts.summary import summarise
from journeys.models import ContactCell, ContactImport, ContactName, ContactPeople, Journey

CACHE_SECONDS = 24 * 3600
MOMENT, NAME = "m", "n"  # begin a label: of a moment's id, of a name that stands for no moment yet
Label = Callable[[str], str | None]


def imports_of(journey: Journey) -> list[ContactImport]:
    """What is counted, the newest first."""
    return list(ContactImport.objects.filter(journey=journey, state=State.READY))


def label_with(rules: Rules) -> Label:
    """What a name is counted as; None for a name that is ignored."""

    def label(name: str) -> str | None:
        if rules.is_ignored(name):
            return None
        moment_id = rules.moment_id(name)
        return f"{MOMENT}{moment_id}" if moment_id else f"{NAME}{name}"

    return label


def summary_of(imports: Sequence[ContactImport], rules: Rules) -> dict[str, Any]:
    """Figures of some imports together, as `summarise` tells them; kept until imports or rules change."""
    told = [sorted(each.pk for each in imports), sorted(rules.moment_ids.items())]
    key = f"contacts:{hashlib.sha256(json.dumps(told).encode()).hexdigest()}"
    summary: dict[str, Any] | None = cache.get(key)
    if summary is None:
        label = label_with(rules)
        aggregate = aggregate_of(imports, label)
        hours = _hours_by_name(aggregate)
        summary = summarise(aggregate) | {"hours_by_name": hours}
        tell_years(summary, imports, _named_in(imports, label), hours)
        cache.set(key, summary, CACHE_SECONDS)
    return summary


def _hours_by_name(aggregate: Aggregate) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0] * HOURS)
    for (name, hour), number in aggregate.hours.items():
        found[name][hour] += number
    return dict(found)


def _named_in(imports: Sequence[ContactImport], label: Label) -> dict[str, set[int]]:
    """By what names are counted as: the imports that hold them."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    rows = ContactName.objects.filter(contact_import__in=imports)
    for import_id, name in rows.values_list("contact_import_id", "name"):
        if (counted_as := label(name)) is not None:
            found[counted_as].add(import_id)
    return found


def aggregate_of(imports: Sequence[ContactImport], label: Label) -> Aggregate:
    """As if their files had been counted together, under other names."""
    total, names = Aggregate(), {each.pk: each.file_name for each in imports}
    for each in sorted(imports, key=lambda job: job.pk):
        total.files.append(FileRead(each.file_name, each.size_bytes, "", each.rows["read"]))
        total.rows.add(rows_of(each))
        total.days += Counter(each.days)
    _add_cells(total, names, label)
    _add_names(total, names, label)
    total.customers = _customers(names, label)
    return total


def rows_of(job: ContactImport) -> Rows:
    """How many of its rows were read and counted, and why others were not."""
    told = dict(job.rows)
    examples = {
        reason: [Example(job.file_name, row, text) for row, text in found]
        for reason, found in told.pop("examples").items()
    }
    return Rows(**{**told, "reasons": Counter(told["reasons"]), "examples": examples})


def _add_cells(total: Aggregate, imports: dict[int, str], label: Label) -> None:
    found: defaultdict[Place, list[Cell]] = defaultdict(list)
    rows = ContactCell.objects.filter(contact_import__in=imports)
    for touchpoint, channel, month, contacts, identified, bins in rows.values_list(
        "touchpoint", "channel", "month", "contacts", "identified", "bins"
    ):
        if (counted_as := label(touchpoint)) is not None:
            known = {int(place): (number, milliseconds) for place, (number, milliseconds) in bins.items()}
            found[Place(counted_as, channel, month)].append(Cell(contacts, identified, known))
    total.cells = {place: add_cells(cells) for place, cells in found.items()}


def _add_names(total: Aggregate, imports: dict[int, str], label: Label) -> None:
    rows = ContactName.objects.filter(contact_import__in=imports)
    for import_id, name, hours, first, last, row in rows.values_list(
        "contact_import_id", "name", "hours", "first", "last", "row"
    ):
        if (counted_as := label(name)) is None:
            continue
        total.hours.update({(counted_as, hour): number for hour, number in enumerate(hours) if number})
        example = Example(imports[import_id], row, "")
        span = Span(datetime.fromisoformat(first), datetime.fromisoformat(last), row, example)
        total.spans[counted_as] = widen(total.spans.get(counted_as, span), span)


def _customers(imports: dict[int, str], label: Label) -> dict[tuple[str, str], int]:
    """By dimension and name. Channels and months are told only where no name is ignored: they can't be parted."""
    parts: defaultdict[tuple[str, str], list[bytes]] = defaultdict(list)
    is_all = True
    rows = ContactPeople.objects.filter(contact_import__in=imports).exclude(dimension="all")
    for dimension, name, hashes in rows.values_list("dimension", "name", "hashes"):
        if dimension != "touchpoint":
            parts[dimension, name].append(bytes(hashes))
        elif (counted_as := label(name)) is not None:
            parts[dimension, counted_as].append(bytes(hashes))
            parts["all", ""].append(bytes(hashes))
        else:
            is_all = False
    told = {key for key in parts if is_all or key[0] in {"touchpoint", "all"}}
    return {key: count_sketch(add_sketches(parts[key])) for key in told}
