"""Files of a log as tables of the database: read, judged row by row, paired, counted. Any file can be read this way."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
from django.utils.translation import gettext as _

from journeys.contacts import counting
from journeys.contacts.aggregate import Aggregate, Example, FileRead, Rows
from journeys.contacts.clock_columns import join_times
from journeys.contacts.customers import Keep
from journeys.contacts.engine import Engine
from journeys.contacts.mapping import Mapping
from journeys.contacts.noting import Note, note_rows
from journeys.contacts.opening import has_windows_page, open_source
from journeys.contacts.pairing import pair_steps
from journeys.contacts.plain.unfit import Unfit
from journeys.contacts.reading import Reading
from journeys.contacts.refusals import Refused
from journeys.contacts.rejects import Rejects, read_rejects
from journeys.contacts.repeats import mark_repeats
from journeys.contacts.rows_sql import rows_sql
from journeys.contacts.sample import settle, time_form_of
from journeys.contacts.sketches import sketch_people
from journeys.contacts.sources import Source


@dataclass(frozen=True)
class _Part:
    """A file that is a table of its own, whose rows begin at `base` among those of all files.

    rows_of: the rows of the file that stand in the source, where it holds only some of them.
    """

    name: str
    table: str
    base: int
    rows: int
    source: Source
    rejects: Rejects
    rows_of: Sequence[int] | None = None

    def row(self, place: int) -> int:
        """The row of the file in which the row stands that was read as number `place`."""
        line = self.line(place)
        return line + self.source.first_row if self.rows_of is None else self.rows_of[line]

    def line(self, place: int) -> int:
        """Which line of the source it is, from 0."""
        return self.rejects.row_of(place - self.base, self.source.first_row) - self.source.first_row

    def rejected(self) -> Rows:
        rows = self.rejects.to_rows(self.name)
        if self.rows_of is not None:
            for reason, examples in rows.examples.items():
                told = [self.rows_of[example.row - self.source.first_row] for example in examples]
                rows.examples[reason] = [each._replace(row=row) for each, row in zip(examples, told, strict=True)]
        return rows


class LogTables:
    """Files that are being read as one log. has_ids, has_hashes: as of `Reading`; with either customers can be kept."""

    def __init__(self, engine: Engine, mapping: Mapping, *, has_ids: bool = False, has_hashes: bool = False) -> None:
        self._engine, self._mapping, self._has_ids, self._has_hashes = engine, mapping, has_ids, has_hashes
        self._parts: list[_Part] = []
        self._files: list[FileRead] = []
        self._paths: list[Path] = []

    def read(self, path: Path) -> None:
        """Read one file. Raises Refused."""
        if same := next((other.name for other in self._paths if is_same(path, other)), ""):
            self._files.append(FileRead(path.name, path.stat().st_size, "", 0, same))
            return
        table = f"part{len(self._parts)}"
        source, rejects = self._fill(path, table)
        rows = self._append(path.name, source, rejects, table)
        self._paths.append(path)
        self._files.append(FileRead(path.name, path.stat().st_size, source.kind, rows))

    def read_query(self, name: str, source: Source) -> None:
        """Read a source that is no file."""
        table = f"part{len(self._parts)}"
        rows = self._append(name, source, self._make(source, table), table)
        self._files.append(FileRead(name, 0, source.kind, rows))

    def read_some(self, name: str, source: Source, rows: Sequence[int]) -> None:
        """Read a source that holds only some rows of a file: these. Raises Unfit where it does not part into them."""
        table = f"part{len(self._parts)}"
        try:
            rejects = self._make(source, table)
        except duckdb.Error:
            raise Unfit("lines that are not plain can't be read by themselves") from None
        if self._append(name, source, rejects, table, rows) != len(rows) or rejects.has_swallowed:
            raise Unfit("lines that are not plain belong together")

    def _append(
        self, name: str, source: Source, rejects: Rejects, table: str, rows_of: Sequence[int] | None = None
    ) -> int:
        """Answers how many rows were read, rejected ones among them."""
        rows = self._engine.value(f"SELECT count(*) FROM {table}")  # noqa: S608
        base = self._parts[-1].base + self._parts[-1].rows if self._parts else 0
        self._parts.append(_Part(name, table, base, rows, source, rejects, rows_of))
        return int(rows) + len(rejects.rows)

    def _fill(self, path: Path, table: str) -> tuple[Source, Rejects]:
        """Its rows as a table; read in another way where DuckDB stumbles over encoding, ends of lines or quotes."""
        source = open_source(path, self._engine)
        while True:
            try:
                rejects = self._make(source, table)
            except duckdb.Error as error:
                if source.is_rewritten or not isinstance(error, duckdb.InvalidInputException):
                    raise _unreadable(path, error) from None
                is_rewritten, has_quotes = True, source.has_quotes
            else:
                is_rewritten = source.is_rewritten or (rejects.has_unreadable and has_windows_page(path))
                has_quotes = source.has_quotes and not rejects.has_swallowed
                if (is_rewritten, has_quotes) == (source.is_rewritten, source.has_quotes):
                    return source, rejects
            self._engine.run(f"DROP TABLE IF EXISTS {table}")
            source = open_source(path, self._engine, rewritten=is_rewritten, has_quotes=has_quotes)

    def _make(self, source: Source, table: str) -> Rejects:
        source, mapping = join_times(source, settle(self._mapping, source))
        forms = (time_form_of(source, mapping, mapping.start), time_form_of(source, mapping, mapping.end))
        reading = Reading(source, mapping, *forms, self._has_ids, self._has_hashes)
        self._engine.run(f"CREATE TABLE {table} AS {rows_sql(reading)}")
        return read_rejects(self._engine, source)

    def count(self, keep: Keep | None, note: Note | None = None) -> Aggregate:
        """Everything that is to be known of the rows that were read. note: is told every row that is not in order."""
        self._make_view()
        if self._mapping.lifecycle:
            pair_steps(self._engine, self._mapping)
        else:
            mark_repeats(self._engine, self._mapping)
        return self._count(self._mapping, keep, note)

    def count_with_sketches(self, key: str | None, note: Note | None = None) -> Aggregate:
        """key: what ids are hashed with, None where rows hold hashes already."""
        people = self._engine.new_path(".parquet")
        aggregate = self.count(Keep(people, key), note)
        sketches = sketch_people(self._engine, people) if people.is_file() else {}
        return replace(aggregate, sketches=sketches)

    def count_some(self) -> Aggregate:
        """All but distinct customers and repeated rows, which other rows of the log have a part in."""
        self._make_view()
        self._engine.run("CREATE VIEW contacts AS FROM rows_read")
        return self._count(replace(self._mapping, customer=""), None)

    def _make_view(self) -> None:
        everything = " UNION ALL ".join(
            f"SELECT *, rowid + {part.base} AS place FROM {part.table}"  # noqa: S608
            for part in self._parts
        )
        self._engine.run(f"CREATE VIEW rows_read AS {everything}")

    def _count(self, mapping: Mapping, keep: Keep | None, note: Note | None = None) -> Aggregate:
        rows = counting.count_reasons(self._engine, self.locate)
        for part in self._parts:
            rows.add(part.rejected())
        if note:
            note_rows(self._engine, self.locate, [(part.name, part.source) for part in self._parts], note)
        found = counting.count_all(self._engine, mapping, self.locate, keep)
        people = keep.target if keep else None
        return Aggregate(self._files, rows, found.cells, found.hours, found.days, found.spans, found.customers, people)

    def locate(self, place: int, text: str) -> Example:
        """The row of a file that was read as number `place` of all."""
        part = self._parts[self.part_number(place)]
        return Example(part.name, part.row(place), text)

    def part_number(self, place: int) -> int:
        """Which of the sources, from 0, the row stands in that was read as number `place` of all."""
        return max(number for number, part in enumerate(self._parts) if part.base <= place)

    def line(self, place: int) -> tuple[int, int]:
        """That source, and which line of it, from 0."""
        number = self.part_number(place)
        return number, self._parts[number].line(place)


def _unreadable(path: Path, error: duckdb.Error) -> Refused:
    reason = str(error).splitlines()[0].rpartition("Error: ")[2][:200]
    return Refused(_("%(file)s can't be read: %(reason)s") % {"file": path.name, "reason": reason})


def is_same(path: Path, other: Path) -> bool:
    """Whether two files have the same content; read only where they are of the same size."""
    try:
        if path.samefile(other):
            return True
        return path.stat().st_size == other.stat().st_size and _digest(path) == _digest(other)
    except OSError:
        return False


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
