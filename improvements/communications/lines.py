"""What the page says of each communication: our own estimate, staff's and customers' word beside each other, and what
follows from whose. The customer is the judge: customers' figures count first, else staff's, else our own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from assessments.choices import View
from improvements.communications.figures import Figure, Gap, Opinion, estimate, gap_between
from improvements.communications.opinions import Opinions
from improvements.communications.rules import Saving, Verdict, judge, saving_of
from improvements.models import Communication


class Whose(TextChoices):
    """Whose word it is, the one that counts most first."""

    CUSTOMERS = View.CUSTOMERS.value, _("customers")
    STAFF = View.STAFF.value, _("staff")
    OURS = "ours", _("our own estimate")


ASKED_FIRST = (Whose.OURS, Whose.STAFF, Whose.CUSTOMERS)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of the table. is_counted: the verdict rests on it; gap: what we think less what this view says."""

    whose: Whose
    figure: Figure | None
    is_counted: bool
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class Line:
    """One communication as the page shows it. number: in the picture, from 1; is_stopped: ticked in the what-if."""

    number: int
    row: Communication
    opinions: dict[Whose, Opinion]
    verdict: Verdict
    is_stopped: bool

    @property
    def contacts_per_year(self) -> float:
        return self.row.contacts_per_year

    @property
    def relevance(self) -> Figure | None:
        """The one that counts."""
        return _counted(self.opinions, "relevance")[1]

    @property
    def level(self) -> Figure | None:
        """The one that counts."""
        return _counted(self.opinions, "level")[1]

    @property
    def relevance_cells(self) -> list[Cell]:
        return self._cells("relevance")

    @property
    def level_cells(self) -> list[Cell]:
        return self._cells("level")

    @property
    def judges(self) -> list[Whose]:
        """On whose word the verdict rests: one, or that of the level and that of the relevance."""
        level, relevance = _counted(self.opinions, "level")[0], _counted(self.opinions, "relevance")[0]
        if level is None or self.verdict in (Verdict.UNKNOWN, Verdict.ENRICHES) or relevance in (None, level):
            return [level] if level else []
        return [level, relevance]

    @property
    def never_percent(self) -> float | None:
        """Who never saw it, by customers, or else by staff."""
        for whose in (Whose.CUSTOMERS, Whose.STAFF):
            opinion = self.opinions.get(whose)
            if opinion and opinion.never_percent is not None:
                return opinion.never_percent
        return None

    def _cells(self, name: str) -> list[Cell]:
        counted = _counted(self.opinions, name)[0]
        ours = None
        cells = []
        for whose in ASKED_FIRST:
            if whose not in self.opinions:
                continue
            figure = getattr(self.opinions[whose], name)
            cells.append(Cell(whose, figure, whose == counted, gap_between(ours, figure)))
            ours = figure or ours
        return cells


def _counted(opinions: dict[Whose, Opinion], name: str) -> tuple[Whose | None, Figure | None]:
    """The first figure there is, in the order in which they count, and whose it is."""
    found = ((whose, getattr(opinions[whose], name)) for whose in Whose if whose in opinions)
    return next(((whose, figure) for whose, figure in found if figure), (None, None))


def lines_of(rows: Sequence[Communication], opinions: Opinions, stopped: Collection[int] | None) -> list[Line]:
    """stopped: ids that are ticked; None for those that the rule would stop. The most contacts of a verdict first."""
    judged = [(row, found, _judge(found)) for row in rows for found in [_opinions_of(row, opinions)]]
    order = list(Verdict)
    judged.sort(key=lambda it: (order.index(it[2]), -it[0].contacts_per_year, it[0].name, it[0].pk))
    return [
        Line(number, row, found, verdict, verdict == Verdict.STOP if stopped is None else row.pk in stopped)
        for number, (row, found, verdict) in enumerate(judged, 1)
    ]


def _opinions_of(row: Communication, opinions: Opinions) -> dict[Whose, Opinion]:
    """Our own, and those of each view that was ever asked."""
    asked = {Whose(view): said.get(row.pk, Opinion()) for view, said in opinions.items()}
    return {Whose.OURS: Opinion(estimate(row.relevance), estimate(row.level)), **asked}


def _judge(opinions: dict[Whose, Opinion]) -> Verdict:
    relevance, level = _counted(opinions, "relevance")[1], _counted(opinions, "level")[1]
    return judge(relevance.mean if relevance else None, level.mean if level else None)


def saving(lines: Sequence[Line]) -> Saving:
    """Contacts a year saved by stopping what is ticked."""
    return saving_of((line.contacts_per_year for line in lines if line.is_stopped),
                     [line.contacts_per_year for line in lines])  # fmt: skip
