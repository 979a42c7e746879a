r"""The plain outline of a journey, to paste and to keep.

    # A trip with us
    customers: 10,000,000
    customer: a family on holiday
    language: en
    // Lines like this one are remarks.
    Before
    - Searches a fare | web | 1/yr | 15 s | level 3
    At the airport
    - Waits at the gate | waiting | 0.5/yr | 14 s | level 2 | enhance | make or break
        sees: A full lounge. | expects: To know how long.
        front: gate staff | behind: operations control | systems: gate display
        Speak every 15 minutes, even with no news.

A line without a dash is a stage, one with a dash (or *, or 1.) a moment; a line further in than its moment goes on with
it. Every part after a moment's title is optional and in any order; a part that is nothing else is what more we will do.
Every line of text is kept: what could not be understood stays as text and is named in a Finding.
A backslash before punctuation takes its meaning away (\|); \n is a line end inside a text, \u{9} the character U+0009.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.formats.draft import JourneyDraft, refuse_length
from journeys.formats.escapes import split_parts, unescape
from journeys.formats.findings import Finding
from journeys.formats.header import set_header
from journeys.formats.lines import Line, split_lines
from journeys.formats.moment_parts import read_moment
from journeys.formats.words import vocabulary
from journeys.limits import TITLE_MAX
from journeys.plan import JourneyPlan

HEADING = re.compile(r"(#{1,6})(?!#)\s*(.*)", re.S)
MARKER = re.compile(r"(?:[-–—•]|[*+](?=\s|$)|\d{1,3}[.)](?=\s|$))\s*")
NO_TITLE = gettext_lazy("The journey has no title. Write one in the first line: # A trip with us")
PASSED_OVER = re.compile(r"//.*|```.*|~~~.*|-{3,}|={3,}|_{3,}|\*{3,}", re.S)


def parse_outline(text: str) -> tuple[JourneyPlan, list[Finding]]:
    """The journey that an outline describes and what there is to say about its lines. Never raises.

    The plan can always be stored; where a finding is an error it is not yet what was typed.
    """
    if refused := refuse_length(text):
        return refused
    outline = _Outline()
    lines = list(split_lines(text, outline.draft.findings))
    margin = min((line.indent for line in lines), default=0)
    for line in lines:
        outline.take(line, line.indent - margin)
    return outline.finish()


class _Outline:
    """Reads line by line; a moment is kept open until a line comes that does not go on with it."""

    def __init__(self) -> None:
        self.draft = JourneyDraft()
        self._moment: list[tuple[int, str]] = []
        self._moment_indent = 0
        self._first_stage_line = 0
        self._seen: set[str] = set()

    def take(self, line: Line, indent: int) -> None:
        if self.draft.is_full or PASSED_OVER.fullmatch(line.text):
            return
        if marker := MARKER.match(line.text):
            self._close_moment()
            self._moment, self._moment_indent = [(line.number, line.text[marker.end() :])], indent
        elif self._moment and indent > self._moment_indent:
            self._moment.append((line.number, line.text))
        else:
            self._close_moment()
            self._take_plain(line)

    def finish(self) -> tuple[JourneyPlan, list[Finding]]:
        self._close_moment()
        if "title" not in self._seen:
            self._look_for_title()
        if not self.draft.moments_count:
            self.draft.findings.add_doubt(1, _("There is no moment yet. Begin each with a dash: - Waits at the gate"))
        return self.draft.finish()

    def _close_moment(self) -> None:
        if self._moment:
            self.draft.add_moment(self._moment[0][0], read_moment(self._moment, self.draft.findings))
        self._moment = []

    def _take_plain(self, line: Line) -> None:
        heading = HEADING.match(line.text)
        if heading and len(heading[1]) == 1 and "title" not in self._seen:
            self._take_title(line, unescape(heading[2]))
        elif heading:
            self._take_stage(line, heading[2])
        elif not self._take_header(line):
            self._take_stage(line, line.text)

    def _take_title(self, line: Line, title: str) -> None:
        self._seen.add("title")
        self.draft.title = self.draft.fit(line.number, title, TITLE_MAX)
        if not title:
            self.draft.findings.add_error(line.number, _("The title is empty. Write it after the #."))

    def _take_stage(self, line: Line, raw: str) -> None:
        self._first_stage_line = self._first_stage_line or line.number
        if not raw:
            self.draft.findings.add_error(line.number, _("This stage has no title. Write one."))
        if len(split_parts(raw)) > 1:
            message = _("This line has parts but no dash, so it was read as a stage. Begin it with - for a moment.")
            self.draft.findings.add_doubt(line.number, message)
        self.draft.open_stage(line.number, unescape(raw) or _("Untitled stage"))

    def _take_header(self, line: Line) -> bool:
        """Whether the line was one of those above the first moment: customers, customer, language."""
        key, colon, value = line.text.partition(":")
        field = vocabulary().header_keys.get(key.strip().casefold()) if colon and len(key) < TITLE_MAX else None
        if not field:
            return False
        if self.draft.moments_count or field in self._seen:
            message = _("“%(key)s” is read once, above the first moment. This line became a stage.")
            self.draft.findings.add_doubt(line.number, message % {"key": key.strip()})
            return False
        self._seen.add(field)
        set_header(self.draft, line.number, field, value.strip())
        return True

    def _look_for_title(self) -> None:
        """Without a # line, a first stage that holds nothing is meant as the title."""
        findings, stages = self.draft.findings, self.draft.stages
        if len(stages) > 1 and not stages[0][1]:
            self.draft.title = stages.pop(0)[0]
            findings.add_doubt(
                self._first_stage_line, _("This line was read as the title. Begin it with # to be sure.")
            )
        else:
            findings.add_doubt(1, str(NO_TITLE))
