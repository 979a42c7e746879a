"""One slide of the wall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from improvements.walls.slide_kinds import SlideKind


@dataclass(frozen=True, slots=True)
class Slide:
    """What stands on it, in words. part: tells slides of a kind apart; about: the line above, in `language`."""

    kind: SlideKind
    part: str
    about: str = ""
    language: str = ""
    says: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The same for the same slide of the next minute."""
        return f"{self.kind}-{self.part}"

    @property
    def template(self) -> str:
        return f"improvements/_wall_{self.kind}.html"
