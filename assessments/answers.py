"""What one person says of one moment, checked and as a draft keeps it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.limits import IDEA_MAX, SECONDS_MAX, TIMES_PER_WEEK_MAX
from assessments.scoring import LEVELS
from journeys.choices import Decision

NOT_SEEN = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """level: 1 to 6, NOT_SEEN for "I do not see this moment", None where nothing was chosen yet."""

    level: int | None = None
    times_per_week: float | None = None
    seconds: float | None = None
    decision: str = ""
    idea: str = ""

    @property
    def is_given(self) -> bool:
        """Whether there is anything to hand in."""
        return self != Answer()

    def to_dict(self) -> dict[str, Any]:
        """What was said, without what was not."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in values.items() if value not in (None, "")}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Answer:
        """The answer that `to_dict` gave; what can't stand there is left out."""
        level, decision, idea = values.get("level"), values.get("decision"), values.get("idea")
        return cls(
            level=level if type(level) is int and level in (NOT_SEEN, *LEVELS) else None,
            times_per_week=_number(values.get("times_per_week"), TIMES_PER_WEEK_MAX),
            seconds=_number(values.get("seconds"), SECONDS_MAX),
            decision=decision if decision in Decision.values else "",
            idea=clean_text(idea)[:IDEA_MAX] if isinstance(idea, str) else "",
        )


def clean_text(text: str) -> str:
    """Without what no database keeps: NUL and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode().strip()


def _number(value: Any, largest: float) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and math.isfinite(value) and 0 <= value <= largest else None
