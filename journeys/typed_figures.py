"""Figures as people type them: 10,000,000 · 10 000 000 · 10.000.000 · 0,55 · 10M."""

from __future__ import annotations

import math
import re

UNITS = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "millions": 1e6, "b": 1e9, "billion": 1e9}
SPACES = re.compile(r"[\s\u00a0\u202f'’_]+")
NUMBER = re.compile(r"([+-]?)([0-9.,]+)([a-z]*)\Z")
GROUPED = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*\Z")


def read_figure(text: str, *, is_whole: bool = False) -> float:
    """The number that somebody typed, finite. Raises ValueError where it is none.

    With one kind of mark, groups of three after it are thousands if there are several or if `is_whole`; otherwise the
    mark is the decimal one. With both kinds the last one is the decimal mark.
    """
    found = NUMBER.match(SPACES.sub("", text.strip().lower())) if len(text) <= 40 else None
    if not found or (found[3] and found[3] not in UNITS):
        raise ValueError(text[:40])
    value = float(found[1] + _plain_digits(found[2], is_whole and not found[3])) * UNITS.get(found[3], 1)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _plain_digits(digits: str, is_whole: bool) -> str:
    kinds = {mark for mark in digits if mark in ".,"}
    if len(kinds) == 2:
        decimal = max(kinds, key=digits.rindex)
        whole, _, rest = digits.rpartition(decimal)
        grouped = GROUPED.match(whole)
        if not grouped or grouped[1] == decimal:
            raise ValueError(digits)
        return whole.replace(grouped[1], "") + "." + rest
    if GROUPED.match(digits) and (is_whole or sum(digits.count(mark) for mark in kinds) > 1):
        return re.sub("[.,]", "", digits)
    return digits.replace(",", ".")
