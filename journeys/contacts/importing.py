"""Files of contact logs counted together: read, judged row by row, paired, counted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
from django.utils.translation import gettext as _

from journeys.contacts import counting
from journeys.contacts.aggregate import Aggregate, Example, FileRead, Rows
from journeys.contacts.engine import Engine, open_engine
from journeys.contacts.mapping import Mapping
from journeys.contacts.noting import Note, note_rows
from journeys.contacts.opening import has_windows_page, open_source
from journeys.contacts.pairing import pair_steps
from journeys.contacts.reading import Reading
from journeys.contacts.refusals import Refused
from journeys.contacts.rejects import Rejects, read_rejects
from journeys.contacts.repeats import mark_repeats
from journeys.contacts.rows_sql import rows_sql
from journeys.contacts.sample import settle, time_form_of
from journeys.contacts.sources import Source


@dataclass(frozen=True)
class _Part:
    """A file that is a table of its own, whose rows begin at `base` among those of all files."""

    name: str
    table: str
    base: int
    rows: int
    source: Source
    rejects: Rejects


def count_contacts(
    paths: Sequence[Path],
    mapping: Mapping,
    *,
    key: str,
    keep: Path | None = None,
    folder: Path | None = None,
    note: Note | None = None,
) -> Aggregate:
    """All contacts of some files of the same shape. Raises Refused where a file can't be used; then nothing is counted.

    key: what customers' ids are hashed with. keep: where to write those hashes, so that this count can be merged with
    others. folder: where to put what does not fit into memory. note: is told every row that is not in order.
    """
    with open_engine(paths, mapping.time_zone or "UTC", folder=folder) as engine:
        log = _Log(engine, mapping, key, is_lasting=keep is not None)
        for path in paths:
            log.read(path)
        return log.count(keep, note)


class _Log:
    """Files that are being read as one log."""

    def __init__(self, engine: Engine, mapping: Mapping, key: str, *, is_lasting: bool) -> None:
        self._engine, self._mapping, self._key, self._is_lasting = engine, mapping, key, is_lasting
        self._parts: list[_Part] = []
        self._files: list[FileRead] = []
        self._paths: list[Path] = []

    def read(self, path: Path) -> None:
        """Read one file. Raises Refused."""
        if same := next((other.name for other in self._paths if _is_same(path, other)), ""):
            self._files.append(FileRead(path.name, path.stat().st_size, "", 0, same))
            return
        table = f"part{len(self._parts)}"
        source, rejects = self._fill(path, table)
        rows = self._engine.value(f"SELECT count(*) FROM {table}")  # noqa: S608
        base = self._parts[-1].base + self._parts[-1].rows if self._parts else 0
        self._parts.append(_Part(path.name, table, base, rows, source, rejects))
        self._paths.append(path)
        self._files.append(FileRead(path.name, path.stat().st_size, source.kind, rows + len(rejects.rows)))

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
        mapping = settle(self._mapping, source)
        forms = (time_form_of(source, mapping, mapping.start), time_form_of(source, mapping, mapping.end))
        reading = Reading(source, mapping, *forms, self._key, self._is_lasting)
        self._engine.run(f"CREATE TABLE {table} AS {rows_sql(reading)}")
        return read_rejects(self._engine, source)

    def count(self, keep: Path | None, note: Note | None) -> Aggregate:
        """Everything that is to be known of the rows that were read."""
        everything = " UNION ALL ".join(
            f"SELECT *, rowid + {part.base} AS place FROM {part.table}"  # noqa: S608
            for part in self._parts
        )
        self._engine.run(f"CREATE VIEW rows_read AS {everything}")
        rows = self._count_rows()
        if note:
            note_rows(self._engine, self._locate, [(part.name, part.source) for part in self._parts], note)
        found = counting.count_all(self._engine, self._mapping, self._locate, keep)
        return Aggregate(self._files, rows, found.cells, found.hours, found.days, found.spans, found.customers, keep)

    def _count_rows(self) -> Rows:
        if self._mapping.lifecycle:
            pair_steps(self._engine, self._mapping)
        else:
            mark_repeats(self._engine, self._mapping)
        rows = counting.count_reasons(self._engine, self._locate)
        for part in self._parts:
            rows.add(part.rejects.to_rows(part.name))
        return rows

    def _locate(self, place: int, text: str) -> Example:
        part = next(part for part in reversed(self._parts) if part.base <= place)
        return Example(part.name, part.rejects.row_of(place - part.base, part.source.first_row), text)


def _unreadable(path: Path, error: duckdb.Error) -> Refused:
    reason = str(error).splitlines()[0].rpartition("Error: ")[2][:200]
    return Refused(_("%(file)s can't be read: %(reason)s") % {"file": path.name, "reason": reason})


def _is_same(path: Path, other: Path) -> bool:
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
