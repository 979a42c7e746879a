"""A pasted text as numbered lines, whatever ends them and whatever should not be in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from journeys.formats.findings import Findings

_LINE_END = re.compile(r"\r\n|\r|\n")
_REFUSED = re.compile("[\x00\ud800-\udfff]")
_TAB = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from 1, the width of the blanks before it, and its text without blanks at either end."""

    number: int
    indent: int
    text: str


def split_lines(text: str, findings: Findings) -> Iterator[Line]:
    """The lines that hold something. Characters that nothing can store are taken out, each line's first one named."""
    for number, raw in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), start=1):
        if refused := _REFUSED.search(raw):
            findings.add_error(
                number, _("A character U+%(code)04X can't be kept. Delete it.") % {"code": ord(refused[0])}
            )
            raw = _REFUSED.sub("", raw)
        if stripped := raw.strip():
            yield Line(number, _width(raw[: len(raw) - len(raw.lstrip())]), stripped)


def _width(blanks: str) -> int:
    return sum(_TAB if blank == "\t" else 1 for blank in blanks)
