"""The page of a round's results, from a sheet made by hand."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Organisation
from assessments.models import ResultSheet, Round
from assessments.rounds import close_round
from tests.assessments.rounds import make_open_round
from tests.assessments.sheets import judged

pytestmark = pytest.mark.django_db


def make_closed_round(organisation: Organisation, sheet: dict[str, Any] | None = None, **fields: Any) -> Round:
    """A closed round with a sheet of hand-made figures, or one that is still being counted."""
    round_ = close_round(make_open_round(organisation, **fields))
    if sheet is not None:
        ResultSheet.objects.create(round=round_, figures=sheet)
    return round_


def page_of(round_: Round) -> str:
    return reverse("round_results", args=[round_.organisation.slug, round_.pk])


def test_results_begin_with_three_sentences(in_scope, manager_client):
    round_ = make_closed_round(in_scope, judged())

    html = manager_client.get(page_of(round_)).content.decode()

    assert "The sequence is weakest at “\u2068Waits at the gate\u2069”" in html
    assert html.index("We fool ourselves at") < html.index("Loyalty balance")
