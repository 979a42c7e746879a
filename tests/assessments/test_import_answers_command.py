"""manage.py import_answers: what it stores, what it only says, what it refuses."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope

from assessments.models import Rating, Response, Round
from assessments.rounds import close_round
from tests.assessments.rounds import make_journey, make_open_round

pytestmark = pytest.mark.django_db
TABLE = "fare;booking;gate;remark;team\n10;0;7;Slow;Gate\n9;3;;;Night\n11;;;;\n"
MAP = {
    "columns": {
        "fare": "searches a fare",
        "booking": 2,
        "gate": "Waits at the gate",
        "remark": {"moment": "Books", "holds": "idea"},
        "team": "group",
    },
    "levels": {"0": None, "3": 1, "7": 3, "9": 4, "10": 6},
    "title": "Survey of 2015",
    "day": "2015-08-31",
}


@pytest.fixture
def journey(organisation) -> Any:
    with scope(organisation=organisation):
        return make_journey(organisation)


def run(folder: Path, journey: Any, *more: str, mapping: Any = MAP, table: str = TABLE) -> Any:
    (folder / "old survey.csv").write_text(table)
    (folder / "map.json").write_text(json.dumps(mapping))
    with_map = ["--map", str(folder / "map.json")] if mapping else []
    said = io.StringIO()
    call_command(
        "import_answers", str(folder / "old survey.csv"), "--journey", str(journey.pk), *with_map, *more, stdout=said
    )
    return json.loads(said.getvalue()) if "--json" in more else said.getvalue()


def test_file_and_map_make_a_closed_round(tmp_path, journey, organisation):
    said = run(tmp_path, journey, "--json")

    with scope(organisation=organisation):
        round_ = Round.objects.get()
        levels = set(Rating.objects.values_list("moment__position", "level"))
        groups = sorted(Response.objects.values_list("group__name", flat=True))
    assert (round_.title, round_.state, round_.closed_at.date().isoformat()) == (
        "Survey of 2015",
        "closed",
        "2015-08-31",
    )
    assert levels == {(0, 4), (0, 6), (1, None), (1, 1), (2, 3)}
    assert groups == ["Gate", "Night"]
    assert (said["round"], said["rows"], said["responses"]) == (round_.pk, 3, 2)
    assert said["counts"] == {"fare": [0, 0, 0, 1, 0, 1], "booking": [1, 0, 0, 0, 0, 0], "gate": [0, 0, 1, 0, 0, 0]}
    assert said["values_left_out"][1] == {"reason": "Not on the scale", "count": 1, "examples": ["11 (4)"]}


def test_dry_run_stores_nothing_and_says_the_same(tmp_path, journey, organisation):
    dry = run(tmp_path, journey, "--json", "--dry-run")

    with scope(organisation=organisation):
        assert not Round.objects.exists()
    wet = run(tmp_path, journey, "--json")
    assert {**dry, "round": 0} == {**wet, "round": 0}


def test_without_a_map_one_is_proposed_that_can_be_used(tmp_path, journey, organisation):
    table = "Books,Waits at the gate,Other\n5,4,x\n1,0,y\n"

    proposed = run(tmp_path, journey, "--json", "--dry-run", mapping=None, table=table)["map"]
    said = run(tmp_path, journey, "--json", mapping=proposed, table=table)

    assert proposed == {
        "columns": {"Books": "Books", "Waits at the gate": "Waits at the gate", "Other": "ignore"},
        "levels": {"5": 5, "4": 4, "1": 1, "0": None},
    }
    assert said["responses"] == 2


def test_open_round_is_added_to(tmp_path, journey, organisation):
    with scope(organisation=organisation):
        round_ = make_open_round(organisation, ["gate"], journey, audience="both")

    said = run(tmp_path, journey, "--round", str(round_.pk), "--view", "staff", "--json")

    with scope(organisation=organisation):
        assert Round.objects.get().state == "open"
    assert said["responses"] == 2
    assert "No such group: taken over without one" in [left["reason"] for left in said["values_left_out"]]


def test_words_name_counts_and_what_was_left_out(tmp_path, journey):
    words = run(tmp_path, journey)

    assert "3 rows became, in round" in words
    assert "fare: 0 0 0 1 0 1 (level 1 to 6)" in words
    assert "Not on the scale: 1, such as 11 (4)" in words


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"columns": {"fares": "Books"}}, "There is no column “fares”."),
        ({"columns": {"fare": "Flies"}}, "There is no moment “Flies”."),
        ({"columns": {"fare": {"moment": 1, "holds": "mood"}}}, "“holds” is one of these"),
        ({"columns": ["fare"]}, "“columns” has to be an object"),
        ({"levels": {"1": 7}}, "The level of “1” is a number from 1 to 6, or null."),
        ({"levels": {"1": True}}, "The level of “1” is a number from 1 to 6, or null."),
        ({"levels": [1]}, "“levels” has to be an object"),
        ({"day": "yesterday"}, "A day is written like 2015-08-31."),
    ],
)
def test_map_that_can_not_be_used_says_why(tmp_path, journey, organisation, changes, complaint):
    with pytest.raises(CommandError, match=complaint.replace("“", ".").replace("”", ".")):
        run(tmp_path, journey, mapping={**MAP, **changes})

    with scope(organisation=organisation):
        assert not Round.objects.exists()


def test_map_is_needed_to_store_anything(tmp_path, journey):
    with pytest.raises(CommandError, match="--dry-run proposes one"):
        run(tmp_path, journey, mapping=None)


def test_closed_and_missing_rounds_are_refused(tmp_path, journey, organisation):
    with scope(organisation=organisation):
        closed = close_round(make_open_round(organisation, [], journey))

    for asked, complaint in ((closed.pk, "not open"), (987_654, "has no round")):
        with pytest.raises(CommandError, match=complaint):
            run(tmp_path, journey, "--round", str(asked), "--view", "staff")
