"""The parts of a workbook: what each says, collected while its XML is read piece by piece."""

from __future__ import annotations

import re
import xml.parsers.expat
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from journeys.contacts.limits import COLUMNS_MAX
from journeys.contacts.refusals import Refused
from journeys.contacts.workbook_values import Kind, kind_of, told_cell

ROWS_MAX = 1_048_576  # that a sheet can have
TEXTS_MAX = 100_000_000  # characters that cells share
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


class Part:
    """A part of the archive while it is read. Names of elements and attributes are told without their namespace."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.parser = xml.parsers.expat.ParserCreate()
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = lambda tag: self.end(_local(tag))
        self.parser.CharacterDataHandler = self.text.append
        self.parser.StartDoctypeDeclHandler = _refuse_doctype

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        self.text.clear()
        self.begin(_local(tag), given)

    def begin(self, tag: str, given: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def said(self) -> str:
        """The text of the element that ends."""
        return "".join(self.text)


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _refuse_doctype(*_parts: object) -> None:
    raise unreadable()


class Book(Part):
    """sheets: the parts of visible sheets, by the numbers of relations."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[str] = []
        self.targets: dict[str, str] = {}
        self.is_1904 = False

    def begin(self, tag: str, given: dict[str, str]) -> None:
        if tag == "workbookPr":
            self.is_1904 = given.get("date1904", "0") in {"1", "true"}
        elif tag == "sheet" and given.get("state", "visible") == "visible":
            self.sheets += [value for name, value in given.items() if _local(name) == "id"]
        elif tag == "Relationship":
            self.targets[given.get("Id", "")] = given.get("Target", "")


class Styles(Part):
    """kinds: of numbers, by style."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[Kind] = []
        self._codes: dict[int, str] = {}
        self._is_cells = False

    def begin(self, tag: str, given: dict[str, str]) -> None:
        if tag == "numFmt":
            self._codes[int(given["numFmtId"])] = given.get("formatCode", "")
        elif tag == "cellXfs":
            self._is_cells = True
        elif tag == "xf" and self._is_cells:
            number = int(given.get("numFmtId", 0))
            self.kinds.append(kind_of(number, self._codes.get(number)))

    def end(self, tag: str) -> None:
        self._is_cells = self._is_cells and tag != "cellXfs"


class Texts(Part):
    """found: the texts that cells share, without how they are pronounced."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._parts: list[str] = []
        self._is_sound, self._left = False, TEXTS_MAX

    def begin(self, tag: str, given: dict[str, str]) -> None:
        self._is_sound = self._is_sound or tag == "rPh"

    def end(self, tag: str) -> None:
        if tag == "t" and not self._is_sound:
            self._parts.append(self.said())
        elif tag == "rPh":
            self._is_sound = False
        elif tag == "si":
            text = "".join(self._parts)
            self._parts.clear()
            self._left -= len(text) + 1
            if self._left < 0:
                raise too_large()
            self.found.append(text)


@dataclass
class Known:
    """What cells refer to."""

    texts: list[str] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    is_1904: bool = False


class Sheet(Part):
    """rows: those that ended since they were last taken, without empty cells at their ends."""

    def __init__(self, known: Known) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._known, self._cells = known, list[str]()
        self._kind, self._style, self._value, self._is_sound = "", 0, "", False

    def begin(self, tag: str, given: dict[str, str]) -> None:
        if tag == "row":
            self._cells = []
            if int(given.get("r", 1)) > ROWS_MAX:
                raise too_large()
        elif tag == "c":
            self._kind, self._style, self._value = given.get("t", ""), int(given.get("s", 0)), ""
            self._go_to(given.get("r", ""))
        elif tag == "rPh":
            self._is_sound = True

    def _go_to(self, reference: str) -> None:
        column = len(self._cells)
        if reference:
            place = _PLACE.fullmatch(reference)
            if place is None:
                raise unreadable()
            column = -1
            for letter in place[1]:
                column = column * 26 + ord(letter) - 39
        if column >= COLUMNS_MAX:
            raise too_large()
        self._cells += [""] * (column - len(self._cells))

    def end(self, tag: str) -> None:
        if tag == "v" or (tag == "t" and not self._is_sound):
            self._value += self.said()
        elif tag == "rPh":
            self._is_sound = False
        elif tag == "c":
            kinds = self._known.kinds
            form = kinds[self._style] if self._style < len(kinds) else "number"
            self._cells.append(told_cell(self._kind, self._value, self._known.texts, form, is_1904=self._known.is_1904))
        elif tag == "row":
            while self._cells and not self._cells[-1]:
                self._cells.pop()
            if self._cells:
                self.rows.append(self._cells)


def unreadable() -> Refused:
    return Refused(_("This workbook can't be read. Save it anew as XLSX, without a password, or as CSV."))


def too_large() -> Refused:
    told = _("This workbook is too large: at most %(rows)s rows and %(columns)s columns. Save it as CSV.")
    return Refused(told % {"rows": f"{ROWS_MAX:,}", "columns": f"{COLUMNS_MAX:,}"})
