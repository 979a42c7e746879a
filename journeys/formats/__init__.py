"""Journeys as text: plain outlines, Mermaid's journey diagrams, JSON."""

from __future__ import annotations

from journeys.formats.findings import Finding
from journeys.formats.json_plan import parse_json, write_json
from journeys.formats.mermaid import parse_mermaid
from journeys.formats.mermaid_wrapping import is_mermaid
from journeys.formats.mermaid_writer import write_mermaid
from journeys.formats.outline import parse_outline
from journeys.formats.outline_writer import write_outline
from journeys.plan import JourneyPlan

__all__ = [
    "Finding",
    "parse_json",
    "parse_mermaid",
    "parse_outline",
    "read_text",
    "write_json",
    "write_mermaid",
    "write_outline",
]


def read_text(text: str) -> tuple[JourneyPlan, list[Finding]]:
    """The journey in a text, whichever of the three it is, and what there is to say about its lines."""
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return parse_json(text)
    return parse_mermaid(text) if is_mermaid(text) else parse_outline(text)
