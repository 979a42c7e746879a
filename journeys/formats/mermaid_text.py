"""The statements of a Mermaid journey text: header, front matter, remarks, title, sections, tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

from journeys.formats.findings import Findings
from journeys.formats.lines import Line, split_lines
from journeys.limits import OUTLINE_MAX

_HEADER = re.compile(r"journey(?:\s+(?P<rest>(?:title|section|accTitle|accDescr)\b.*))?", re.I | re.S)
_FENCE = re.compile(r"(?:```|~~~)(?P<language>.*)", re.S)
_STATEMENT = re.compile(r"(?P<word>title|section)(?:\s(?P<text>.*)|$)", re.I | re.S)
_ACCESSIBLE = re.compile(r"(?P<word>accTitle|accDescr)\s*:(?P<text>.*)", re.I | re.S)
_BLOCK = re.compile(r"accDescr\s*\{", re.I)
_FRONT_TITLE = re.compile(r"title\s*:\s*(.*)", re.S)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.I)
_REMARK = re.compile(r"#(?!\w{1,12};)")


@dataclass(frozen=True, slots=True)
class MermaidSection:
    """One section; tasks that follow belong to it."""

    line: int
    title: str


@dataclass(frozen=True, slots=True)
class MermaidTask:
    """One task. score: None where Mermaid would read no number from score_text."""

    line: int
    section: str
    name: str
    score_text: str
    people: tuple[str, ...]

    @property
    def score(self) -> float | None:
        return float(self.score_text) if _NUMBER.fullmatch(self.score_text) else None


@dataclass
class MermaidJourney:
    """What a text draws, blanks around each piece taken off. Lines count from 1."""

    title: str = ""
    title_line: int = 1
    is_headed: bool = False
    front_matter_title: str = ""
    acc_title: str = ""
    acc_description: str = ""
    description_line: int = 1
    elements: list[MermaidSection | MermaidTask] = field(default_factory=list)

    @property
    def sections(self) -> list[str]:
        return [element.title for element in self.elements if isinstance(element, MermaidSection)]

    @property
    def tasks(self) -> list[MermaidTask]:
        return [element for element in self.elements if isinstance(element, MermaidTask)]


def is_mermaid(text: str) -> bool:
    """Whether a text is Mermaid's: fenced as such, or headed by the word journey with a statement under it."""
    lines = list(split_lines(text[:OUTLINE_MAX], Findings()))
    fence = _FENCE.fullmatch(lines[0].text) if lines else None
    if fence and fence["language"].strip().casefold() == "mermaid":
        return True
    body = _without_directives(_without_front_matter(lines, MermaidJourney()))
    first, second = ([line.text for line in islice(body, 2)] + ["", ""])[:2]
    header = _HEADER.fullmatch(first)
    if not header or header["rest"] or not second:
        return header is not None
    return _STATEMENT.fullmatch(second) is not None or (":" in second and second[0].isalnum())


def read_statements(text: str, findings: Findings) -> MermaidJourney:
    """Every statement of the text; a line that is none becomes a task without a score, so that nothing is lost."""
    diagram = MermaidJourney()
    body = _without_front_matter(list(split_lines(text, findings)), diagram)
    shown = [line for line in _without_directives(body) if not line.text.startswith("#")]
    lines = list(_without_header(shown, diagram))
    last_brace = max((line.number for line in lines if "}" in line.text), default=0)
    statements = _Statements(diagram, findings, last_brace)
    for line in lines:
        statements.take(line)
    return diagram


def _without_front_matter(lines: list[Line], diagram: MermaidJourney) -> list[Line]:
    """The lines after a leading block between two --- lines; its title is kept."""
    lines = [line for line in lines if not _FENCE.fullmatch(line.text)]
    ends = [index for index, line in enumerate(lines) if line.text == "---"]
    if len(ends) < 2 or ends[0] != 0:
        return lines
    for line in lines[1 : ends[1]]:
        if line.indent == lines[0].indent and (title := _FRONT_TITLE.fullmatch(line.text)):
            diagram.front_matter_title, diagram.title_line = title[1].strip().strip("\"'"), line.number
    return lines[ends[1] + 1 :]


def _without_directives(lines: list[Line]) -> Iterator[Line]:
    """Lines outside remarks after %% and outside directives, which may be long: %%{ ... }%%."""
    last_end = max((line.number for line in lines if "}%%" in line.text), default=0)
    is_in_directive = False
    for line in lines:
        is_directive = is_in_directive or line.text.startswith("%%{")
        is_in_directive = is_directive and "}%%" not in line.text and line.number < last_end
        if not is_directive and not line.text.startswith("%%"):
            yield line


def _without_header(lines: list[Line], diagram: MermaidJourney) -> Iterator[Line]:
    for index, line in enumerate(lines):
        header = _HEADER.fullmatch(line.text) if index == 0 else None
        diagram.is_headed = diagram.is_headed or header is not None
        if header is None:
            yield line
        elif header["rest"]:
            yield Line(line.number, line.indent, header["rest"])


class _Statements:
    """Takes one line after the other; a description in braces may run over several."""

    def __init__(self, diagram: MermaidJourney, findings: Findings, last_brace: int) -> None:
        self._diagram = diagram
        self._findings = findings
        self._last_brace = last_brace
        self._section = ""
        self._block: list[str] | None = None

    def take(self, line: Line) -> None:
        accessible = _ACCESSIBLE.match(line.text) if self._block is None else None
        if self._block is not None:
            self._take_block_line(line, line.text)
        elif _BLOCK.match(line.text):
            self._block, self._diagram.description_line = [], line.number
            self._take_block_line(line, line.text.partition("{")[2])
        elif accessible:
            self._describe(line.number, accessible["word"], accessible["text"].strip())
        else:
            self._take_statement(line.number, line.text)

    def _take_block_line(self, line: Line, text: str) -> None:
        """A block that is never closed ends with its own line; what follows a closing brace is a statement."""
        text, brace, rest = text.partition("}")
        self._block = self._block or []
        self._block.append(text.strip())
        if brace or line.number >= self._last_brace:
            self._diagram.acc_description, self._block = "\n".join(filter(None, self._block)), None
        if rest := rest.strip():
            self._take_statement(line.number, rest)

    def _describe(self, line: int, word: str, text: str) -> None:
        if word.casefold() == "acctitle":
            self._diagram.acc_title = text
        else:
            self._diagram.acc_description, self._diagram.description_line = text, line

    def _take_statement(self, line: int, text: str) -> None:
        text = self._without_remark(line, text)
        statement = _STATEMENT.fullmatch(text)
        content = ((statement["text"] or "") if statement else text).strip()
        if statement is None:
            self._diagram.elements.append(_task(line, self._section, content))
        elif statement["word"].casefold() == "title":
            self._diagram.title, self._diagram.title_line = content, line
        else:
            self._section = content
            self._diagram.elements.append(MermaidSection(line, content))

    def _without_remark(self, line: int, text: str) -> str:
        """The text before a #, as Mermaid draws it; what is left out is named, for it may be meant: Child#1."""
        remark = _REMARK.search(text)
        if remark is None:
            return text
        message = _("“%(remark)s” was left out: # begins a remark. Write #35; for the character itself.")
        self._findings.add_doubt(line, message % {"remark": text[remark.start() :][:60]})
        return text[: remark.start()]


def _task(line: int, section: str, text: str) -> MermaidTask:
    name, *data = text.split(":", 2)
    people = tuple(person.strip() for person in data[1].split(",")) if len(data) > 1 else ()
    return MermaidTask(line, section, name.strip(), data[0].strip() if data else "", people)
