"""How responses come out: once, counted, without a trace of who or when."""

from __future__ import annotations

import pytest

from assessments.models import Idea, RoundEvent
from assessments.release import to_finish, to_release, to_show
from assessments.tending import call_for_tending
from tests.assessments.rounds import make_released_round

pytestmark = pytest.mark.django_db


def test_closed_round_comes_out_with_a_sheet(in_scope):
    round_ = make_released_round(in_scope, ideas=["Say why we wait"])

    figures = round_.sheet.figures
    groups = {group["name"]: str(group["id"]) for group in figures["groups"]}
    assert figures["responses"]["staff"] == {
        "n": 15,
        "groups": {groups["Gate team"]: 7, groups["Crew"]: None, groups["Night"]: None},
    }
    assert figures["moments"][0]["views"]["customers"]["counts"] == [4, 4, 4, 0, 0, 0]
    assert [list(find()) for find in (to_release, to_show, to_finish)] == [[], [], []]
    assert call_for_tending() == 0
    assert set(Idea.objects.values_list("response", "text")) == {(None, "Say why we wait")}
    assert list(RoundEvent.objects.order_by("pk").values_list("kind", flat=True)) == ["opened", "closed", "released"]
