"""Why a row was rejected, left out or counted with a doubt. Nothing is dropped without one of these.

A row of the log carries its reasons as bits. What the reader of files rejects never becomes a row; it has reasons
without a bit.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REJECTED_BY_READER: dict[str, str | Promise] = {
    "missing_cells": _("fewer cells than the log has columns"),
    "extra_cells": _("more cells than the log has columns"),
    "unclosed_quote": _("a quotation mark that is not closed, or text after the closing one"),
    "line_too_long": _("longer than a line may be"),
    "not_text": _("characters that can't be read"),
}
REJECTED: dict[str, str | Promise] = {
    "broken_line": _("a line that can't be read"),
    "no_time": _("no start and no end"),
    "unreadable_time": _("a time that can't be read or doesn't exist"),
    "start_without_end": _("a contact that began and was never completed"),
    "repeated_once": _("the same as an earlier row, and counted once"),
}
LEFT_OUT: dict[str, str | Promise] = {
    "ignored_name": _("a name that is to be ignored"),
    "other_step": _("a step that neither begins nor completes a contact"),
}
DOUBTFUL: dict[str, str | Promise] = {
    "unknown_customer": _("no customer is known"),
    "no_touchpoint": _("no touchpoint is named"),
    "no_start": _("only the end is known"),
    "unreadable_duration": _("a duration or an end that can't be read"),
    "end_before_start": _("the end lies before the start"),
    "crossed_midnight": _("the end lies on the next day, though the same date is written"),
    "negative_duration": _("a duration below zero"),
    "too_long": _("longer than a year"),
    "skipped_hour": _("a time of day that was skipped when clocks were put forward"),
    "stray_quote": _("a quotation mark that is not closed"),
    "repeated_row": _("the same as an earlier row"),
}
_WITH_BIT = (*REJECTED, *LEFT_OUT, *DOUBTFUL)
BITS = {name: 1 << place for place, name in enumerate(_WITH_BIT)}
_BITS_OF_REJECTED = sum(BITS[name] for name in REJECTED)
UNCOUNTED = _BITS_OF_REJECTED + sum(BITS[name] for name in LEFT_OUT)  # the bits of rows that are no contact


def name_reasons(bits: int) -> list[str]:
    """The reasons of a row: why it was rejected, else why it was left out, else what is doubtful about it."""
    for group in (REJECTED, LEFT_OUT, DOUBTFUL):
        if found := [name for name in group if bits & BITS[name]]:
            return found
    return []


def has_reason_sql(name: str) -> str:
    """Of rows of which `name_reasons` would tell this reason."""
    worse = 0 if name in REJECTED else _BITS_OF_REJECTED if name in LEFT_OUT else UNCOUNTED
    return f"bits & {BITS[name]} <> 0 AND bits & {worse} = 0"
