"""A table of answers, one row a respondent: read from CSV, TSV or XLSX, and turned into answers by a mapping."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.answers import NOT_SEEN, Answer, clean_text
from assessments.limits import GROUP_NAME_MAX, IDEA_MAX, SECONDS_MAX, TIMES_PER_WEEK_MAX
from assessments.mapping import GROUP
from assessments.scales import VALUES_MAX, normal
from journeys.choices import Decision
from journeys.formats.delimited import read_delimited
from journeys.formats.formulas import unguard
from journeys.formats.numbers import split_number
from journeys.formats.rows import Row, TableError
from journeys.formats.xlsx_reader import is_xlsx, read_xlsx
from journeys.limits import CELL_MAX, COLUMNS_MAX, FILE_MAX, ROWS_MAX

EXAMPLES = 3
DECISION_WORDS = {
    **{value: value for value in Decision.values},
    **{"k": "keep", "e": "enhance", "l": "eliminate"},
}


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """headings: one a column; rows: those that hold something, as wide as the headings."""

    headings: list[str]
    rows: list[Row]

    def examples(self, place: int) -> list[str]:
        """The first different things in a column."""
        found: dict[str, None] = {}
        for row in self.rows[:200]:
            if row.cells[place].strip():
                found[row.cells[place].strip()[:60]] = None
            if len(found) == EXAMPLES:
                break
        return list(found)


@dataclass(slots=True)
class LeftOut:
    """What was not taken over, and why: how often, with the first examples and their rows."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, reason: str, row: int, value: str = "") -> None:
        self.counts[reason] += 1
        if len(self.examples[reason]) < EXAMPLES:
            self.examples[reason].append(f"{clean_text(value)[:60]} ({row})" if value else str(row))

    def lines(self) -> list[dict[str, object]]:
        """[{"reason", "count", "examples"}], the most frequent first."""
        return [
            {"reason": reason, "count": count, "examples": self.examples[reason]}
            for reason, count in self.counts.most_common()
        ]


@dataclass(slots=True)
class AnswersRead:
    """sheets: group's name ("" for none) and answers by the moment's id; counts: by column, how often each level.

    rows_left_out: whole rows; values_left_out: values of rows that are taken.
    """

    sheets: list[tuple[str, dict[int, Answer]]] = field(default_factory=list)
    counts: dict[int, Counter[int]] = field(default_factory=dict)
    rows_left_out: LeftOut = field(default_factory=LeftOut)
    values_left_out: LeftOut = field(default_factory=LeftOut)


def read_answer_table(content: bytes) -> AnswerTable:
    """The first row as headings and the rest. Raises TableError, whose text says what to do."""
    if len(content) > FILE_MAX:
        raise TableError(_("This file is larger than 5 MB. Take a part of it."))
    rows, _source = read_xlsx(content) if is_xlsx(content) else read_delimited(content)
    heading = next(rows, None)
    if heading is None:
        raise TableError(_("This file holds no rows."))
    width = len(heading.cells)
    if width > COLUMNS_MAX:
        raise TableError(_("This table has more than %(limit)s columns. Delete some.") % {"limit": COLUMNS_MAX})
    kept: list[Row] = []
    for row in rows:
        if len(kept) == ROWS_MAX:
            raise TableError(_("This table has more than %(limit)s rows. Take a part of it.") % {"limit": ROWS_MAX})
        kept.append(Row(row.number, [*row.cells, *[""] * (width - len(row.cells))]))
    if not kept:
        raise TableError(_("Under the headings stands no row."))
    return AnswerTable([clean_text(unguard(cell))[:200] for cell in heading.cells], kept)


def count_values(table: AnswerTable, places: Sequence[int]) -> Counter[str]:
    """How often each normal value stands in some columns, empty ones left out. Raises TableError beyond 200 of them."""
    counts: Counter[str] = Counter()
    for place in places:
        counts.update(normal(row.cells[place][:CELL_MAX]) for row in table.rows)
        if len(counts) > VALUES_MAX:
            message = _("The column “%(name)s” holds too many different values to be marks. Choose another use for it.")
            raise TableError(message % {"name": table.headings[place][:60]})
    counts.pop("", None)
    return counts


def read_answers(
    table: AnswerTable, columns: Mapping[int, tuple[str, int]], group_at: int | None, scale: Mapping[str, int | None]
) -> AnswersRead:
    """Every row as answers. columns: of `mapping.columns_of`; scale: the level of each normal value, None for none."""
    read = AnswersRead(counts={place: Counter() for place, (holds, _id) in columns.items() if holds == "level"})
    for row in table.rows:
        _read_row(read, table, row, columns, group_at, scale)
    return read


def _read_row(
    read: AnswersRead,
    table: AnswerTable,
    row: Row,
    columns: Mapping[int, tuple[str, int]],
    group_at: int | None,
    scale: Mapping[str, int | None],
) -> None:
    if any(len(cell) > CELL_MAX for cell in row.cells):
        read.rows_left_out.add(_("A cell is too long"), row.number)
        return
    if any(cell.strip() for cell in row.cells[len(table.headings) :]):
        read.values_left_out.add(_("There is no heading over it"), row.number, row.cells[len(table.headings)])
    said: dict[int, dict[str, object]] = defaultdict(dict)
    for place, (holds, moment_id) in columns.items():
        cell = row.cells[place].strip()
        if cell:
            _read_cell(read, row.number, place, holds, cell, scale, said[moment_id])
    answers = {moment_id: Answer(**values) for moment_id, values in said.items() if values}  # type: ignore[arg-type]
    if not answers:
        read.rows_left_out.add(_("Nothing stands in the columns that are used"), row.number)
        return
    group = clean_text(row.cells[group_at])[:GROUP_NAME_MAX] if group_at is not None else ""
    read.sheets.append((group, answers))


def _read_cell(
    read: AnswersRead,
    row: int,
    place: int,
    holds: str,
    cell: str,
    scale: Mapping[str, int | None],
    said: dict[str, object],
) -> None:
    """Put what a cell says into `said`; what it can't say is counted."""
    if holds == "level":
        value = normal(cell)
        if value not in scale:
            read.values_left_out.add(_("Not on the scale"), row, cell)
        elif (level := scale[value]) is None:
            read.values_left_out.add(_("Stands for no level"), row, cell)
            said["level"] = NOT_SEEN
        else:
            said["level"] = level
            read.counts[place][level] += 1
    elif holds == "idea":
        text = clean_text(unguard(cell))
        if len(text) > IDEA_MAX:
            read.values_left_out.add(_("Shortened: an idea holds 2,000 characters"), row, cell)
        if text:
            said["idea"] = text[:IDEA_MAX]
    elif holds == "decision":
        decision = DECISION_WORDS.get(normal(cell))
        if decision is None:
            read.values_left_out.add(_("Neither keep, enhance nor eliminate"), row, cell)
        else:
            said["decision"] = decision
    else:
        _read_number(read, row, holds, cell, said)


def _read_number(read: AnswersRead, row: int, holds: str, cell: str, said: dict[str, object]) -> None:
    most = TIMES_PER_WEEK_MAX if holds == "times" else SECONDS_MAX
    number, rest = split_number(cell) or (None, "")
    if number is None or rest or not 0 <= number.value <= most:
        read.values_left_out.add(_("Not a number, or too large"), row, cell)
    else:
        said["times_per_week" if holds == "times" else "seconds"] = number.value


def group_column(uses: Mapping[int, str]) -> int | None:
    """The column that names the group; None without one."""
    return next((place for place, use in sorted(uses.items()) if use == GROUP), None)
