"""Any scale as levels: what the values of an earlier survey or of paper forms mean on the six. Pure functions.

Nothing is decided here for good: what `propose_levels` gives is shown to the manager, who changes it, and what is then
used is kept with the round. Where a scale has a middle, it becomes level 3, "the usual": METHOD, "The six levels".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import override

from assessments.choices import ANSWER_LANGUAGES
from assessments.scale_words import MEANINGS
from journeys.choices import LEVEL_MEANINGS, Level

VALUES_MAX = 200
TABLES: dict[str, Mapping[int, int]] = {
    "1-3": {1: 2, 2: 3, 3: 4},
    "1-4": {1: 1, 2: 2, 3: 4, 4: 5},
    "1-5": {1: 1, 2: 2, 3: 3, 4: 4, 5: 5},
    "1-6": {level: level for level in range(1, 7)},
    "1-7": {1: 1, 2: 2, 3: 2, 4: 3, 5: 4, 6: 5, 7: 6},
    "0-10": {0: 1, 1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 3, 8: 3, 9: 4, 10: 5},
    "0-1": {0: 2, 1: 4},
}
"""By name, the level of each number. 0 to 10 as the recommendation question reads it: to 6, 7 and 8, 9 and 10."""
CODES_OF_NOTHING = frozenset({-999, -99, -98, -97, -9, -8, -7, -1, 77, 88, 97, 98, 99, 777, 888, 997, 998, 999})
_LEADING = re.compile(r"([-+]?\d{1,4}(?:[.,]\d{1,6})?)\s*(?:$|[-–—:.)=/|(]|stars?\b|sterne?\b|★)")
_STARS = re.compile("([★⭐]+)[☆✩]*")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one value may mean. level: None for "no level"; is_sure: or somebody has to say; doubt: what to see to."""

    level: int | None
    is_sure: bool = True
    doubt: str = ""


@lru_cache(maxsize=4_096)
def normal(value: str) -> str:
    """One way of writing a value: 3, 3.0, " 3,00" are 3; Very  Good is very good. Empty for an empty one."""
    text = _SPACES.sub(" ", value.replace("\0", "")).strip().casefold().strip("\"'")
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return text
    return f"{number:g}" if abs(number) < 1e6 else text


def number_of(value: str) -> float | None:
    """The number that a normal value is or begins with: 5, "5 - very good", "4/5", "★★★"; None for none."""
    if stars := _STARS.fullmatch(value):
        return float(len(stars[1]))
    found = _LEADING.match(value)
    return float(found[1].replace(",", ".")) if found else None


def guess_scale(values: Iterable[str]) -> str:
    """The scale that the numbers among normal values stand on, by their range; "words" where none is a number."""
    numbers = {number for value in values if (number := number_of(value)) is not None}
    numbers = {number for number in numbers if number not in CODES_OF_NOTHING} or numbers
    if 9 in numbers and not numbers & {6, 7, 8, 10} and len(numbers) > 1 and max(numbers) == 9:
        numbers -= {9}  # stands far from the others: many surveys write 9 for "don't know"
    if not numbers:
        return "words"
    if numbers <= {0.0, 1.0} and 0.0 in numbers:
        return "0-1"
    top = max(numbers)
    for name, most in (("1-3", 3), ("1-4", 4), ("1-5", 5), ("1-6", 6), ("1-7", 7), ("0-10", 10)):
        if top <= most:
            return name
    return "0-100" if top <= 100 else "words"


def propose_levels(
    values: Iterable[str], scale: str = "", own_words: Mapping[str, int] | None = None
) -> dict[str, Proposal]:
    """By normal value, what it may mean. scale: a name of `TABLES` or "0-100", or guessed; own_words: normal ones."""
    listed = [value for value in values if value]
    name = scale or guess_scale(listed)
    words = {**known_words(), **(own_words or {})}
    return {value: _proposal(value, name, words) for value in listed}


def _proposal(value: str, scale: str, words: Mapping[str, int | None]) -> Proposal:
    if value in words:
        return Proposal(words[value])
    number = number_of(value)
    if number is None:
        return Proposal(None, is_sure=False, doubt=_("Say what this means."))
    if number == 0 and scale not in ("0-10", "0-100", "0-1"):
        return Proposal(None, doubt=_("Read as “not applicable”. If it is the lowest mark, choose level 1."))
    level = level_of(number, scale)
    if level is None and (number in CODES_OF_NOTHING or number == 9):
        return Proposal(None, doubt=_("Read as “no answer”."))
    if level is None:
        return Proposal(None, is_sure=False, doubt=_("This lies outside of the scale."))
    if number == 0 and scale == "0-10":
        return Proposal(level, doubt=_("Read as the lowest mark. If it stands for “not applicable”, choose no level."))
    return Proposal(level, doubt="" if number.is_integer() else _("Between two marks: the lower one counts."))


def level_of(number: float, scale: str) -> int | None:
    """The level of a number on a scale; between two marks the lower one's. None outside of it."""
    if scale == "0-100":
        scale, number = "0-10", number / 10
    table = TABLES.get(scale, {})
    whole = int(number) if number >= 0 else -1
    inside = table and min(table) <= number <= max(table)
    return table.get(whole) if inside else None


@lru_cache(maxsize=1)
def known_words() -> dict[str, int | None]:
    """Normal words of which the meaning is known: the levels' names and meanings, and those that surveys use."""
    words: dict[str, int | None] = {normal(word): level for word, level in MEANINGS.items()}
    for language in ANSWER_LANGUAGES:
        with override(language):
            for level in Level:
                words[normal(str(level.label))] = words[normal(str(LEVEL_MEANINGS[level]))] = level.value
    return words
