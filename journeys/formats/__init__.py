"""Journeys as text: plain outlines and Mermaid's journey diagrams."""

from __future__ import annotations

from journeys.formats.findings import Finding
from journeys.formats.mermaid import parse_mermaid
from journeys.formats.mermaid_wrapping import is_mermaid
from journeys.formats.mermaid_writer import write_mermaid
from journeys.formats.outline import parse_outline
from journeys.formats.outline_writer import write_outline
from journeys.plan import JourneyPlan

__all__ = ["Finding", "parse_mermaid", "parse_outline", "read_text", "write_mermaid", "write_outline"]


def read_text(text: str) -> tuple[JourneyPlan, list[Finding]]:
    """The journey in a pasted text, whichever of the two it is, and what there is to say about its lines."""
    return parse_mermaid(text) if is_mermaid(text) else parse_outline(text)
