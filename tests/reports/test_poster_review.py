"""Every poster of a journey that is reviewed by a rhythm prints the next review, or that it is overdue."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from pypdf import PdfReader

from journeys.snapshot import plan_of
from reports.posters.asking import inputs_of
from reports.posters.rendering import render_poster
from tests.improvements.made_reviews import make_journey, make_rhythm
from tests.reports.poster_inputs import inputs_of as plain_inputs


@pytest.mark.parametrize(
    ("now", "frozen"),
    [
        (datetime(2026, 12, 14, 9, tzinfo=UTC), {"on": "2026-12-14", "is_overdue": False}),
        (datetime(2026, 12, 15, 9, tzinfo=UTC), {"on": "2026-12-14", "is_overdue": True}),
    ],
)
def test_poster_freezes_the_next_review(in_scope, manager, time_machine, now, frozen):
    journey = make_journey(in_scope)
    time_machine.move_to(now, tick=False)
    before = inputs_of(journey, plan_of(journey), "A4")

    make_rhythm(journey, date(2026, 12, 14), [manager])

    assert "review" not in before
    assert inputs_of(journey, plan_of(journey), "A4")["review"] == frozen


@pytest.mark.parametrize(
    ("is_overdue", "language", "words"),
    [
        (False, "en", "Next review 14 Dec 2026."),
        (True, "en", "The review of 14 Dec 2026 is overdue."),
        (True, "de", "ist überfällig."),
    ],
)
def test_poster_prints_the_next_review(is_overdue, language, words):
    inputs = plain_inputs(10, "A3", language=language, review={"on": "2026-12-14", "is_overdue": is_overdue})

    with translation.override(language):
        page = PdfReader(io.BytesIO(render_poster(inputs))).pages[0]

    assert words in " ".join(page.extract_text().split())
