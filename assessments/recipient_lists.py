"""Lists of people to be asked by mail, as they are typed, pasted or come in a file: what each row says, or why not."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from assessments.answers import clean_text
from assessments.choices import ANSWER_LANGUAGES
from assessments.models import Recipient, Round, RoundGroup
from journeys.formats.delimited import read_delimited
from journeys.formats.rows import Row, TableError
from journeys.formats.xlsx_reader import is_xlsx, read_xlsx
from journeys.limits import ROWS_MAX

NAME_MAX = 120
COLUMN_WORDS = {
    "email": {"email", "e-mail", "mail", "e-mail address", "email address", "adresse", "correo", "courriel", "epost"},
    "name": {"name", "nom", "nombre", "namn", "full name", "person"},
    "group": {"group", "team", "branch", "gruppe", "groupe", "grupo", "grupp", "department"},
    "language": {"language", "lang", "sprache", "langue", "idioma", "språk"},
}
_NAMED = re.compile(r"\s*(.*?)\s*<\s*([^<>]+?)\s*>\s*")
_LANGUAGES = {code: code for code in ANSWER_LANGUAGES} | {
    name.casefold(): code for code, name in ANSWER_LANGUAGES.items()
}


@dataclass(frozen=True, slots=True)
class RecipientLine:
    """Somebody to ask. group: None for none."""

    email: str
    name: str
    group: RoundGroup | None
    language: str


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """number: its line or row, from 1."""

    number: int
    text: str
    reason: str


@dataclass(slots=True)
class RecipientList:
    """What a list holds. there_count: rows of people who are in the round already."""

    lines: list[RecipientLine] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    there_count: int = 0

    def to_text(self) -> str:
        """The same list as a table; what is read from it is this list again."""
        text = io.StringIO()
        table = csv.writer(text, delimiter="\t", lineterminator="\n")
        table.writerow(COLUMN_WORDS)
        for line in self.lines:
            table.writerow((line.email, line.name, line.group.name if line.group else "", line.language))
        return f"sep=\t\n{text.getvalue()}"


def read_recipients(round_: Round, view: str, content: bytes) -> RecipientList:
    """What a file or a text says. Raises TableError where it can't be read at all, or has too many rows."""
    rows, _name = read_xlsx(content) if is_xlsx(content) else read_delimited(content)
    groups = {group.name.casefold(): group for group in round_.groups.all()}
    there = set(Recipient.objects.filter(round=round_, view=view).order_by().values_list("email", flat=True))
    found, known = RecipientList(), dict[str, int]()
    reader = _Reader(groups, round_.languages)
    for number, row in enumerate(_without_header(rows, reader)):
        if number >= ROWS_MAX:
            raise TableError(_("This list has more than %s rows. Take a part of it.") % f"{ROWS_MAX:,}")
        _take(row, reader, found, known, there)
    return found


def _without_header(rows: Iterator[Row], reader: _Reader) -> Iterable[Row]:
    """A first row of known words and without an address says which column is which."""
    first = next(rows, None)
    if first is None:
        return ()
    if any("@" in cell for cell in first.cells) or not reader.take_header(first.cells):
        return chain([first], rows)
    return rows


class _Reader:
    """Cells of a row as recipients."""

    def __init__(self, groups: dict[str, RoundGroup], languages: Sequence[str]) -> None:
        self.groups, self.languages = groups, languages
        self.columns: dict[str, int] = {}

    def take_header(self, cells: Sequence[str]) -> bool:
        """Whether these are names of columns, the address among them."""
        for place, cell in enumerate(cells):
            for field_name, words in COLUMN_WORDS.items():
                if cell.strip().casefold() in words:
                    self.columns.setdefault(field_name, place)
        if "email" not in self.columns:
            self.columns = {}
        return bool(self.columns)

    def read(self, cells: Sequence[str]) -> list[RecipientLine]:
        """Those of one row: several where it holds several addresses. Raises ValidationError with the reason."""
        said = self._by_column(cells) if self.columns else self._by_content(cells)
        group, language = self._group(said["group"]), self._language(said["language"])
        if not said["emails"]:
            raise ValidationError(_("There is no e-mail address in it."))
        return [_line(address, said["name"], group, language) for address in said["emails"]]

    def _by_column(self, cells: Sequence[str]) -> dict[str, list[str]]:
        said = {name: [cells[place].strip()] for name, place in self.columns.items() if place < len(cells)}
        emails = [cell for cell in said.get("email", []) if cell]
        return {"emails": emails, **{name: said.get(name, []) for name in ("name", "group", "language")}}

    def _by_content(self, cells: Sequence[str]) -> dict[str, list[str]]:
        said: dict[str, list[str]] = {"emails": [], "name": [], "group": [], "language": []}
        for cell in filter(None, (cell.strip() for cell in cells)):
            said[self._kind(cell)].append(cell)
        while len(said["name"]) > 1 and not said["group"]:
            said["group"].append(said["name"].pop())
        return said

    def _kind(self, cell: str) -> str:
        if "@" in cell:
            return "emails"
        if cell.casefold() in self.groups:
            return "group"
        return "language" if cell.casefold() in _LANGUAGES else "name"

    def _group(self, said: list[str]) -> RoundGroup | None:
        name = " ".join(said).strip()
        if not name:
            return None
        if name.casefold() not in self.groups:
            raise ValidationError(_("There is no group “%s” in this round.") % name[:80])
        return self.groups[name.casefold()]

    def _language(self, said: list[str]) -> str:
        name = " ".join(said).strip()
        if not name:
            return str(self.languages[0])
        code = _LANGUAGES.get(name.casefold())
        if code not in self.languages or code is None:
            raise ValidationError(_("The round is not asked in “%s”.") % name[:40])
        return code


def _line(cell: str, names: list[str], group: RoundGroup | None, language: str) -> RecipientLine:
    named = _NAMED.fullmatch(cell)
    email = (named[2] if named else cell).strip().lower()
    name = clean_text((named[1] if named else "").strip("\"' ") or " ".join(names))
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(_("“%s” is no e-mail address.") % email[:80]) from None
    if len(email) > 254 or len(name) > NAME_MAX:
        raise ValidationError(_("The name has more than %s characters.") % NAME_MAX)
    return RecipientLine(email, name, group, language)


def _take(row: Row, reader: _Reader, found: RecipientList, known: dict[str, int], there: set[str]) -> None:
    try:
        lines = reader.read(row.cells)
    except ValidationError as refusal:
        found.rejected.append(RejectedRow(row.number, ", ".join(filter(None, row.cells))[:120], refusal.messages[0]))
        return
    for line in lines:
        if line.email in there:
            found.there_count += 1
        elif line.email in known:
            reason = _("This address is in row %s already.") % known[line.email]
            found.rejected.append(RejectedRow(row.number, line.email, reason))
        else:
            known[line.email] = row.number
            found.lines.append(line)
