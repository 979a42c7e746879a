"""What does not fit on a poster, told before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. field: where; text: what and what to do about it; is_blocking: no poster can be made like this."""

    field: str
    text: str
    is_blocking: bool


def check_poster(inputs: dict[str, Any]) -> list[Problem]:
    """Findings in reading order; empty where all fits."""
    if any(stage["moments"] for stage in inputs["plan"]["stages"]):
        return []
    return [Problem("moments", _("This journey has no moments yet. Add the first one on its map."), True)]
