"""What the cells of a workbook say: numbers are times where their format says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

Kind = Literal["number", "date", "instant", "clock"]

_DAY = 86_400_000  # milliseconds
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - as the clocks of the log show it
_LAST = 2_958_466  # 9999-12-31
_LEAP_BUG = 60  # 29 February 1900, which was none: days before it are counted from a day later
_BUILT_IN: dict[int, Kind] = {
    **dict.fromkeys((14, 15, 16, 17, *range(27, 37), *range(50, 59)), "date"),
    22: "instant",
    **dict.fromkeys((18, 19, 20, 21, 45, 46, 47), "clock"),
}
_NOT_CODES = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.I)


def kind_of(number: int, code: str | None) -> Kind:
    """Of a format's number, and its code where the workbook has one."""
    if code is None:
        return _BUILT_IN.get(number, "number")
    plain = _NOT_CODES.sub("", code.partition(";")[0]).casefold()
    if plain in {"general", "@", ""}:
        return "number"
    has_clock, has_date = bool(re.search("[hs]", plain)), bool(re.search("[yd]", plain))
    if has_date:
        return "instant" if has_clock else "date"
    return "clock" if has_clock else "date" if "m" in plain else "number"


def told_number(text: str, kind: Kind, *, is_1904: bool) -> str:
    """As somebody would have typed it: 7, 0.5, 2024-02-05, 2024-02-05T10:00:00, 10:00:00, or 75:30:00 of a duration."""
    try:
        number = float(text)
    except ValueError:
        return text
    if kind == "number" or not 0 <= number < _LAST:
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    milliseconds = round(number * _DAY)
    if kind == "clock" or milliseconds < _DAY:
        return _clock(milliseconds)
    epoch = _EPOCH_1904 if is_1904 else _EPOCH + timedelta(number < _LEAP_BUG)
    found = epoch + timedelta(milliseconds=milliseconds)
    if kind == "date" and not milliseconds % _DAY:
        return found.date().isoformat()
    return found.isoformat(timespec="milliseconds" if found.microsecond else "seconds")


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1_000)
    hours, seconds = divmod(seconds, 3_600)
    fraction = f".{rest:03}" if rest else ""
    return f"{hours:02}:{seconds // 60:02}:{seconds % 60:02}{fraction}"


def told_cell(kind: str, text: str, texts: Sequence[str], form: Kind, *, is_1904: bool) -> str:
    """kind: as the sheet says it; texts: those that cells share. Raises IndexError or ValueError."""
    if kind == "s":
        return texts[int(text)] if text else ""
    if kind == "b":
        return "yes" if text.strip() == "1" else "no"
    if kind in {"", "n"}:
        return told_number(text, form, is_1904=is_1904) if text else ""
    return text
