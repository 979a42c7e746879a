"""The six levels in words for who answers: the organisation's own, or the usual ones, in one language.

Source of the levels: METHOD, "The six levels".
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import override

from accounts.models import Organisation
from journeys.choices import LEVEL_MEANINGS, Level
from journeys.models import LevelWording


@dataclass(frozen=True, slots=True)
class LevelWords:
    """level: 1 to 6."""

    level: int
    name: str
    meaning: str


def level_words(organisation: Organisation, language: str) -> list[LevelWords]:
    """From 6 down to 1, as they stand on a screen; one query."""
    own = {row.level: row for row in LevelWording.objects.in_organisation(organisation).filter(language=language)}
    with override(language):
        return [
            LevelWords(level, own[level].name, own[level].meaning)
            if level in own
            else LevelWords(level.value, str(level.label), str(LEVEL_MEANINGS[level]))
            for level in reversed(Level)
        ]
