"""JSON text as values, bounded: what takes more room in memory than a journey could need is refused beforehand."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from journeys.limits import FILE_MAX

BRACKETS_MAX = 100_000
COMMAS_MAX = 200_000


class JsonError(ValueError):
    """A text that is no JSON, or more than we take; its text says where and what to do. line: from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def load_json(text: str) -> Any:
    """The value of a JSON text. Raises JsonError; a name that stands twice in one object is an error too."""
    if len(text) > FILE_MAX or text.count("{") + text.count("[") > BRACKETS_MAX or text.count(",") > COMMAS_MAX:
        raise JsonError(_("This is more than one journey can hold. Take a part of it."))
    try:
        return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_object, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        place = {"column": error.colno, "reason": error.msg}
        raise JsonError(_("This is not JSON, from column %(column)s on: %(reason)s.") % place, error.lineno) from None
    except RecursionError:
        raise JsonError(_("Lists and objects stand too deep inside each other.")) from None
    except JsonError:
        raise
    except ValueError:
        raise JsonError(_("A number has too many digits.")) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            message = _("“%(name)s” stands twice in one object. Keep one of them.")
            raise JsonError(message % {"name": name[:60]})
        values[name] = value
    return values


def _refuse_constant(name: str) -> Any:
    raise JsonError(_("“%(name)s” is not a number.") % {"name": name})
