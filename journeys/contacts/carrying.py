"""What was counted as one file, for another process to read: counts in JSON, customers as sketches, rows as CSV."""

from __future__ import annotations

import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journeys.contacts.aggregate import Aggregate, Rows
from journeys.contacts.masking import Mask
from journeys.contacts.noted_rows import kept_text
from journeys.contacts.sketches import Sketches

COUNTS, ROWS = "counts.json", "rows.csv"
HOURS = 168


@dataclass(frozen=True)
class Carried:
    """counts: as `_told` makes them; people: sketches by dimension and name."""

    counts: dict[str, Any]
    people: Sketches


def carry(aggregate: Aggregate, mask: Mask, rows: bytes = b"") -> bytes:
    """One file's counts, in the same order whenever they are the same. rows: the CSV of rows that were not in order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(COUNTS, json.dumps(_told(aggregate, mask), ensure_ascii=False))
        for place, (_key, sketch) in enumerate(sorted(aggregate.sketches.items())):
            archive.writestr(f"people/{place}", sketch, zipfile.ZIP_STORED)
        archive.writestr(ROWS, rows)
    return file.getvalue()


def open_carried(path: Path) -> Carried:
    with zipfile.ZipFile(path) as archive:
        counts = json.loads(archive.read(COUNTS))
        people = {(dim, name): archive.read(f"people/{place}") for place, (dim, name) in enumerate(counts["people"])}
    return Carried(counts, people)


def carried_rows(path: Path) -> Iterator[bytes]:
    """The CSV of rows that were not in order, in pieces."""
    with zipfile.ZipFile(path) as archive, archive.open(ROWS) as rows:
        while piece := rows.read(1 << 16):
            yield piece


def _told(aggregate: Aggregate, mask: Mask) -> dict[str, Any]:
    hours: defaultdict[str, list[int]] = defaultdict(lambda: [0] * HOURS)
    for (name, hour), number in aggregate.hours.items():
        hours[name][hour] += number
    return {
        "rows": _rows(aggregate.rows, mask),
        "cells": [
            [*place, cell.contacts, cell.identified, cell.bins] for place, cell in sorted(aggregate.cells.items())
        ],
        "names": [
            [name, hours[name], span.first.isoformat(), span.last.isoformat(), span.example.row]
            for name, span in sorted(aggregate.spans.items())
        ],
        "days": dict(aggregate.days),
        "people": [list(key) for key in sorted(aggregate.sketches)],
    }


def _rows(rows: Rows, mask: Mask) -> dict[str, Any]:
    told = {name: getattr(rows, name) for name in ("read", "counted", "rejected", "left_out", "doubtful")}
    examples = {
        reason: [[each.row, kept_text(each.text, [reason], mask)] for each in found]
        for reason, found in rows.examples.items()
    }
    return {**told, "reasons": dict(rows.reasons), "examples": examples}
