"""Communications from a pasted table: the columns by their names in the first line. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from improvements.communications.limits import COMMUNICATIONS_MAX, EVENTS_MAX, RECIPIENTS_MAX, TIMES_MAX
from improvements.limits import SHORT_MAX
from improvements.models import CommunicationKind, Per
from journeys.formats.amounts import AmountError, read_bare, read_count
from journeys.formats.delimited import read_delimited
from journeys.formats.rows import TableError
from journeys.limits import TITLE_MAX

COLUMNS = {
    "name": ("name", "communication", "title"),
    "kind": ("kind", "type", "channel"),
    "sent_by": ("sent by", "who sends it", "sender", "team"),
    "recipients": ("customers", "recipients", "to how many"),
    "times": ("how often", "times", "times a year", "frequency"),
    "per": ("per", "counted"),
    "events_per_year": ("events a year", "events"),
    "purpose": ("what it is for", "purpose"),
    "moment": ("stage or moment", "moment", "stage"),
    "relevance": ("relevance",),
    "level": ("level",),
}
LENGTHS = {"name": TITLE_MAX, "moment": TITLE_MAX, "sent_by": SHORT_MAX, "purpose": SHORT_MAX}
SAID_MAX = 20


def read_table(text: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Values of each row, and what is wrong, line by line; whoever finds something wrong takes in nothing."""
    try:
        rows = list(read_delimited(text.encode("utf-8", "replace"))[0])
    except TableError as error:
        return [], [str(error)]
    columns = _columns(rows[0].cells) if rows else {}
    if "name" not in columns.values():
        return [], [_("No column is called “name”. The first line has to name the columns.")]
    if len(rows) - 1 > COMMUNICATIONS_MAX:
        return [], [_("At most %(most)d rows at once.") % {"most": COMMUNICATIONS_MAX}]
    found, wrong = [], []
    for row in rows[1:]:
        values, problems = _read_row(row.cells, columns)
        wrong += [_("Line %(line)s: %(problem)s") % {"line": row.number, "problem": problem} for problem in problems]
        found.append(values)
    if not found and not wrong:
        wrong = [_("There is no row below the columns.")]
    return found, wrong[:SAID_MAX]


def _columns(cells: Sequence[str]) -> dict[int, str]:
    """Fields by place; columns that are called otherwise are left out."""
    names = {alias: field for field, aliases in COLUMNS.items() for alias in (*aliases, field.replace("_", " "))}
    found: dict[int, str] = {}
    for place, cell in enumerate(cells):
        field = names.get(" ".join(cell.lower().replace("_", " ").split()))
        if field and field not in found.values():
            found[place] = field
    return found


def _read_row(cells: Sequence[str], columns: Mapping[int, str]) -> tuple[dict[str, Any], list[str]]:
    said = {field: cells[place].strip() for place, field in columns.items() if place < len(cells)}
    values: dict[str, Any] = {}
    problems: list[str] = []
    for field, text in said.items():
        try:
            value = _read(field, text.replace("\0", ""))
        except (AmountError, ValueError) as error:
            problems.append(f"{COLUMNS[field][0]}: {error}")
            continue
        if value is not None:
            values[field] = value
    if not values.get("name") and not problems:
        problems.append(_("it has no name"))
    if values.get("per") == Per.EVENT and values.get("events_per_year") is None and not problems:
        problems.append(_("counted per event, it needs events a year"))
    return values, problems


def _read(field: str, text: str) -> Any:
    """None for an empty cell. Raises AmountError or ValueError with the reason."""
    if not text:
        return None
    if field == "kind":
        return _choice(text, CommunicationKind, CommunicationKind.OTHER)
    if field == "per":
        return _choice(text, Per, None)
    if field == "recipients":
        return _within(read_count(text), RECIPIENTS_MAX)
    if field in ("times", "events_per_year"):
        return _number(text, TIMES_MAX if field == "times" else EVENTS_MAX)
    if field in ("relevance", "level"):
        return _step(text, 5 if field == "relevance" else 6)
    if len(text) > LENGTHS[field]:
        raise ValueError(_("at most %(most)d letters") % {"most": LENGTHS[field]})
    return text


def _choice(text: str, choices: Any, otherwise: Any) -> Any:
    wanted = text.casefold()
    for value, label in choices.choices:
        if wanted in (value, str(label).casefold()):
            return value
    if otherwise is None:
        raise ValueError(_("“%(text)s” is neither “a year” nor “per event”") % {"text": text[:40]})
    return otherwise


def _step(text: str, most: int) -> int:
    if len(text) != 1 or text not in "123456"[:most]:
        raise ValueError(_("“%(text)s” is no step from 1 to %(most)d") % {"text": text[:40], "most": most})
    return int(text)


def _number(text: str, most: int) -> float:
    amount = read_bare(text, most)
    if amount is None:
        raise ValueError(_("“%(text)s” is not a number") % {"text": text[:40]})
    return amount.value


def _within(value: float, most: int) -> int:
    if value > most:
        raise ValueError(_("more than %(most)d") % {"most": most})
    return int(value)
