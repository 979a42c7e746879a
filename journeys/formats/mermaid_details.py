"""What Mermaid has no place for, in remarks under the statement that they belong to.

    title A trip with us
    %% | customers: 10000000 | language: en
    section At the airport
      Waits at the gate: 2: gate staff
      %% | waiting | 0.5/yr | 14 s | level 2 | make or break
      %% | sees: A full lounge.

The parts are those of an outline. `%% =` gives a name that could not be drawn as it is. Mermaid passes over both.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from journeys.formats.draft import JourneyDraft
from journeys.formats.escapes import escape, split_parts, unescape
from journeys.formats.findings import Findings
from journeys.formats.header import set_header
from journeys.formats.lines import Line
from journeys.formats.mermaid_names import draw_name, plain_name
from journeys.formats.moment_parts import read_moment
from journeys.formats.words import vocabulary
from journeys.plan import MomentPlan

PARTS, EXACT = "%% |", "%% ="


def is_detail(text: str) -> bool:
    """Whether a line, its blanks taken off, is one of these remarks."""
    return text.startswith((PARTS, EXACT))


def write_parts(*parts: str) -> str:
    """One remark of parts that are escaped already; a pair of percent signs could begin a directive."""
    return f"{PARTS} {' | '.join(parts)}".replace("%%", "\\u{25}\\u{25}").replace("\\u{25}\\u{25}", "%%", 1)


def write_exact(text: str) -> str:
    """The remark that gives a name as it is; nothing where its drawing says it all."""
    if plain_name(draw_name(text)) == text:
        return ""
    return f"{EXACT} " + escape(text).replace("%%", "\\u{25}\\u{25}")


@dataclass
class Details:
    """The remarks under one statement."""

    exact: str | None = None
    parts: list[tuple[int, str]] = field(default_factory=list)

    def take(self, line: Line) -> None:
        if line.text.startswith(EXACT):
            self.exact = unescape(line.text.removeprefix(EXACT).strip())
        else:
            self.parts.append((line.number, line.text.removeprefix(PARTS).strip()))

    def name(self, raw: str) -> str:
        """The exact name as long as its drawing is still what stands there; else what stands there."""
        return self.exact if self.exact is not None and draw_name(self.exact) == raw else plain_name(raw)

    def moment(self, findings: Findings) -> MomentPlan | None:
        """The moment that the remarks describe, but for its title; None where there are none."""
        lines = [(number, f"t | {text}") if not i else (number, text) for i, (number, text) in enumerate(self.parts)]
        return read_moment(lines, findings) if lines else None

    def fill_header(self, draft: JourneyDraft) -> None:
        """Put what the remarks say of the whole journey into the draft; what they don't know they leave alone."""
        for line, text in self.parts:
            for part in split_parts(text):
                key, _colon, value = part.partition(":")
                if known := vocabulary().header_keys.get(key.strip().casefold()):
                    set_header(draft, line, known, value.strip())
