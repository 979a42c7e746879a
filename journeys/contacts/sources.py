"""Rows of text that DuckDB can read, from a file of delimited text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from journeys.contacts.dialects import Dialect, name_columns, split_head
from journeys.contacts.engine import Engine, quoted
from journeys.contacts.limits import LINE_BYTES_MAX, REJECT_BYTES_MAX, SAMPLE_BYTES


@dataclass(frozen=True)
class Source:
    """relation: SQL of a table whose columns c0, c1, ... are the texts of `columns`, in the order of the file.

    first_row: the number of the first row of data, as a spreadsheet counts. is_broken: SQL, of an unreadable row.
    rejects: the table in which DuckDB notes lines that it could not part, "" for none.
    """

    kind: str
    columns: list[str]
    head: list[list[str]]
    relation: str
    first_row: int = 2
    is_broken: str = "false"
    rejects: str = ""
    is_rewritten: bool = True
    has_quotes: bool = True
    text: TextFile | None = None


@dataclass(frozen=True)
class TextFile:
    """A delimited text in UTF-8. head: its beginning; packing: as `texts.packing_of` says."""

    path: Path
    dialect: Dialect
    head: str
    packing: str = "none"
    kind: str = "csv"
    is_rewritten: bool = True


def delimited_source(file: TextFile, engine: Engine) -> Source:
    """The rows of a delimited text. Lines that can't be parted are noted in a table of rejects."""
    dialect = file.dialect
    rows = split_head(file.head.removeprefix("\ufeff"), dialect.delimiter)[dialect.skipped :]
    header = rows[0] if dialect.has_header else [""] * len(rows[0])
    rejects = f"rejects{engine.new_number()}"
    return Source(
        file.kind,
        name_columns(header),
        rows[dialect.has_header :],
        f"read_csv({quoted(str(file.path))}, {_options(file, len(header), rejects)})",
        dialect.skipped + 1 + dialect.has_header,
        rejects=rejects,
        is_rewritten=file.is_rewritten,
        has_quotes=dialect.has_quotes,
        text=file,
    )


def _options(file: TextFile, columns: int, rejects: str) -> str:
    texts = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(columns))
    names = ", ".join(f"'c{place}'" for place in range(columns))
    quote = quoted('"' if file.dialect.has_quotes else "")
    return (
        f"columns={{{texts}}}, delim={quoted(file.dialect.delimiter)}, quote={quote}, escape={quote}, "
        f"header={str(file.dialect.has_header).lower()}, skip={file.dialect.skipped}, auto_detect=false, "
        f"compression='{file.packing}', max_line_size={LINE_BYTES_MAX}, encoding='utf-8', force_not_null=[{names}], "
        f"store_rejects=true, rejects_table='{rejects}', rejects_scan='{rejects}_scan', rejects_limit=0, "
        f"rejects_line_size_limit={REJECT_BYTES_MAX}"
    )


def written_source(
    rows: Sequence[Sequence[str]], engine: Engine, kind: str, more: Iterable[Sequence[str]] = ()
) -> Source:
    """Rows written as a CSV of our own, the first of them the header, all as wide as the widest."""
    target = engine.new_path(".csv")
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        width = max((len(row) for row in rows), default=0)
        for row in rows:
            writer.writerow([*row, *[""] * (width - len(row))])
        writer.writerows(more)
    with target.open(encoding="utf-8", newline="") as file:
        head = file.read(SAMPLE_BYTES)
    return delimited_source(TextFile(target, Dialect(",", True), head, kind=kind), engine)
