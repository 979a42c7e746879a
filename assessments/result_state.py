"""What there is to see of a round's results: nothing yet, being counted, or a sheet."""

from __future__ import annotations

from enum import StrEnum

from assessments.choices import Release
from assessments.models import ResultSheet, Round
from assessments.result_words import Figures
from assessments.sheet_reading import has_answers


class Standing(StrEnum):
    """Where a round's results stand."""

    DRAFT = "draft"
    AT_CLOSING = "at_closing"
    IN_BATCHES = "in_batches"
    COUNTING = "counting"
    SHOWN = "shown"


def version_of_sheet(round_: Round) -> int | None:
    """Of its result sheet, None where there is none; one query that leaves the figures where they are."""
    found: int | None = ResultSheet.objects.filter(round=round_).values_list("version", flat=True).first()
    return found


def shown_figures(round_: Round) -> Figures | None:
    """All that a round may show, None before anything was released; one query."""
    found: Figures | None = ResultSheet.objects.filter(round=round_).values_list("figures", flat=True).first()
    return found


def standing_of(round_: Round) -> Standing:
    """One query, none for a draft."""
    if round_.is_draft:
        return Standing.DRAFT
    return standing_with(round_, version_of_sheet(round_))


def standing_with(round_: Round, version: int | None) -> Standing:
    """The same where the sheet's version is known."""
    if round_.is_draft:
        return Standing.DRAFT
    if version is not None:
        return Standing.SHOWN
    if round_.has_ended:
        return Standing.COUNTING
    return Standing.IN_BATCHES if round_.release == Release.IN_BATCHES else Standing.AT_CLOSING


def has_too_few(figures: Figures) -> bool:
    """Whether no view has as many answers as may be shown."""
    return not any(has_answers(figures, view) for view in figures["views"])
