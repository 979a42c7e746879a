"""Writes a journey as an outline that `parse_outline` reads back without loss."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journeys.formats.amounts import AmountError
from journeys.formats.escapes import escape
from journeys.formats.moment_parts import meaning_of
from journeys.formats.outline import HEADING, MARKER, PASSED_OVER
from journeys.formats.words import vocabulary
from journeys.plan import JourneyPlan, MomentPlan

_INDENT = " " * 4
_KEYED = (
    ("sees", "experience"),
    ("expects", "expectation"),
    ("front", "serves_in_front"),
    ("behind", "stands_behind"),
    ("systems", "systems"),
)
_PLAIN_WORDS_MIN = 4


def write_outline(plan: JourneyPlan) -> str:
    """The outline of a plan: parse_outline(write_outline(plan)) == (plan, []) for every plan with a title and a moment.

    Texts may hold anything but U+0000 and lone surrogates; numbers are finite and inside the limits.
    """
    return "\n".join((*_header(plan), *_body(plan))) + "\n"


def _header(plan: JourneyPlan) -> Iterator[str]:
    yield f"# {escape(plan.title)}"
    yield f"customers: {plan.customers_per_year}"
    if plan.customer:
        yield f"customer: {escape(plan.customer)}"
    yield f"language: {plan.language}"


def _body(plan: JourneyPlan) -> Iterator[str]:
    for stage in plan.stages:
        yield ""
        yield _stage_line(stage.title)
        for moment in stage.moments:
            yield "- " + " | ".join(short_parts(moment))
            yield from (_INDENT + part for part in long_parts(moment))


def _stage_line(title: str) -> str:
    """The title, with a backslash where it would be read as something else than a stage."""
    line = escape(title)
    if numbered := re.match(r"\d{1,3}(?=[.)])", line):
        return f"{numbered[0]}\\{line[numbered.end() :]}"
    if HEADING.match(line) or MARKER.match(line) or PASSED_OVER.fullmatch(line):
        return f"\\{line}"
    key, colon, _rest = line.partition(":")
    return line.replace(":", "\\:", 1) if colon and key.strip().casefold() in vocabulary().header_keys else line


def short_parts(moment: MomentPlan) -> Iterator[str]:
    """Its title, then channel, contacts, time and the rest that is said in a word."""
    yield escape(moment.title)
    if moment.channel != "other":
        yield moment.channel.replace("_", " ")
    yield f"{_number(moment.contacts_per_customer)}/yr"
    yield f"{_number(moment.seconds)} s"
    if moment.level is not None:
        yield f"level {moment.level}"
    if moment.is_make_or_break:
        yield "make or break"
    if moment.decision:
        yield moment.decision


def long_parts(moment: MomentPlan) -> Iterator[str]:
    """Its texts, one part each, escaped."""
    for key, field in _KEYED:
        if text := getattr(moment, field):
            yield f"{key}: {escape(text)}"
    if moment.what_more:
        text = escape(moment.what_more)
        yield text if _reads_as_text(text) else f"more: {text}"


def _reads_as_text(part: str) -> bool:
    """Whether a part without a key is sure to be read as text, in any language: a sentence without a colon."""
    if not part[0].isalpha() or ":" in part or len(part.split()) < _PLAIN_WORDS_MIN:
        return False
    try:
        meaning = meaning_of(part)
    except AmountError:
        return False
    return meaning.field == "what_more" and not meaning.doubt


def _number(value: float) -> str:
    """The shortest digits that give the same number back."""
    return str(int(value)) if value == int(value) else repr(value)
