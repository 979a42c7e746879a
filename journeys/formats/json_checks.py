"""Checks of JSON values, each problem named by its path: stages[0].moments[2].level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from journeys.figures import plain
from journeys.formats.findings import Findings

_REFUSED = re.compile("[\x00\ud800-\udfff]")
_SHOWN_MAX = 40


class JsonChecks:
    """Gives each value as it may be stored, or a default and an error with the value's path."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings

    def refuse(self, path: str, text: str) -> None:
        self.findings.add_error(1, text, path)

    def object_at(self, path: str, value: Any, known: Sequence[str]) -> dict[str, Any]:
        """An object; names that are not known are pointed out."""
        if not isinstance(value, dict):
            self.refuse(path, _("This has to be an object in braces."))
            return {}
        for name in (name for name in value if name not in known):
            self.findings.add_doubt(1, _("This is not known and was left out."), join_path(path, name[:_SHOWN_MAX]))
        return value

    def list_at(self, path: str, value: Any) -> list[Any]:
        if not isinstance(value, list):
            self.refuse(path, _("This has to be a list in brackets."))
            return []
        return value

    def text(self, path: str, value: Any, limit: int, default: str = "") -> str:
        """A text of at most `limit` characters, cut with an error where it has more."""
        if not isinstance(value, str):
            self.refuse(path, _("This has to be a text in quotes."))
            return default
        if refused := _REFUSED.search(value):
            self.refuse(path, _("A character U+%(code)04X can't be kept. Delete it.") % {"code": ord(refused[0])})
            value = _REFUSED.sub("", value)
        if len(value) > limit:
            self.refuse(path, _("This has %(length)s characters. Shorten it to %(limit)s.") % {
                "length": len(value), "limit": limit,
            })  # fmt: skip
        return value[:limit]

    def title(self, path: str, value: Any, limit: int, default: str) -> str:
        """A text that can't be empty."""
        title = self.text(path, value, limit, default)
        if not title:
            self.refuse(path, _("The title is empty. Write one."))
        return title or default

    def number(self, path: str, value: Any, limit: float, default: float = 0.0) -> float:
        """A number from 0 to `limit`."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(_as_float(value)):
            self.refuse(path, _("This has to be a number."))
            return default
        if not 0 <= value <= limit:
            self.refuse(path, _("This has to be from 0 to %(limit)s.") % {"limit": plain(limit)})
            return default
        return float(value)

    def whole(self, path: str, value: Any, limit: int) -> int:
        """A whole number from 0 to `limit`; exact, since limits are far below 2**53."""
        number = self.number(path, value, limit)
        if not number.is_integer():
            self.refuse(path, _("This has to be a whole number."))
        return round(number)

    def truth(self, path: str, value: Any) -> bool:
        if not isinstance(value, bool):
            self.refuse(path, _("This has to be true or false."))
        return value is True

    def choice(self, path: str, value: Any, choices: Sequence[Any], default: Any) -> Any:
        """One of the choices; of the same kind too, for True is not 1."""
        if any(value == choice and type(value) is type(choice) for choice in choices):
            return value
        allowed = ", ".join(_shown(choice) for choice in choices)
        message = _("%(value)s is not one of these: %(allowed)s.")
        self.refuse(path, message % {"value": _shown(value), "allowed": allowed})
        return default


def join_path(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _as_float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    shown = "null" if value is None else f"“{value}”" if isinstance(value, str) else str(value)
    return shown if len(shown) <= _SHOWN_MAX else f"{shown[:_SHOWN_MAX]}…"
