"""Frozen inputs of papers of stories, without the database."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
from pypdf import PdfReader

from reports.story_papers.making import make_story_paper

KEYS = "He found both sets of house keys in his pocket. She had them at his wife’s door within the hour."
CHOSEN: dict[str, Any] = {
    "size": "A3",
    "language": "en",
    "title": "",
    "is_portrait": False,
    "is_grey": False,
    "with_photos": True,
}


def story_of(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": number,
        "words": KEYS,
        "said": "",
        "doer": f"Team {number}",
        "moment": "Waits at the gate",
        "on": "2026-03-04",
        "is_recovery": False,
        "is_featured": number == 0,
    } | fields


def wall_inputs(count: int = 5, **changes: Any) -> dict[str, Any]:
    """Frozen inputs of a wall, without the database."""
    return {
        **CHOSEN,
        "kind": "wall",
        "organisation": "Northern Air",
        "made_on": "2026-07-01",
        "journey": "A trip with us",
        "journey_id": None,
        "stories": [story_of(number) for number in range(count)],
        "nonce": "abcdefghijklmnopqrstuvwx",
    } | changes


KEYS_BROUGHT = "Ines Moreno had the keys at his wife’s door within the hour."
SAID = {"to": "Ines Moreno", "words": KEYS_BROUGHT, "signed_by": "Maria Lopez", "language": "en", "is_grey": False}


def certificate_inputs(**changes: Any) -> dict[str, Any]:
    return {
        **SAID,
        "kind": "certificate",
        "size": "A5",
        "organisation": "Northern Air",
        "made_on": "2026-07-01",
        "moment": "Waits at the gate",
        "journey": "A trip with us",
        "on": "2026-03-04",
    } | changes


def made(inputs: dict[str, Any]) -> bytes:
    return make_story_paper(inputs, lambda _step, _percent: None)


def words_of(pdf: bytes) -> str:
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(page.extract_text().split())


def boxes_of(pdf: bytes) -> list[tuple[float, ...]]:
    """Left, bottom, right and top of each piece of text, in points."""
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    return [page.get_rect(i) for i in range(page.count_rects())]
