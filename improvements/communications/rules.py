"""What becomes of an organisation's letters and messages. Pure; docs/communications.md says the same in words.

Relevance is 1 (nobody needs it) to 5 (customers would ask for it), level is that of a moment, 1 to 6. Both may be
means, so a step begins half way before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

CREATES, DAMAGES, NEEDED = 3.5, 2.5, 2.5


class Verdict(TextChoices):
    """In the order of the page."""

    ENRICHES = "enriches", _("Enriches")
    UNDERMINES = "undermines", _("Undermines")
    STOP = "stop", _("Stop it")
    INDIFFERENT = "indifferent", _("Leaves indifferent")
    UNKNOWN = "unknown", _("Not judged yet")


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of one communication. relevance, level: means, None where unknown; contacts: a year."""

    relevance: float | None
    level: float | None
    contacts_per_year: float


@dataclass(frozen=True, slots=True)
class Saving:
    """What stopping some would save. share_percent: of all contacts a year, None where there are none."""

    count: int
    contacts_per_year: float
    share_percent: float | None


def judge(relevance: float | None, level: float | None) -> Verdict:
    """Enriches from level 3.5 on; of the rest, stop what is not needed (relevance below 2.5), and mend what is needed
    and damages (level below 2.5)."""
    if level is None:
        return Verdict.UNKNOWN
    if level >= CREATES:
        return Verdict.ENRICHES
    if relevance is not None and relevance < NEEDED:
        return Verdict.STOP
    return Verdict.UNDERMINES if level < DAMAGES else Verdict.INDIFFERENT


def contacts_per_year(recipients: int, times: float, events_per_year: float | None) -> float:
    """Customers reached times how often each gets it; events_per_year: where `times` is for each event, else None."""
    return recipients * times * (1.0 if events_per_year is None else events_per_year)


def saving_of(stopped: Iterable[float], everything: Sequence[float]) -> Saving:
    """Contacts a year that would not be made any more, of all."""
    chosen, total = list(stopped), fsum(everything)
    saved = fsum(chosen)
    return Saving(len(chosen), saved, 100 * saved / total if total else None)
