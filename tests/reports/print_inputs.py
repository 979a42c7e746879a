"""Frozen inputs of a form or a sign, for tests."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from journeys.choices import LEVEL_MEANINGS, Level

TITLES = ("Searches a fare", "Books", "Checks in", "Drops the bag", "Waits at the gate", "Boards", "Is served")
NONCE = "0123456789abcdef" * 2


def print_inputs(count: int = 3, language: str = "en", **changes: Any) -> dict[str, Any]:
    with override(language):
        levels = [
            {"level": level.value, "name": str(level.label), "meaning": str(LEVEL_MEANINGS[level])} for level in Level
        ]
    moments = [
        {
            "number": place + 1,
            "title": f"{TITLES[place % len(TITLES)]}",
            "experience": "A full lounge and no one there.",
        }
        for place in range(count)
    ]
    inputs = {
        "kind": "form",
        "paper": "A4",
        "language": language,
        "view": "staff",
        "organisation": "Northern Air",
        "journey": "A trip with us",
        "round": "Autumn 2026",
        "group": "",
        "groups": ["Gate team", "Night shift"],
        "nonce": NONCE,
        "minimum_group": 5,
        "is_anonymous": True,
        "closes_on": "2026-12-01",
        "made_on": "2026-11-22",
        "asks": {"times": True, "seconds": True, "decision": True, "idea": True},
        "levels": levels,
        "moments": moments,
        "count": count,
    }
    return {**inputs, **changes}
