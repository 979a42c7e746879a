"""Whole numbers that addresses and forms say in words."""

from __future__ import annotations

from collections.abc import Mapping

PLACES_MAX, VERSION_PLACES_MAX = 18, 9  # of any id, and of a version: what a column holds


def whole_number(text: str | None, places_max: int = PLACES_MAX) -> int | None:
    """0 and above; None where digits alone do not say it, or more of them than places_max."""
    is_number = text and text.isascii() and text.isdecimal() and len(text) <= places_max
    return int(text) if text and is_number else None


def version_in(posted: Mapping[str, str], otherwise: int = 0) -> int:
    """The version that a form was filled in from, as its field `version` says."""
    version = whole_number(posted.get("version"), VERSION_PLACES_MAX)
    return otherwise if version is None else version
