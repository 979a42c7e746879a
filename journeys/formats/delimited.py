"""Rows of a delimited text, whatever delimits them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from journeys.formats.encodings import NotText, decode_text
from journeys.formats.rows import Row, TableError

DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?")
_SAMPLE_LINES, _SAMPLE_LENGTH = 30, 50_000
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
LINES_MAX = 200_000  # empty ones, and those inside of cells, among them


def read_delimited(content: bytes) -> tuple[Iterator[Row], str]:
    """The rows and the name of the encoding. Raises TableError; so may the rows, where a quote is never closed."""
    try:
        text, encoding = decode_text(content)
    except NotText:
        raise TableError(_("This file is not a text. Save it as CSV or XLSX.")) from None
    named = _SEPARATOR_LINE.match(text)
    delimiter = named[1] if named else _guess_delimiter(text[:_SAMPLE_LENGTH])
    return split_rows(text, delimiter, skip=bool(named)), encoding


def split_rows(text: str, delimiter: str, *, skip: bool = False) -> Iterator[Row]:
    """The rows of a text that hold something. skip: leave out the first line. Raises TableError at an open quote."""
    lines = _normal_ends(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            if reader.line_num > LINES_MAX:
                raise TableError(
                    _("This table has more than %(limit)s lines. Take a part of it.") % {"limit": LINES_MAX}
                )
            if any(cells) and not (skip and reader.line_num == 1):
                yield Row(start, cells)
            start = reader.line_num + 1
    except csv.Error:
        message = _("A quotation mark in line %(line)s is not closed, or text follows the closing one.")
        raise TableError(message % {"line": start}) from None


def _normal_ends(text: str) -> Iterator[str]:
    """Lines with their ends; a CR alone ends one too, and stays what it was inside quotes."""
    return (line[0] for line in _LINE.finditer(text))  # a StringIO would hold it once more, four bytes a character


def _guess_delimiter(sample: str) -> str:
    """The delimiter that parts most of the first rows alike, and into most columns."""
    return max(DELIMITERS, key=lambda delimiter: (_alikeness(sample, delimiter), -DELIMITERS.index(delimiter)))


def _alikeness(sample: str, delimiter: str) -> tuple[float, int]:
    widths = []
    try:
        for cells in csv.reader(_normal_ends(sample), delimiter=delimiter):
            widths += [len(cells)] if any(cells) else []
            if len(widths) == _SAMPLE_LINES:
                break
    except csv.Error:
        return 0.0, 0
    ((width, count),) = Counter(widths).most_common(1) or [(1, 1)]
    return (round(count / max(len(widths), 1), 1), width) if width > 1 else (0.0, 1)
