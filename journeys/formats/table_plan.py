"""A journey out of a table: one row a moment, in the order of the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from django.utils.translation import gettext as _

from journeys.formats.columns import COLUMNS, match_columns
from journeys.formats.delimited import read_delimited
from journeys.formats.draft import JourneyDraft
from journeys.formats.findings import Finding, Findings
from journeys.formats.formulas import unguard
from journeys.formats.rows import Row, TableError
from journeys.formats.table_rows import RowError, read_row, take_header
from journeys.formats.xlsx_reader import is_xlsx, read_xlsx
from journeys.limits import CELL_MAX, COLUMNS_MAX, FILE_MAX, ROWS_MAX
from journeys.plan import JourneyPlan

_SAMPLES = 3
_REJECTED_MAX = 2_000  # of rows that were looked at; nobody mends more, and looking takes time


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its heading, the first things in it, and what it was taken for ("" for nothing)."""

    heading: str
    samples: tuple[str, ...]
    field: str


@dataclass
class TableReading:
    """What a table would make. refused: why it can't be used at all; rows_rejected: rows left out, each in findings.

    source: the encoding of a text, or the name of a workbook's sheet.
    """

    plan: JourneyPlan
    findings: list[Finding]
    columns: list[TableColumn] = field(default_factory=list)
    rows_rejected: int = 0
    refused: str = ""
    source: str = ""


def read_table(content: bytes, fields: Mapping[int, str] | None = None) -> TableReading:
    """The journey in a CSV or XLSX file. fields: what columns hold, where somebody said so. Never raises."""
    try:
        if len(content) > FILE_MAX:
            raise TableError(_("This file is larger than 5 MB. Take a part of it."))
        rows, source = read_xlsx(content) if is_xlsx(content) else read_delimited(content)
        heading = next(rows, None)
        if heading is None:
            raise TableError(_("This file holds no rows."))
        reading = read_rows(heading, rows, fields or {})
    except TableError as error:
        return TableReading(JourneyPlan(_("Untitled journey")), [Finding(1, str(error), True)], refused=str(error))
    reading.source = source
    return reading


def read_rows(heading: Row, rows: Iterator[Row], said: Mapping[int, str]) -> TableReading:
    """The journey in rows under their heading. said: what columns hold. Raises TableError."""
    if len(heading.cells) > COLUMNS_MAX:
        raise TableError(_("This table has more than %(limit)s columns. Delete some.") % {"limit": COLUMNS_MAX})
    first = list(islice(rows, _SAMPLES))
    fields = _fields(heading.cells, said)
    columns = [_column(heading.cells[place], first, place, name) for place, name in enumerate(fields)]
    if "title" not in fields:
        reason = _("No column is known to hold the moments. Say which one does.")
        plan = JourneyPlan(_("Untitled journey"))
        return TableReading(plan, [Finding(heading.number, reason, True)], columns, refused=reason)
    reading = _TableDraft(fields)
    for row in chain(first, rows):
        reading.take(row)
    return reading.finish(columns)


def _fields(headings: Sequence[str], said: Mapping[int, str]) -> list[str]:
    """What was said of a column goes before what its heading says."""
    matched = match_columns([unguard(heading) for heading in headings])
    taken = {name for name in said.values() if name}
    guessed = [name if name not in taken else "" for name in matched]
    fields = [said.get(place, name) for place, name in enumerate(guessed)]
    return [name if name in COLUMNS and name not in fields[:place] else "" for place, name in enumerate(fields)]


def _column(heading: str, rows: Sequence[Row], place: int, name: str) -> TableColumn:
    samples = (row.cells[place][:60] for row in rows if place < len(row.cells))
    return TableColumn(heading[:60], tuple(sample for sample in samples if sample), name)


class _TableDraft:
    """Takes one row after the other; a row that can't be used is left out and says why."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._draft = JourneyDraft(
            findings=Findings(most=2 * _REJECTED_MAX)
        )  # each rejected row is told with its reason
        self._fields = fields
        self._rejected = 0
        self._rows = 0
        self._stage: tuple[str, str] | None = None
        self._place = 0

    def take(self, row: Row) -> None:
        self._rows += 1
        if self._rows > ROWS_MAX:
            raise TableError(_("This table has more than %(limit)s rows. Take a part of it.") % {"limit": ROWS_MAX})
        if self._draft.is_full:
            self._rejected += 1
            return
        try:
            self._take_cells(row.number, self._cells(row))
        except RowError as error:
            self._rejected += 1
            self._draft.findings.add_error(row.number, str(error), _row_name(row.number))
            if self._rejected == _REJECTED_MAX:
                self._draft.close(row.number, _("So many rows can't be used that the rest was left out."))

    def finish(self, columns: list[TableColumn]) -> TableReading:
        draft = self._draft
        if not draft.moments_count:
            draft.findings.add_doubt(1, _("There is no moment in this table."))
        plan, findings = draft.finish()
        return TableReading(plan, findings, columns, self._rejected)

    def _cells(self, row: Row) -> dict[str, str]:
        if len(row.cells) > COLUMNS_MAX or any(len(cell) > CELL_MAX for cell in row.cells):
            message = _("A cell has more than %(limit)s characters, or there are too many cells.")
            raise RowError(message % {"limit": CELL_MAX})
        return {name: unguard(cell) for name, cell in zip(self._fields, row.cells, strict=False) if name}

    def _take_cells(self, number: int, cells: dict[str, str]) -> None:
        moment, doubts = read_row(cells)
        take_header(self._draft, number, cells)
        for doubt in doubts:
            self._draft.findings.add_doubt(number, doubt, _row_name(number))
        self._open_stage(number, cells)
        if moment and not self._draft.is_full:
            self._add(number, moment)

    def _open_stage(self, number: int, cells: dict[str, str]) -> None:
        """A stage begins where its name or number changes; without numbers, a name met before goes on there."""
        title = cells.get("stage", "")
        stage = (cells.get("stage_number", "").strip(), title)
        if not title.strip() or stage == self._stage:
            return
        self._stage = stage
        known = [place for place, (name, _moments) in enumerate(self._draft.stages) if name == title]
        self._place = known[0] if known and not stage[0] else len(self._draft.stages)
        if self._place == len(self._draft.stages):
            self._draft.open_stage(number, title)

    def _add(self, number: int, moment: Any) -> None:
        """To the stage in hand, which need not be the last."""
        self._draft.add_moment(number, moment)
        if self._stage and self._place < len(self._draft.stages) - 1:
            self._draft.stages[self._place][1].append(self._draft.stages[-1][1].pop())


def _row_name(number: int) -> str:
    return _("Row %(number)s") % {"number": number}
