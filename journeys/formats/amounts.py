"""Amounts with a unit: 10 M · 1/yr · 2 a month · 15 s · 1:30 · level 3 · 4/6.

Each reader gives None where the text is no such amount, and raises AmountError where it is one whose value can't be.
Patterns are anchored and texts of more than NUMBER_MAX characters are never an amount, so nothing here takes long.
"""

from __future__ import annotations

import re
from math import isnan

from django.utils.translation import gettext as _

from journeys.figures import plain
from journeys.formats.numbers import NUMBER_MAX, Amount, split_number
from journeys.formats.words import vocabulary
from journeys.limits import CONTACTS_PER_CUSTOMER_MAX, CUSTOMERS_PER_YEAR_MAX, SECONDS_MAX

_A_YEAR = re.compile(r"\s*(?:/|\bper\b|\ban?\b)\s*(?:year|yr|y|annum)\.?$|\s*\bcustomers\b")
_RATE = re.compile(
    r"(?:(?:x|×|times\b|contacts?\b)\s*)?(?:/|per\b|an?\b|each\b|every\b)\s*([^\W\d_]+(?:[ -][^\W\d_]+)?)\.?"
)
_UNIT = re.compile(r"([^\W\d_]+)\.?\s*(?:,|and\b|\+)?\s*")
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d))?\s*([^\W\d_]*)\.?")
_LEVEL = re.compile(r"(?:level\b|l)\s*:?\s*([-+]?\d[\d.,]*)(?:\s*/\s*6)?|([-+]?\d[\d.,]*)\s*/\s*6")
_ALMOST = re.compile(r"[-+−~]?[\d.,]+\s*[/:%]?\s*\w{0,8}\.?|level\s+\S{1,12}", re.I)


class AmountError(ValueError):
    """An amount that can't be; its text says what to write instead."""


def read_count(text: str) -> int:
    """A whole number of customers, 0 to CUSTOMERS_PER_YEAR_MAX: 10000000, 10.000.000, 10 M, 10 million a year."""
    bare = _A_YEAR.sub("", text.strip().casefold()) if len(text) < 100 else ""
    number, unit = split_number(bare, is_whole=bare[-1:].isdecimal()) or (None, "")
    multiple = vocabulary().multiples.get(unit.strip(" ."), 0) if unit else 1
    if number is None or not multiple:
        raise AmountError(_("“%(text)s” is not a number. Write digits, such as 10000000.") % {"text": text[:100]})
    value = _checked(number.value * multiple, text, CUSTOMERS_PER_YEAR_MAX)
    if value != round(value):
        raise AmountError(_("“%(text)s” is not a whole number. Write it without decimals.") % {"text": text})
    return round(value)


def read_rate(text: str) -> Amount | None:
    """Contacts per customer a year: 0.5/yr, 2 a year, 1/month, once a week."""
    number, rest = split_number(text) or _split_once(text)
    match = _RATE.fullmatch(rest.casefold())
    times = vocabulary().times_a_year.get(match[1]) if match else None
    if number is None or times is None:
        return None
    return Amount(_checked(number.value * times, text, CONTACTS_PER_CUSTOMER_MAX), number.doubt)


def _split_once(text: str) -> tuple[Amount | None, str]:
    word, _space, rest = text.partition(" ")
    number = {"once": 1, "twice": 2}.get(word.casefold())
    return (Amount(number) if number else None), rest.strip()


def read_seconds(text: str) -> Amount | None:
    """Seconds of one contact: 15 s, 2 min 30 s, 1:30, 1 h, 1 day."""
    bare = text.lstrip("~≈ ").removesuffix(" each")
    if clock := _CLOCK.fullmatch(bare):
        return _read_clock(clock)
    amounts = _split_units(bare)
    if not amounts:
        return None
    total = sum(_checked(number.value * unit, text, SECONDS_MAX) for number, unit in amounts)
    return Amount(_checked(total, text, SECONDS_MAX), "".join(number.doubt for number, _unit in amounts))


def _split_units(text: str) -> list[tuple[Amount, float]]:
    """Numbers with their units in seconds: 1 h 30 min; empty where anything else is among them."""
    amounts = []
    while text:
        number, text = split_number(text) or (None, text)
        unit = _UNIT.match(text.casefold())
        seconds = vocabulary().seconds.get(unit[1]) if unit else None
        if number is None or unit is None or seconds is None:
            return []
        amounts.append((number, seconds))
        text = text[unit.end() :]
    return amounts


def _read_clock(clock: re.Match[str]) -> Amount | None:
    """1:30 and 1:30 min are minutes and seconds; 1:30 h and 1:30:00 begin with hours."""
    unit = vocabulary().seconds.get(clock[4].casefold(), 0) if clock[4] else (3600 if clock[3] else 60)
    if unit not in {60, 3600} or (clock[3] and unit == 60):
        return None
    seconds = int(clock[1]) * unit + int(clock[2]) * unit / 60 + int(clock[3] or 0)
    return Amount(_checked(seconds, clock[0], SECONDS_MAX))


def read_level(text: str) -> int | None:
    """A level as a number: level 3, L3, 3/6, level 3/6."""
    match = _LEVEL.fullmatch(text.casefold())
    number = (match[1] or match[2]) if match else ""
    if match and number not in {"1", "2", "3", "4", "5", "6"}:
        raise AmountError(_("There is no level %(level)s. Levels go from 1 to 6.") % {"level": number})
    return int(number) if number else None


def read_bare(text: str, limit: float) -> Amount | None:
    """A number without a unit, 0 to `limit`."""
    number, rest = split_number(text) or (None, "")
    return Amount(_checked(number.value, text, limit), number.doubt) if number and not rest else None


def looks_like_amount(text: str) -> bool:
    """Whether a text that no reader took still seems meant as an amount: 15 sek, 3/7, level nine."""
    return len(text) <= NUMBER_MAX and _ALMOST.fullmatch(text) is not None


def _checked(value: float, text: str, limit: float) -> float:
    """The value, or AmountError where it is no number, below 0 or above the limit."""
    if isnan(value):
        raise AmountError(_("“%(text)s” is not a number.") % {"text": text})
    if value < 0:
        raise AmountError(_("“%(text)s” is below 0. Write 0 or more.") % {"text": text})
    if value > limit:
        raise AmountError(_("“%(text)s” is too much: at most %(limit)s.") % {"text": text, "limit": plain(limit)})
    return abs(value)
