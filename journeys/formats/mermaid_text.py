"""The statements of a Mermaid journey text: title, accessible title and description, sections, tasks."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from journeys.formats.findings import Findings
from journeys.formats.lines import Line, split_lines
from journeys.formats.mermaid_details import Details, is_detail
from journeys.formats.mermaid_wrapping import REMARK, unwrap

_STATEMENT = re.compile(r"(?P<word>title|section)(?:\s(?P<text>.*)|$)", re.I | re.S)
_ACCESSIBLE = re.compile(r"(?P<word>accTitle|accDescr)\s*:(?P<text>.*)", re.I | re.S)
_BLOCK = re.compile(r"accDescr\s*\{", re.I)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.I)


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
    """What a text draws, blanks around each piece taken off. Lines count from 1.

    details: our own remarks under the title [0] and under the first, second, ... element [1, 2, ...].
    """

    title: str = ""
    title_line: int = 1
    is_headed: bool = False
    front_matter_title: str = ""
    acc_title: str = ""
    acc_description: str = ""
    description_line: int = 1
    elements: list[MermaidSection | MermaidTask] = field(default_factory=list)
    details: dict[int, Details] = field(default_factory=lambda: defaultdict(Details))

    @property
    def sections(self) -> list[str]:
        return [element.title for element in self.elements if isinstance(element, MermaidSection)]

    @property
    def tasks(self) -> list[MermaidTask]:
        return [element for element in self.elements if isinstance(element, MermaidTask)]


def read_statements(text: str, findings: Findings) -> MermaidJourney:
    """Every statement of the text; a line that is none becomes a task without a score, so that nothing is lost."""
    unwrapped = unwrap(list(split_lines(text, findings)))
    diagram = MermaidJourney(
        title_line=unwrapped.title_line,
        is_headed=unwrapped.is_headed,
        front_matter_title=unwrapped.front_matter_title,
    )
    last_brace = max((line.number for line in unwrapped.lines if "}" in line.text), default=0)
    statements = _Statements(diagram, findings, last_brace)
    for line in sorted((*unwrapped.lines, *unwrapped.details), key=lambda line: line.number):
        statements.take(line)
    return diagram


class _Statements:
    """Takes one line after the other; a description in braces may run over several."""

    def __init__(self, diagram: MermaidJourney, findings: Findings, last_brace: int) -> None:
        self._diagram = diagram
        self._findings = findings
        self._last_brace = last_brace
        self._section = ""
        self._block: list[str] | None = None

    def take(self, line: Line) -> None:
        if is_detail(line.text):
            self._diagram.details[len(self._diagram.elements)].take(line)
            return
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
        remark = REMARK.search(text)
        if remark is None:
            return text
        message = _("“%(remark)s” was left out: # begins a remark. Write #35; for the character itself.")
        self._findings.add_doubt(line, message % {"remark": text[remark.start() :][:60]})
        return text[: remark.start()]


def _task(line: int, section: str, text: str) -> MermaidTask:
    name, *data = text.split(":", 2)
    people = tuple(person.strip() for person in data[1].split(",")) if len(data) > 1 else ()
    return MermaidTask(line, section, name.strip(), data[0].strip() if data else "", people)
