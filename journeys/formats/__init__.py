"""Journeys as text: plain outlines, Mermaid's journey diagrams, JSON, tables."""

from __future__ import annotations

from journeys.formats.findings import Finding
from journeys.formats.json_plan import parse_json, write_json
from journeys.formats.mermaid import parse_mermaid
from journeys.formats.mermaid_wrapping import fenced_block, is_mermaid
from journeys.formats.mermaid_writer import write_mermaid
from journeys.formats.outline import parse_outline
from journeys.formats.outline_writer import write_outline
from journeys.formats.pasted_list import outline_of_list
from journeys.formats.pasted_table import is_table, parse_table
from journeys.formats.table_plan import TableReading, read_table
from journeys.formats.table_writer import write_csv, write_xlsx
from journeys.limits import OUTLINE_MAX
from journeys.plan import JourneyPlan

__all__ = [
    "Finding",
    "TableReading",
    "parse_json",
    "parse_mermaid",
    "parse_outline",
    "read_table",
    "read_text",
    "write_csv",
    "write_json",
    "write_mermaid",
    "write_outline",
    "write_xlsx",
]


def read_text(text: str) -> tuple[JourneyPlan, list[Finding]]:
    """The journey in a text, whichever kind it is, and what there is to say about its lines.

    JSON, Mermaid (also fenced in Markdown), cells of a spreadsheet, a nested list, or an outline.
    """
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return parse_json(text)
    if is_mermaid(text):
        return parse_mermaid(text)
    block = fenced_block(text[: OUTLINE_MAX + 1])
    if block:
        return parse_mermaid(block)
    return parse_table(text) if is_table(text) else parse_outline(outline_of_list(text) or text)
