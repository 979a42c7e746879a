"""Points in time as logs write them: which form a column has.

A form is a word: "iso" (2024-02-01 10:00:00, with or without an offset or Z), "epoch_seconds", "epoch_milliseconds", or
patterns of strptime parted by " | ".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_OFFSET = r"(?:\s?(?:Z|[+-]\d\d(?::?\d\d)?))"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?"
_ISO = re.compile(rf"\d{{4}}-\d\d-\d\d(?:[ T]({_CLOCK})({_OFFSET})?)?")
_PARTS = re.compile(rf"(\d{{1,4}})([./-])(\d{{1,2}})\2(\d{{1,4}})(?:(,? |T)({_CLOCK})( ?[AaPp]\.?[Mm]\.?)?)?")
_COMPACT = re.compile(r"(\d{8})(?:([ T]?)(\d{4}(?:\d\d)?))?")
FITTING = 0.8  # share of a sample that must be of a form


@dataclass(frozen=True)
class TimeForm:
    """What a sample of a column tells. order_is_open: day and month could change places."""

    form: str
    order_is_open: bool = False
    has_clock: bool = False
    has_offset: bool = False


@lru_cache(100)
def guess_form(texts: tuple[str, ...], day_first: bool | None = None) -> TimeForm | None:
    """The form that most of the texts have; None where they are no times. Asked several times of the same texts."""
    filled = [text.strip() for text in texts if text.strip()]
    if not filled:
        return None
    forms = (_guess_iso(filled), _guess_parts(filled, day_first), _guess_compact(filled), _guess_epoch(filled))
    return next((form for form in forms if form), None)


def _are_most(found: Sequence[object], texts: Sequence[str]) -> bool:
    return len(found) >= FITTING * len(texts)


def _guess_iso(texts: Sequence[str]) -> TimeForm | None:
    found = [match for text in texts if (match := _ISO.fullmatch(text))]
    if not _are_most(found, texts):
        return None
    return TimeForm("iso", False, any(match[1] for match in found), any(match[2] for match in found))


def _guess_parts(texts: Sequence[str], day_first: bool | None) -> TimeForm | None:
    found = [match for text in texts if (match := _PARTS.fullmatch(text))]
    if not _are_most(found, texts):
        return None
    separator = found[0][2]
    begins_with_year = len(found[0][1]) == 4
    is_open = False
    if not begins_with_year:
        known = _known_order(found)
        is_open = known is None and separator != "." and day_first is None
        is_day_first = known if known is not None else (separator == "." if day_first is None else day_first)
    year = "%y" if max(len(match[1 if begins_with_year else 4]) for match in found) <= 2 else "%Y"
    order = [year, "%m", "%d"] if begins_with_year else (["%d", "%m"] if is_day_first else ["%m", "%d"]) + [year]
    clocks = {_clock_pattern(match) for match in found}
    patterns = sorted((separator.join(order) + clock for clock in clocks), key=len, reverse=True)
    return TimeForm(" | ".join(patterns), is_open, any(clocks))


def _known_order(found: Sequence[re.Match[str]]) -> bool | None:
    """Whether the day comes first, where a number above 12 shows it."""
    first, second = max(int(match[1]) for match in found), max(int(match[3]) for match in found)
    if first > 12:
        return True
    return False if second > 12 else None


def _clock_pattern(match: re.Match[str]) -> str:
    if not match[6]:
        return ""
    colons, half = match[6].count(":"), match[7]
    seconds = (":%S" if colons == 2 else "") + (".%f" if "." in match[6] else "")
    return (
        match[5]
        + ("%I:%M" if half else "%H:%M")
        + seconds
        + ((" %p" if half.startswith(" ") else "%p") if half else "")
    )


def _guess_compact(texts: Sequence[str]) -> TimeForm | None:
    found = [match for text in texts if (match := _COMPACT.fullmatch(text)) and _is_date(match[1])]
    if not _are_most(found, texts):
        return None
    clocks = {match[2] + ("%H%M%S" if len(match[3]) == 6 else "%H%M") if match[3] else "" for match in found}
    return TimeForm(
        " | ".join(sorted(("%Y%m%d" + clock for clock in clocks), key=len, reverse=True)), has_clock=any(clocks)
    )


def _is_date(digits: str) -> bool:
    return "1900" <= digits[:4] <= "2100" and "01" <= digits[4:6] <= "12" and "01" <= digits[6:] <= "31"


def _guess_epoch(texts: Sequence[str]) -> TimeForm | None:
    """Seconds or milliseconds since 1970, between 1990 and 2100."""
    numbers = [float(text) for text in texts if re.fullmatch(r"\d{9,13}(?:\.\d+)?", text)]
    if not _are_most(numbers, texts):
        return None
    for form, unit in (("epoch_seconds", 1), ("epoch_milliseconds", 1_000)):
        if all(631_152_000 <= number / unit < 4_102_444_800 for number in numbers):
            return TimeForm(form, False, True, True)
    return None
