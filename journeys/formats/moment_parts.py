"""What the parts of a moment's line mean: Waits at the gate | waiting | 0.5/yr | 14 s | level 2 | Speak first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from journeys.formats.amounts import AmountError, looks_like_amount, read_bare, read_level, read_rate, read_seconds
from journeys.formats.escapes import split_parts, unescape
from journeys.formats.findings import Findings
from journeys.formats.numbers import NUMBER_MAX, Amount
from journeys.formats.words import vocabulary
from journeys.limits import CONTACTS_PER_CUSTOMER_MAX, SECONDS_MAX
from journeys.plan import MomentPlan

_JOINED_BY = {
    "experience": "\n",
    "expectation": "\n",
    "what_more": "\n",
    "serves_in_front": ", ",
    "stands_behind": ", ",
    "systems": ", ",
}
_FIELD_NAMES_MAX = 30


class Meaning(NamedTuple):
    """The field that a part fills, with what, and what to ask about it."""

    field: str
    value: Any
    doubt: str = ""


def read_moment(lines: Sequence[tuple[int, str]], findings: Findings) -> MomentPlan:
    """The moment that its line and the lines under it describe; the first part is its title."""
    title, *_rest = split_parts(lines[0][1])
    reading = _Reading(findings)
    for index, (line, raw) in enumerate(lines):
        for part in split_parts(raw)[index == 0 :]:
            if part:
                reading.take(line, part)
    if not title:
        findings.add_error(lines[0][0], _("This moment has no title. Write what the customer meets first."))
    return reading.moment(unescape(title))


def meaning_of(part: str) -> Meaning:
    """What a part, still escaped, says. Raises AmountError where it names a field but its value can't be."""
    key, colon, value = part.partition(":")
    field = vocabulary().keys.get(key.strip().casefold()) if colon and len(key) <= _FIELD_NAMES_MAX else None
    if field:
        return read_keyed(field, value.strip())
    if len(part) <= NUMBER_MAX and (meaning := _short(part)):
        return meaning
    doubt = _("“%(part)s” looks like an amount but was kept as text.") % {"part": part}
    return Meaning("what_more", unescape(part), doubt if looks_like_amount(part) else "")


def _short(part: str) -> Meaning | None:
    """A word of the vocabulary or an amount with its unit."""
    if known := vocabulary().alone.get(part.casefold()):
        return Meaning(*known)
    if level := read_level(part):
        return Meaning("level", level)
    if rate := read_rate(part):
        return Meaning("contacts_per_customer", rate.value, rate.doubt)
    seconds = read_seconds(part)
    return Meaning("seconds", seconds.value, seconds.doubt) if seconds else None


def read_keyed(field: str, value: str) -> Meaning:
    """What a value, still escaped, says of the field that it is named for. Raises AmountError where it can't be."""
    if field in _JOINED_BY:
        return Meaning(field, unescape(value))
    readers = {"contacts_per_customer": _keyed_rate, "seconds": _keyed_seconds}
    if field in readers and (amount := readers[field](value)):
        return Meaning(field, amount.value, amount.doubt)
    word = vocabulary().alone.get(value.casefold())
    if word and word[0] == field:
        return Meaning(*word)
    level = (read_level(value) or read_level(f"level {value}")) if field == "level" else None
    if level is None:
        raise AmountError(_("“%(text)s” is not known there.") % {"text": value[:NUMBER_MAX]})
    return Meaning(field, level)


def _keyed_rate(value: str) -> Amount | None:
    return read_rate(value) or read_bare(value, CONTACTS_PER_CUSTOMER_MAX)


def _keyed_seconds(value: str) -> Amount | None:
    return read_seconds(value) or read_bare(value, SECONDS_MAX)


class _Reading:
    """The parts of one moment read so far. Whatever fits nowhere stays as text in "what more we will do"."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._values: dict[str, Any] = {}
        self._texts: dict[str, list[str]] = {field: [] for field in _JOINED_BY}

    def take(self, line: int, part: str) -> None:
        try:
            meaning = meaning_of(part)
        except AmountError as error:
            self._findings.add_error(line, str(error))
            meaning = Meaning("what_more", unescape(part))
        if meaning.doubt:
            self._findings.add_doubt(line, meaning.doubt)
        if meaning.field in self._texts:
            self._texts[meaning.field].append(meaning.value)
        elif self._values.setdefault(meaning.field, meaning.value) != meaning.value:
            self._keep_second(line, part)

    def moment(self, title: str) -> MomentPlan:
        joined: dict[str, Any] = {field: _JOINED_BY[field].join(texts) for field, texts in self._texts.items()}
        return MomentPlan(title=title or _("Untitled moment"), **joined, **self._values)

    def _keep_second(self, line: int, part: str) -> None:
        message = _("“%(part)s” says a second time what an earlier part says. It was kept as text.")
        self._findings.add_doubt(line, message % {"part": part})
        self._texts["what_more"].append(unescape(part))
