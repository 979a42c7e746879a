"""What stands around the statements of a Mermaid journey text: fence, front matter, directives, remarks, header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from journeys.formats.findings import Findings
from journeys.formats.lines import Line, split_lines
from journeys.formats.mermaid_details import is_detail
from journeys.limits import OUTLINE_MAX

REMARK = re.compile(r"#(?!\w{1,12};)")  # and no entity code: #35;
_HEADER = re.compile(r"journey(?:\s+(?P<rest>(?:title|section|accTitle|accDescr)\b.*))?", re.I | re.S)
_FENCE = re.compile(r"(?:```|~~~)(?P<language>.*)", re.S)
_JOURNEY = re.compile(r"^\s*journey\b", re.I | re.M)
_FRONT_TITLE = re.compile(r"title\s*:\s*(.*)", re.S)
_STATEMENT = re.compile(r"(?:title|section)(?:\s.*)?", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """The lines with statements. is_headed: whether the word journey stood above them; details: our own remarks."""

    lines: tuple[Line, ...]
    is_headed: bool
    details: tuple[Line, ...] = ()
    front_matter_title: str = ""
    title_line: int = 1


def is_mermaid(text: str) -> bool:
    """Whether a text is Mermaid's: fenced as such, or headed by the word journey with a statement under it."""
    lines = list(split_lines(text[:OUTLINE_MAX], Findings()))
    fence = _FENCE.fullmatch(lines[0].text) if lines else None
    if fence and fence["language"].strip().casefold() == "mermaid":
        return True
    if lines and lines[0].text.startswith("#"):
        return False
    unwrapped = unwrap(lines)
    first = unwrapped.lines[0].text if unwrapped.lines else "title"
    return unwrapped.is_headed and (bool(_STATEMENT.fullmatch(first)) or (":" in first and first[0].isalnum()))


def fenced_block(text: str) -> str:
    """The first Mermaid journey that a Markdown text holds, on its own lines; empty where there is none."""
    lines = text.splitlines(keepends=True) if "mermaid" in text.casefold() else []
    start = None
    for place, line in enumerate(lines):
        fence = _FENCE.fullmatch(line.strip())
        if fence and start is not None:
            block = "".join(lines[start : place + 1])
            if is_mermaid(block) and _JOURNEY.search(block):
                return "\n" * start + block
            start = None
        elif fence and fence["language"].strip().casefold() == "mermaid":
            start = place
    return ""


def unwrap(lines: Sequence[Line]) -> Unwrapped:
    """The lines that are neither fence nor front matter, remark, directive or header."""
    inner = [line for line in lines if not _FENCE.fullmatch(line.text)]
    front, body = _split_front_matter(inner)
    shown = [line for line in _without_directives(body) if not REMARK.match(line.text)]
    header = _HEADER.fullmatch(shown[0].text) if shown else None
    if header:
        shown[:1] = [replace(shown[0], text=header["rest"])] if header["rest"] else []
    details = tuple(line for line in body if is_detail(line.text))
    unwrapped = Unwrapped(tuple(shown), header is not None, details)
    for line in front:
        if line.indent == inner[0].indent and (title := _FRONT_TITLE.fullmatch(line.text)):
            unwrapped = replace(unwrapped, front_matter_title=title[1].strip().strip("\"'"), title_line=line.number)
    return unwrapped


def _split_front_matter(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines between two leading --- lines, and those after them."""
    if not lines or lines[0].text != "---":
        return [], lines
    end = next((index for index, line in enumerate(lines[1:], start=1) if line.text == "---"), 0)
    return (lines[1:end], lines[end + 1 :]) if end else ([], lines)


def _without_directives(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines outside remarks after %% and outside directives, which may be long: %%{ ... }%%."""
    last_end = max((line.number for line in lines if "}%%" in line.text), default=0)
    is_in_directive = False
    for line in lines:
        is_directive = is_in_directive or line.text.startswith("%%{")
        is_in_directive = is_directive and "}%%" not in line.text and line.number < last_end
        if not is_directive and not line.text.startswith("%%"):
            yield line
