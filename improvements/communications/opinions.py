"""What staff and customers say of each communication, as far as it may be shown: the only way from tallies to figures.

The rules are those of rounds, assessments.privacy: a figure from k answers on, in batches of at least k.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accounts.models import Organisation
from assessments.choices import View
from assessments.privacy import publish_batch
from assessments.scoring import Counts
from improvements.communications.figures import Figure, Opinion, figure_of
from improvements.models import Asked, CommunicationSurvey, CommunicationTally

Opinions = Mapping[str, Mapping[int, Opinion]]
"""By view and id of the communication."""


@dataclass(frozen=True, slots=True)
class Participation:
    """How many have handed in, told in whole batches. minimum: of a batch."""

    count: int
    minimum: int

    @property
    def at_least(self) -> int:
        """So that nobody who looks twice sees one person come; 0 for fewer than the minimum group."""
        return self.count - self.count % self.minimum


def opinions_of(
    organisation: Organisation, surveys: Mapping[str, CommunicationSurvey]
) -> dict[str, dict[int, Opinion]]:
    """Of all views that were ever asked, removed communications among them; one query."""
    rows = list(CommunicationTally.objects.in_organisation(organisation).filter(communication__removed_at=None))
    return {view: _opinions(survey, [row for row in rows if row.survey_id == survey.pk])
            for view, survey in surveys.items()}  # fmt: skip


def participation(survey: CommunicationSurvey) -> Participation:
    return Participation(survey.hand_in_count, survey.minimum_group)


def _opinions(survey: CommunicationSurvey, tallies: Iterable[CommunicationTally]) -> dict[int, Opinion]:
    shown: dict[int, dict[str, Counts]] = {}
    for tally in tallies:
        counts = shown_counts(tally, survey)
        if counts is not None:
            shown.setdefault(tally.communication_id, {})[tally.asked] = counts
    return {pk: _opinion(counts) for pk, counts in shown.items()}


def shown_counts(tally: CommunicationTally, survey: CommunicationSurvey) -> Counts | None:
    """What has come out of one question about one communication; None where it is hidden."""
    cell = (View(survey.view).value,)
    return publish_batch({cell: tuple(tally.counts)}, survey.minimum_group)[cell]


def _opinion(counts: Mapping[str, Counts]) -> Opinion:
    seen = counts.get(Asked.SEEN)
    return Opinion(
        _figure(counts.get(Asked.RELEVANCE)),
        _figure(counts.get(Asked.LEVEL)),
        100 * seen[0] / sum(seen) if seen else None,
    )


def _figure(counts: Counts | None) -> Figure | None:
    return None if counts is None else figure_of(counts)
