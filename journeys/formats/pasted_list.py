"""Lists with items inside items, numbered or with bullets: the outer ones are stages, the inner ones moments.

1. Before                     1 Before
   a. Searches a fare         1.1 Searches a fare
   b. Books by phone          1.2 Books by phone
2. At the airport             2 At the airport
   - Waits at the gate        2.1 Waits at the gate
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from journeys.formats.findings import Findings
from journeys.formats.lines import Line, split_lines
from journeys.formats.outline import HEADING, MARKER, PASSED_OVER
from journeys.limits import OUTLINE_MAX

_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3})+)[.)]?(?=\s)\s*")
_COUNTED = re.compile(r"\d{1,3}[.)]?(?=\s)\s*")
_LETTERED = re.compile(r"(?:(?:[A-Za-z]|[ivx]{2,5})[.)](?=\s)|[◦▪‣○●■□▫·])\s*")


@dataclass(frozen=True, slots=True)
class _Item:
    """A line of a list. depth: of its number or its blanks; more is further in. text: without number or bullet."""

    line: Line
    depth: int
    text: str


def outline_of_list(text: str) -> str:
    """A nested list as an outline with the same lines; empty where a text is no nested list."""
    lines = list(split_lines(text[: OUTLINE_MAX + 1], Findings()))
    by_number = any(_NUMBERED.match(line.text) for line in lines)
    head = lines[:1] if lines and _item(lines[0], by_number=by_number) is None else []
    body = [line for line in lines[len(head) :] if not PASSED_OVER.fullmatch(line.text)]
    items = [_item(line, by_number=by_number) for line in body]
    depths = sorted({item.depth for item in items if item})
    if len(depths) < 2 or not items[0] or items[0].depth != depths[0]:
        return ""
    if any(item is None and line.indent <= lines[0].indent for item, line in zip(items, body, strict=True)):
        return ""
    return _written(head, body, items, depths)


def _item(line: Line, *, by_number: bool) -> _Item | None:
    """What a line says as an item; None where it is none. by_number: how deep it is tell the dots in its number."""
    if numbered := _NUMBERED.match(line.text):
        return _Item(line, numbered[1].count("."), line.text[numbered.end() :])
    if by_number:
        counted = _COUNTED.match(line.text) or MARKER.match(line.text)
        depth = 0 if _COUNTED.match(line.text) else 99
        return _Item(line, depth, line.text[counted.end() :]) if counted else None
    marker = MARKER.match(line.text) or _LETTERED.match(line.text)
    return _Item(line, line.indent, line.text[marker.end() :]) if marker else None


def _written(head: list[Line], body: list[Line], items: list[_Item | None], depths: list[int]) -> str:
    """Each line at its own number: stages as headings, moments with a dash, what is further in below its moment."""
    written = {line.number: line.text if HEADING.match(line.text) else f"# {line.text}" for line in head}
    for line, item in zip(body, items, strict=True):
        if item is None or item.depth > depths[1]:
            written[line.number] = f"    {item.text if item else line.text}"
        else:
            written[line.number] = f"## {item.text}" if item.depth == depths[0] else f"- {item.text}"
    return "\n".join(written.get(number, "") for number in range(1, max(written) + 1))
