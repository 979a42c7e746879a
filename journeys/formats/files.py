"""Files of every format that we know: which one a file is, how it is read, how it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.formats import read_text
from journeys.formats.encodings import NotText, decode_text
from journeys.formats.findings import Finding
from journeys.formats.json_plan import parse_json, write_json
from journeys.formats.mermaid import parse_mermaid
from journeys.formats.mermaid_writer import write_mermaid
from journeys.formats.outline import parse_outline
from journeys.formats.outline_writer import write_outline
from journeys.formats.picture import write_svg
from journeys.formats.table_plan import TableReading, read_table
from journeys.formats.table_writer import write_csv, write_xlsx
from journeys.formats.xlsx_reader import is_xlsx
from journeys.limits import FILE_MAX, TITLE_MAX
from journeys.plan import JourneyPlan

_XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PARSERS = {"outline": parse_outline, "mermaid": parse_mermaid, "json": parse_json}
_TABLES = frozenset(("csv", "xlsx"))
READABLE = (*_PARSERS, *sorted(_TABLES))


@dataclass(frozen=True, slots=True)
class Format:
    """One format. suffixes: the first is the one that a written file gets."""

    name: str
    label: Any
    suffixes: tuple[str, ...]
    content_type: str
    write: Callable[[JourneyPlan], str | bytes]

    def to_bytes(self, plan: JourneyPlan) -> bytes:
        written = self.write(plan)
        return written.encode() if isinstance(written, str) else written


def _write_png(plan: JourneyPlan) -> bytes:
    """The painter's library is read once somebody asks for a picture."""
    from journeys.formats.picture_png import write_png

    return write_png(plan)


FORMATS = {
    kind.name: kind
    for kind in (
        Format("outline", gettext_lazy("Outline"), (".txt", ".outline"), "text/plain; charset=utf-8", write_outline),
        Format("mermaid", "Mermaid", (".mmd", ".mermaid"), "text/plain; charset=utf-8", write_mermaid),
        Format("json", "JSON", (".json", ".ojf"), "application/json", write_json),
        Format("csv", "CSV", (".csv", ".tsv"), "text/csv; charset=utf-8", write_csv),
        Format("xlsx", gettext_lazy("Excel (XLSX)"), (".xlsx",), _XLSX_TYPE, write_xlsx),
        Format("svg", gettext_lazy("Picture (SVG)"), (".svg",), "image/svg+xml", write_svg),
        Format("png", gettext_lazy("Picture (PNG)"), (".png",), "image/png", _write_png),
    )
}


@dataclass
class FileReading:
    """What a file would make. text: of a format that people can read and mend; table: of one with columns."""

    plan: JourneyPlan
    findings: list[Finding]
    text: str = ""
    table: TableReading | None = None

    @property
    def is_refused(self) -> bool:
        """Whether there is an error that stops us; rows that a table leaves out do not."""
        if self.table is not None:
            return bool(self.table.refused) or not self.plan.moments
        return any(finding.is_error for finding in self.findings)


def format_by_suffix(file_name: str) -> str:
    """The format that a file's name speaks of, "" for none."""
    suffix = PurePath(file_name).suffix.casefold()
    return next((kind.name for kind in FORMATS.values() if suffix in kind.suffixes), "")


def read_file(
    content: bytes, file_name: str = "", format_name: str = "", fields: Mapping[int, str] | None = None
) -> FileReading:
    """The journey in a file. Without a format, its name and then its content tell. fields: as in `read_table`."""
    name = format_name or format_by_suffix(file_name)
    if name in _TABLES or is_xlsx(content):
        table = read_table(content, fields)
        return FileReading(_titled(table, file_name), table.findings, table=table)
    if len(content) > FILE_MAX:
        return _refuse(_("This file is larger than 5 MB. Take a part of it."))
    try:
        text, _encoding = decode_text(content)
    except NotText:
        return _refuse(_("This file is not a text. Save it as a text, CSV or XLSX."))
    parse = _PARSERS.get(format_name) or _PARSERS.get(name if name != "outline" else "", read_text)
    return FileReading(*parse(text), text=text)


def _titled(table: TableReading, file_name: str) -> JourneyPlan:
    """A journey that no column names is called like its file."""
    is_named = any(column.field == "journey" for column in table.columns)
    stem = PurePath(file_name.replace("\0", "")).stem.strip(" -")[:TITLE_MAX]
    return table.plan if is_named or not stem else replace(table.plan, title=stem)


def _refuse(reason: str) -> FileReading:
    return FileReading(JourneyPlan(_("Untitled journey")), [Finding(1, reason, True)])
