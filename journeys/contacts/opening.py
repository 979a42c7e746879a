"""A file of any known kind as rows of text that DuckDB can read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from journeys.contacts.dialects import guess_dialect
from journeys.contacts.engine import Engine, named, quoted
from journeys.contacts.event_logs import COLUMNS as XES_COLUMNS
from journeys.contacts.event_logs import looks_like_xes, read_events
from journeys.contacts.limits import COLUMNS_MAX, LINE_BYTES_MAX, SAMPLE_ROWS, WORKBOOK_BYTES_MAX
from journeys.contacts.refusals import Refused
from journeys.contacts.sources import Source, TextFile, delimited_source, written_source
from journeys.contacts.texts import decode_head, find_encoding, packing_of, read_head, rewrite
from journeys.contacts.workbooks import read_workbook
from journeys.formats.xlsx_reader import is_xlsx


def open_source(
    path: Path, engine: Engine, *, rewritten: bool = False, has_quotes: bool = True, rows: int | None = None
) -> Source:
    """The rows of a file. Raises Refused.

    rewritten: copy a text in UTF-8 with plain line ends first. has_quotes: False reads every line for itself, whatever
    quotation marks say. rows: how many are wanted of a file that has to be written anew.
    """
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise Refused(
            _("%(file)s can't be read: %(reason)s.") % {"file": path.name, "reason": error.strerror}
        ) from None
    if not start:
        raise Refused(_("This file is empty."))
    if is_xlsx(start):
        return _open_workbook(path, engine, rows)
    if start.startswith(b"PAR1"):
        return _open_parquet(path, engine)
    return _open_text(path, engine, rewritten, has_quotes, rows)


def _open_text(path: Path, engine: Engine, rewritten: bool, has_quotes: bool, rows: int | None) -> Source:
    head = read_head(path, engine)
    text, encoding = decode_head(head)
    if not text.strip("\ufeff \r\n\t\0"):
        raise Refused(_("This file is empty."))
    if looks_like_xes(text):
        return _open_event_log(path, engine, rows)
    if text.lstrip("\ufeff \r\n").startswith(("{", "[")):
        return _open_json(path, engine, text)
    dialect = replace(guess_dialect(text.removeprefix("\ufeff")), has_quotes=has_quotes)
    packing = packing_of(path)
    must_rewrite = (
        rewritten or encoding not in {"utf-8", "utf-8-sig"} or dialect.delimiter == " " or _has_odd_ends(text)
    )
    if not must_rewrite:
        return delimited_source(
            TextFile(engine.reach(path), dialect, text, packing, is_rewritten=packing == "zstd"), engine
        )
    target = engine.new_path(".csv")
    rewrite(path, packing, encoding if encoding != "utf-8" else find_encoding(path, packing), target)
    if dialect.delimiter == " ":
        target, dialect = _join_with_tabs(target, engine), replace(dialect, delimiter="\t")
        text = "\n".join("\t".join(line.split()) for line in text.splitlines())
    return delimited_source(TextFile(target, dialect, text), engine)


def has_windows_page(path: Path) -> bool:
    """Whether a text that begins as ASCII or UTF-8 goes on in another encoding."""
    return find_encoding(path, packing_of(path)) != "utf-8"


def _has_odd_ends(text: str) -> bool:
    """Line ends that are not all alike, as DuckDB wants them."""
    bare = text.removesuffix("\r")
    return bare.count("\r") != bare.count("\r\n") or 0 < bare.count("\r\n") < bare.count("\n")


def _join_with_tabs(path: Path, engine: Engine) -> Path:
    target = engine.new_path(".tsv")
    with path.open(encoding="utf-8") as source, target.open("w", encoding="utf-8") as joined:
        joined.writelines("\t".join(line.split()) + "\n" for line in source)
    return target


def _open_workbook(path: Path, engine: Engine, rows: int | None) -> Source:
    if path.stat().st_size > WORKBOOK_BYTES_MAX:
        raise Refused(_("This workbook is too large. Save it as CSV."))
    found = islice(read_workbook(path), rows)
    head = list(islice(found, SAMPLE_ROWS))
    width = max((len(row) for row in head), default=0)
    return written_source(head, engine, "xlsx", ([*row, *[""] * (width - len(row))] for row in found))


def _open_event_log(path: Path, engine: Engine, rows: int | None) -> Source:
    return written_source([list(XES_COLUMNS)], engine, "xes", islice(read_events(path, engine), rows))


def _open_parquet(path: Path, engine: Engine) -> Source:
    import duckdb

    reader = f"read_parquet({quoted(str(engine.reach(path)))})"
    try:
        columns = [name for name, *_rest in engine.rows(f"DESCRIBE SELECT * FROM {reader}")]  # noqa: S608
        check_width(columns)
        texts = ", ".join(f"coalesce({named(name)}::VARCHAR, '') AS c{place}" for place, name in enumerate(columns))
        relation = f"(SELECT {texts} FROM {reader})"  # noqa: S608
        head = engine.rows(f"SELECT * FROM {relation} LIMIT {SAMPLE_ROWS}")  # noqa: S608
    except duckdb.Error:
        raise Refused(_("This Parquet file can't be read.")) from None
    return Source("parquet", columns, [[cell or "" for cell in row] for row in head], relation)


def _open_json(path: Path, engine: Engine, text: str) -> Source:
    """JSON lines: an object a line. Fields inside of fields are named with a dot."""
    lines = [line for line in text.removeprefix("\ufeff").splitlines()[: SAMPLE_ROWS + 1] if line.strip()]
    found = [each for line in lines if isinstance(each := _parse(line), dict)]
    if not found:
        raise Refused(_("This file is JSON, but not one object a line. Save it as JSON lines or CSV."))
    columns = list(dict.fromkeys(key for each in found for key in each))
    check_width(columns)
    packing = packing_of(path)
    reader = (
        f"read_csv({quoted(str(engine.reach(path)))}, columns={{'line': 'VARCHAR'}}, delim='', quote='', escape='', "
        f"header=false, auto_detect=false, compression='{packing}', max_line_size={LINE_BYTES_MAX})"
    )
    texts = ", ".join(
        f"coalesce(json_extract_string(entry, {quoted(_json_path(name))}), '') AS c{place}"
        for place, name in enumerate(columns)
    )
    parsed = f"SELECT CASE WHEN json_valid(line) THEN line::JSON END AS entry FROM {reader} WHERE trim(line) <> ''"  # noqa: S608
    relation = f"(SELECT {texts}, entry IS NULL OR json_type(entry) <> 'OBJECT' AS is_broken FROM ({parsed}))"  # noqa: S608
    head = [[_told(each.get(name)) for name in columns] for each in found]
    return Source("json lines", columns, head, relation, first_row=1, is_broken="is_broken")


def _json_path(name: str) -> str:
    return '$."' + name.replace('"', '\\"') + '"'


def _parse(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _told(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


def check_width(columns: Sequence[str]) -> None:
    if len(columns) > COLUMNS_MAX:
        raise Refused(
            _("This log has %(columns)s columns; at most %(limit)s are read.")
            % {"columns": len(columns), "limit": COLUMNS_MAX}
        )
