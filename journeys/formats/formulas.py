"""Cells that a spreadsheet would run as formulas, made harmless by a quote before them, and back.

A text that begins with quotes and would be taken for such a cell gets one more, so that nothing is ambiguous.
"""

from __future__ import annotations

import re

_STARTS = "=+\\-@\t\r\0\uff1d\uff0b\uff0d\uff20"
_RUNS = re.compile(f"'*\\s*[{_STARTS}]")
_GUARDED = re.compile(f"'+\\s*[{_STARTS}]")


def guard(text: str) -> str:
    """The text, with a quote before it where it could be run."""
    return f"'{text}" if _RUNS.match(text) else text


def unguard(text: str) -> str:
    """The text that `guard` got."""
    return text[1:] if _GUARDED.match(text) else text
