"""A journey too long for the largest sheet, on several that hang side by side: nothing is set smaller for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from reports.posters.content import PosterContent
from reports.posters.facts import widest_facts
from reports.posters.layout import Layout, Row, measure
from reports.posters.rows import columns_of, split_rows
from reports.sizes import COLUMNS_MAX, Size, TypeScale

SHEETS_MAX = 12
Sheet = tuple[Layout, PosterContent]


def lay_out_series(content: PosterContent, size: Size) -> list[Sheet]:
    """As few sheets as hold the journey, in one type, each with the content that its foot speaks of; empty for none."""
    columns = columns_of(content)
    rows = ceil(len(columns) / COLUMNS_MAX)
    for count in range(max(2, ceil(len(columns) / size.moments_max)), min(SHEETS_MAX, rows) + 1):
        each = ceil(rows / count)
        split: list[Row] = [(row, widest_facts(row)) for row in split_rows(columns, min(each * count, len(columns)))]
        parts = [split[at : at + each] for at in range(0, len(split), each)]
        contents = [replace(content, sheet=(number, len(parts))) for number in range(1, len(parts) + 1)]
        for type_ in size.type_scales(each):
            if sheets := _sheets(list(zip(parts, contents, strict=True)), size, type_):
                return sheets
    return []


def _sheets(parts: Sequence[tuple[Sequence[Row], PosterContent]], size: Size, type_: TypeScale) -> list[Sheet]:
    """All sheets in one type; empty where one does not fit."""
    sheets: list[Sheet] = []
    for rows, content in parts:
        layout = measure(content, rows, size, type_, stops_early=True)
        if layout is None or not layout.fits:
            return []
        sheets.append((layout, content))
    return sheets
