"""The six levels in words for who answers: the organisation's own, or the usual ones, in one language.

Source of the levels: METHOD, "The six levels".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import override

from accounts.models import Organisation
from assessments.models import MomentTranslation
from journeys.choices import LEVEL_MEANINGS, Level
from journeys.models import Journey, LevelWording


@dataclass(frozen=True, slots=True)
class LevelWords:
    """level: 1 to 6."""

    level: int
    name: str
    meaning: str


def level_words(organisation: Organisation, language: str) -> list[LevelWords]:
    """From 6 down to 1, as they stand on a screen; one query."""
    own = {words.level: words for words in own_level_words(organisation, language)}
    return [own.get(words.level, words) for words in usual_level_words(language)]


def usual_level_words(language: str) -> list[LevelWords]:
    """The words of METHOD in a language, from 6 down to 1."""
    with override(language):
        return [LevelWords(level.value, str(level.label), str(LEVEL_MEANINGS[level])) for level in reversed(Level)]


def own_level_words(organisation: Organisation, language: str) -> list[LevelWords]:
    """The levels that the organisation calls otherwise; one query."""
    rows = LevelWording.objects.in_organisation(organisation).filter(language=language)
    return [LevelWords(row.level, row.name, row.meaning) for row in rows]


@transaction.atomic
def save_level_words(organisation: Organisation, language: str, words: Sequence[LevelWords]) -> None:
    """Put the organisation's words of one language in place of those that it had."""
    LevelWording.objects.in_organisation(organisation).filter(language=language).delete()
    LevelWording.objects.bulk_create(
        [
            LevelWording(
                organisation=organisation, language=language, level=row.level, name=row.name, meaning=row.meaning
            )
            for row in words
        ]
    )


def moment_words(journey: Journey, language: str) -> dict[int, MomentTranslation]:
    """What a map's moments are called in a language, by their ids; one query."""
    rows = MomentTranslation.objects.filter(moment__stage__journey=journey, language=language)
    return {row.moment_id: row for row in rows}


@transaction.atomic
def save_moment_words(journey: Journey, language: str, words: Mapping[int, tuple[str, str]]) -> None:
    """Title and experience by the moment's id. What is empty on both is no translation; others stay as they are."""
    Journey.objects.select_for_update().get(pk=journey.pk)
    MomentTranslation.objects.filter(moment__in=list(words), language=language).delete()
    MomentTranslation.objects.bulk_create(
        [
            MomentTranslation(moment_id=moment_id, language=language, title=title, experience=experience)
            for moment_id, (title, experience) in words.items()
            if title or experience
        ]
    )
