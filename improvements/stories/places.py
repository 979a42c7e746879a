"""Where a story happened, to choose from: the journeys of an organisation, and the moments of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.typed_numbers import whole_number
from assessments.wording import moment_words
from journeys.models import Journey, Moment

Choices = list[tuple[str, Any]]


@dataclass(frozen=True)
class Places:
    """journeys, moments: by their ids as a form sends them; moments of the chosen journey alone, parted by stage."""

    journeys: dict[str, Journey] = field(default_factory=dict)
    moments: dict[str, Moment] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def journey_choices(self) -> Choices:
        return [("", _("None of these, or not sure")), *((key, row.title) for key, row in self.journeys.items())]

    def moment_choices(self) -> Choices:
        """Grouped by stage, in the order of the journey."""
        stages: dict[tuple[int, str], Choices] = {}
        for key, moment in self.moments.items():
            stages.setdefault((moment.stage_id, moment.stage.title), []).append((key, self.titles[key]))
        return [("", _("No single moment, or not sure")), *((title, rows) for (_id, title), rows in stages.items())]


def places_of(organisation: Organisation, journey_id: str, moment_id: str = "", *, language: str = "") -> Places:
    """Four queries at most; of archived journeys the chosen one alone.

    journey_id, moment_id: as an address or a form says them; a moment brings its journey.
    """
    journeys = Journey.objects.in_organisation(organisation).filter(
        Q(archived_at=None) | Q(pk=whole_number(journey_id) or 0)
    )
    found = {str(journey.pk): journey for journey in journeys}
    journey = found.get(journey_id) or found.get(_journey_of(organisation, moment_id))
    if journey is None:
        return Places(found)
    rows = Moment.objects.filter(stage__journey=journey).select_related("stage").order_by("stage__position", "position")
    moments = {str(moment.pk): moment for moment in rows}
    words = moment_words(journey, language) if language and language != journey.language else {}
    titles = {key: (spoken.title if (spoken := words.get(row.pk)) else "") or row.title for key, row in moments.items()}
    return Places(found, moments, titles)


def _journey_of(organisation: Organisation, moment_id: str) -> str:
    if not (pk := whole_number(moment_id)):
        return ""
    found = Moment.objects.in_organisation(organisation).filter(pk=pk)
    return str(found.values_list("stage__journey_id", flat=True).first() or "")
