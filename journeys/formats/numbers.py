"""Numbers as people type them, in any common locale: 10,000,000 · 10.000.000 · 10 000 000 · 1.250,5 · 0,5 · 1e-05."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

NUMBER_MAX = 60  # characters of a text that may still be a number with its unit
_SPACE = r"\s'’_"
_TOKEN = re.compile(rf"\s*([-+−]?(?:nan\b|inf(?:inity)?\b|∞|[\d.,](?:[{_SPACE}]?[\d.,])*(?:e[-+]?\d+)?))\s*", re.I)
_THOUSANDS = re.compile(
    rf"[1-9]\d{{0,2}}(?P<part>[.,{_SPACE}])\d{{3}}(?:(?P=part)\d{{3}})*(?:(?!(?P=part))(?P<mark>[.,])\d+)?"
)
_INDIAN = re.compile(r"[1-9]\d?(?:,\d\d)+,\d{3}(?P<mark>\.\d+)?")


@dataclass(frozen=True, slots=True)
class Amount:
    """A value, and what to ask about it where it could be read in two ways."""

    value: float
    doubt: str = ""


def split_number(text: str, *, is_whole: bool = False) -> tuple[Amount, str] | None:
    """The number that a text begins with, and the rest of the text; None where it begins with none.

    is_whole: only a whole number makes sense here, so that 10.000 is ten thousand.
    """
    match = _TOKEN.match(text) if len(text) <= NUMBER_MAX else None
    number = _read_number(match[1].casefold().replace("−", "-"), is_whole=is_whole) if match else None
    return (number, text[match.end() :].strip()) if match and number else None


def _read_number(token: str, *, is_whole: bool) -> Amount | None:
    sign, digits = ("-", token[1:]) if token[0] == "-" else ("", token.removeprefix("+"))
    if _INDIAN.fullmatch(digits):
        return Amount(float(sign + digits.replace(",", "")))
    thousands = _THOUSANDS.fullmatch(digits)
    if thousands and not (_may_be_decimal(thousands) and thousands["part"] == "." and not is_whole):
        value = _without_groups(thousands)
        is_doubtful = _may_be_decimal(thousands) and thousands["part"] == "," and not is_whole
        return Amount(float(sign + value), _comma_doubt(digits, value) if is_doubtful else "")
    try:
        return Amount(float(sign + digits.replace(",", ".").replace("∞", "inf")))
    except ValueError:
        return None


def _may_be_decimal(thousands: re.Match[str]) -> bool:
    """Whether there is one separator only, so that it might be a decimal mark: 1,250."""
    return not thousands["mark"] and thousands[0].count(thousands["part"]) == 1


def _without_groups(thousands: re.Match[str]) -> str:
    plain = thousands[0].replace(thousands["part"], "")
    return plain.replace(thousands["mark"], ".") if thousands["mark"] else plain


def _comma_doubt(digits: str, value: str) -> str:
    return _("“%(digits)s” was read as %(value)s. Write %(decimal)s if it is a fraction.") % {
        "digits": digits,
        "value": value,
        "decimal": digits.replace(",", ".").rstrip("0").rstrip("."),
    }
