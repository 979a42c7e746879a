"""How a delimited text is parted: by which character, with which quotes, and whether its first row names columns."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from journeys.contacts.limits import COLUMNS_MAX, LINE_BYTES_MAX, SAMPLE_ROWS
from journeys.contacts.refusals import Refused

_USUAL = ",;\t|"
_RARE = "~^:\x1f\x01"
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n")
_NUMBER = re.compile(r"[-+]?\d[\d.,:/ TZ+-]*")


@dataclass(frozen=True)
class Dialect:
    """delimiter: " " stands for any run of blanks. skipped: lines before the header. has_quotes: a cell may
    stand in quotation marks, with delimiters and ends of lines in it.
    """

    delimiter: str
    has_header: bool
    skipped: int = 0
    has_quotes: bool = True


def guess_dialect(text: str) -> Dialect:
    """The dialect of a text, from its beginning. Raises Refused."""
    if named := _SEPARATOR_LINE.match(text):
        return Dialect(named[1], True, 1)
    _check_lines(text)
    delimiter = _guess_delimiter(text)
    rows = split_head(text, delimiter)
    if not rows:
        raise Refused(_("This file is empty."))
    if len(rows[0]) > COLUMNS_MAX:
        raise Refused(
            _("This log has %(columns)s columns; at most %(limit)s are read.")
            % {"columns": len(rows[0]), "limit": COLUMNS_MAX}
        )
    return Dialect(delimiter, not _looks_like_data(rows[0]))


def _check_lines(text: str) -> None:
    if any(len(line) >= 200_000 for line in text.splitlines()[:SAMPLE_ROWS]):
        raise Refused(
            _("A line of this log is too long: at most %(limit)s characters are read.") % {"limit": LINE_BYTES_MAX}
        )


def split_head(text: str, delimiter: str) -> list[list[str]]:
    """The first rows, of which none is cut off where it can be known."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if delimiter == " ":
        return [line.split() for line in lines.splitlines() if line.strip()][:SAMPLE_ROWS]
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter):
            rows += [cells] if cells and cells != [""] else []
            if len(rows) == SAMPLE_ROWS:
                break
    except csv.Error:
        pass  # a field that is not closed: the reader of the whole file names its row
    return rows


def _guess_delimiter(text: str) -> str:
    """The delimiter that parts the first rows most alike, usual ones first; then blanks, then rare ones."""
    lines = [line for line in text.splitlines()[:100] if line.strip()]
    sample = "\n".join(lines)
    if usual := _most_alike(sample, _USUAL):
        return usual
    widths = {len(line.split()) for line in lines}
    if len(lines) > 1 and len(widths) == 1 and widths != {1}:
        return " "
    return _most_alike(sample, _RARE) or ","


def _most_alike(sample: str, delimiters: str) -> str:
    best = max(delimiters, key=lambda delimiter: (_alikeness(sample, delimiter), -delimiters.index(delimiter)))
    return best if _alikeness(sample, best)[0] else ""


def _alikeness(sample: str, delimiter: str) -> tuple[float, int]:
    widths = [len(row) for row in split_head(sample, delimiter)[:50]]
    ((width, count),) = Counter(widths).most_common(1) or [(1, 1)]
    return (round(count / max(len(widths), 1), 1), width) if width > 1 else (0.0, 1)


def _looks_like_data(first: Sequence[str]) -> bool:
    """Whether a first row holds numbers or times, and so no names of columns."""
    return any(_NUMBER.fullmatch(cell.strip()) for cell in first)


def name_columns(first: Sequence[str]) -> list[str]:
    """Names of columns, each once: an empty one is called by its place, a second one gets a number."""
    taken: Counter[str] = Counter()
    names = []
    for place, cell in enumerate(first, start=1):
        name = cell.strip() or _("Column %(place)s") % {"place": place}
        while taken[name]:
            taken[name] += 1
            name = f"{name} ({taken[name]})"
        taken[name] += 1
        names.append(name)
    return names
