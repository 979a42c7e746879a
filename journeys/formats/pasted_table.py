"""Cells that were copied out of a spreadsheet, or lines of a CSV, as they arrive in a box for text.

With a heading row it is read as a file would be. Without one the cells of a row say what they are, as the parts of an
outline's line do: the first that reads as text is the moment; where the first column names stages, the second.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from journeys.formats.amounts import AmountError
from journeys.formats.columns import match_columns
from journeys.formats.delimited import split_rows
from journeys.formats.draft import JourneyDraft, refuse_length
from journeys.formats.escapes import escape
from journeys.formats.findings import Finding, Findings
from journeys.formats.formulas import unguard
from journeys.formats.lines import Line, split_lines
from journeys.formats.moment_parts import meaning_of, read_moment
from journeys.formats.outline import MARKER
from journeys.formats.rows import Row, TableError
from journeys.formats.table_plan import read_rows
from journeys.limits import OUTLINE_MAX
from journeys.plan import JourneyPlan

_NUMBER = re.compile(r"\d{1,4}")
_NUMBERING = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]?|[A-Za-z][.)]")


def is_table(text: str) -> bool:
    """Whether every line has cells parted by tabs, or the first line names columns parted by commas or semicolons."""
    lines = list(split_lines(text[:OUTLINE_MAX], Findings()))
    if lines and lines[0].text.startswith("#"):
        return False
    if len(lines) < 2:
        return bool(lines) and "\t" in lines[0].text and not _is_item(lines[0])
    if "\t" in lines[0].text and not all(map(_is_item, lines)):
        return sum("\t" in line.text for line in lines) * 2 > len(lines)
    return any(
        _names_columns(lines[0].text.split(mark)) and sum(mark in line.text for line in lines) * 2 > len(lines)
        for mark in ",;"
    )


def _is_item(line: Line) -> bool:
    """Whether a line is one of a list: word processors put a tab behind the number."""
    start, tab, _rest = line.text.partition("\t")
    return bool(tab and (MARKER.fullmatch(start) or (_NUMBERING.fullmatch(start) and not start.isdecimal())))


def _names_columns(cells: Sequence[str]) -> bool:
    fields = match_columns([cell.strip(" \"'\ufeff") for cell in cells])
    return sum(map(bool, fields)) > 1


def parse_table(text: str) -> tuple[JourneyPlan, list[Finding]]:
    """The journey in pasted cells and what there is to say about each line. Never raises."""
    if refused := refuse_length(text):
        return refused
    text = text.removeprefix("\ufeff")
    heading = next(line for line in split_lines(text, Findings()))
    delimiter = next(
        (mark for mark in "\t,;" if mark == "\t" in heading.text or _names_columns(heading.text.split(mark))), "\t"
    )
    rows = _rows(text, delimiter)
    fields = match_columns([unguard(cell) for cell in rows[0].cells])
    try:
        if len(rows) > 1 and ("title" in fields or sum(map(bool, fields)) > 1):
            return _with_heading(rows, fields)
    except TableError as error:
        return JourneyPlan(_("Untitled journey")), [Finding(1, str(error), is_error=True)]
    return _without_heading(rows)


def _rows(text: str, delimiter: str) -> list[Row]:
    """Cells with quotes as spreadsheets copy them; where quotes are only letters, each line for itself."""
    try:
        rows = list(split_rows(text, delimiter))
    except TableError:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        rows = [Row(number, line.split(delimiter)) for number, line in enumerate(lines, start=1)]
    return [Row(row.number, [cell.strip() for cell in row.cells]) for row in rows if "".join(row.cells).strip()]


def _with_heading(rows: list[Row], fields: Sequence[str]) -> tuple[JourneyPlan, list[Finding]]:
    """Read as a file; a column without a known name holds the moments where no other does."""
    said = (
        {} if "title" in fields else {place: "title" for place in [_place_of_titles(rows, fields)] if place is not None}
    )
    reading = read_rows(rows[0], iter(rows[1:]), said)
    findings = [replace(finding, place="") for finding in reading.findings]
    if said:
        heading = rows[0].cells[next(iter(said))]
        message = _("The column “%(heading)s” was read as the moments. Call it Moment to be sure.")
        findings.insert(0, Finding(rows[0].number, message % {"heading": heading[:60]}, is_error=False))
    return reading.plan, findings


def _place_of_titles(rows: list[Row], fields: Sequence[str]) -> int | None:
    free = [place for place, name in enumerate(fields) if not name]
    return next((place for place in free if any(place < len(row.cells) and row.cells[place] for row in rows[1:])), None)


def _without_heading(rows: list[Row]) -> tuple[JourneyPlan, list[Finding]]:
    draft = JourneyDraft()
    message = _(
        "No heading names the columns, so their order was guessed. A first row such as Stage, Moment makes sure."
    )
    draft.findings.add_doubt(rows[0].number, message)
    rows = _without_numbers(rows)
    has_stages = _has_stages(rows)
    for row in rows:
        cells = [unguard(cell) for cell in row.cells]
        if has_stages and cells[0] and (not draft.stages or draft.stages[-1][0] != cells[0]):
            draft.open_stage(row.number, _storable(draft, row.number, cells[0]))
        if parts := [part for part in _ordered(cells[1:] if has_stages else cells) if part]:
            line = " | ".join(escape(_storable(draft, row.number, part)) for part in parts)
            draft.add_moment(row.number, read_moment([(row.number, line)], draft.findings))
    return draft.finish()


def _storable(draft: JourneyDraft, number: int, text: str) -> str:
    """The text without what can't be stored, which is named."""
    findings = Findings()
    lines = [line.text for line in split_lines(text, findings)]
    for finding in findings.in_order()[:1]:
        draft.findings.add_error(number, finding.text)
    return "\n".join(lines)


def _without_numbers(rows: list[Row]) -> list[Row]:
    """A first column that only counts is left out."""
    if not all(_NUMBER.fullmatch(row.cells[0]) for row in rows) or any(len(row.cells) < 2 for row in rows):
        return rows
    return [Row(row.number, row.cells[1:]) for row in rows]


def _has_stages(rows: list[Row]) -> bool:
    """Whether the first column names stages: two columns of words, and the first repeats itself or leaves blanks."""
    firsts = [row.cells[0] for row in rows]
    seconds = [row.cells[1] for row in rows if len(row.cells) > 1 and row.cells[1]]
    are_words = bool(seconds) and sum(map(_is_words, seconds)) * 2 > len(seconds) and bool(firsts[0])
    return are_words and len(rows) > 1 and len({first for first in firsts if first}) < len(firsts)


def _ordered(cells: Sequence[str]) -> list[str]:
    """The cells with the first one of words in front: it is the moment's title."""
    place = next((place for place, cell in enumerate(cells) if cell and _is_words(cell)), 0)
    return [*cells[place : place + 1], *cells[:place], *cells[place + 1 :]]


def _is_words(cell: str) -> bool:
    """Whether a cell is no amount, level, channel or decision."""
    try:
        meaning = meaning_of(escape(cell))
    except AmountError:
        return False
    return meaning.field == "what_more" and not meaning.doubt and not _NUMBER.fullmatch(cell)
