"""Answers from elsewhere: the fixture's column counts, groups, what is left out, and what the round keeps."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from assessments.choices import RoundState, Source, View
from assessments.handing_in import NotTaken
from assessments.import_tables import count_values, read_answer_table
from assessments.importing import ImportPlan, asked_on_map, make_import_round, take_over
from assessments.mapping import columns_of, guess_uses
from assessments.models import Idea, Rating, Response, ResultSheet, Round
from assessments.rounds import close_round
from assessments.scales import propose_levels
from assessments.tending import tend_rounds
from tests.assessments.fixtures import expected_of
from tests.assessments.rounds import make_journey, make_open_round
from tests.conftest import FIXTURES

pytestmark = pytest.mark.django_db

TABLE = (
    "Team,Searches a fare,Books,Waits at the gate,Comment: Books\n"
    "Gate,1,5,3,Slow page\n"
    "gate,2,0,3.0,\n"
    "Night,n/a,4,,\n"
    "Night,9,,,\n"
    ",,,,\n"
    "Night,,,, \n"
)


def plan_for(table: Any, asked: Any, **changes: Any) -> ImportPlan:
    uses = dict(enumerate(guess_uses(table.headings, asked)))
    levels = [place for place, (holds, _id) in columns_of(uses, asked).items() if holds == "level"]
    scale = {value: meant.level for value, meant in propose_levels(count_values(table, levels)).items()}
    fields = {"uses": uses, "scale": scale, "view": View.CUSTOMERS, "title": "Survey", "day": date(2015, 8, 31)}
    return ImportPlan(**{"language": "en", **fields, **changes})


def import_new(journey: Any, content: bytes, **changes: Any) -> Round:
    table = read_answer_table(content)
    plan = plan_for(table, asked_on_map(journey), **changes)
    round_ = make_import_round(journey, plan, None)
    take_over(round_, table, plan, "survey.csv", closes=True)
    return Round.objects.get(pk=round_.pk)


@pytest.mark.parametrize("survey", ["lounge", "seat"])
def test_touchpoint_ratings_become_a_closed_round_of_customers(in_scope, survey):
    known = expected_of("touchpoint-ratings")[survey]
    content = (FIXTURES / "touchpoint-ratings" / f"{survey}_ratings_no_names.csv").read_bytes()
    titles = [name for name in known["dist"] if name != "overall_rating"]
    journey = make_journey(in_scope, [title.removesuffix("_rating").replace("_", " ").title() for title in titles])

    round_ = import_new(journey, content)

    counted: Counter[tuple[int, int]] = Counter(
        Rating.objects.exclude(level=None).values_list("moment__position", "level").iterator()
    )
    published = {
        (place, int(float(level))): count
        for place, title in enumerate(titles)
        for level, count in known["dist"][title].items()
        if float(level)
    }
    assert dict(counted) == published
    assert (round_.state, round_.views, round_.closed_at.date()) == (
        RoundState.CLOSED,
        (View.CUSTOMERS,),
        date(2015, 8, 31),
    )
    assert set(Response.objects.values_list("source", "view")) == {(Source.IMPORTED, View.CUSTOMERS)}
    assert len(round_.source_scale[0]["columns"]) == len(titles)


def test_rows_and_values_that_are_left_out_are_told_with_examples(in_scope):
    scale = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "0": None, "n/a": None}

    round_ = import_new(make_journey(in_scope), TABLE.encode(), scale=scale)

    [kept] = round_.source_scale
    assert (kept["rows"], kept["responses"], kept["group_column"]) == (5, 3, "Team")
    assert kept["rows_left_out"] == [
        {"reason": "Nothing stands in the columns that are used", "count": 2, "examples": ["5", "7"]}
    ]
    assert kept["values_left_out"] == [
        {"reason": "Stands for no level", "count": 2, "examples": ["0 (3)", "n/a (4)"]},
        {"reason": "Not on the scale", "count": 1, "examples": ["9 (5)"]},
    ]
    assert kept["levels"] == [list(pair) for pair in scale.items()]


def test_groups_ideas_and_levels_land_where_they_belong(in_scope):
    round_ = import_new(make_journey(in_scope), TABLE.encode())

    said = Rating.objects.values_list("response__group__name", "moment__position", "level")
    assert list(round_.groups.values_list("name", flat=True)) == ["Gate", "Night"]
    assert Counter(said) == {
        ("Gate", 0, 1): 1,
        ("Gate", 0, 2): 1,
        ("Gate", 1, 5): 1,
        ("Gate", 1, None): 1,
        ("Gate", 2, 3): 2,
        ("Night", 0, None): 2,
        ("Night", 1, 4): 1,
    }
    assert Idea.objects.get().text == "Slow page"
    assert Idea.objects.get().group.name == "Gate"


def test_paper_forms_go_into_an_open_round_and_it_stays_open(in_scope):
    journey = make_journey(in_scope)
    round_ = make_open_round(in_scope, ["Gate"], journey)
    table = read_answer_table(TABLE.encode())
    plan = plan_for(table, asked_on_map(journey), view=View.STAFF)

    read = take_over(round_, table, plan, "forms.csv", closes=False)

    round_.refresh_from_db()
    assert (round_.state, Response.objects.filter(view=View.STAFF).count()) == (RoundState.OPEN, 4)
    assert dict(Counter(Response.objects.values_list("group__name", flat=True))) == {"Gate": 2, None: 2}
    assert read.values_left_out.counts["No such group: taken over without one"] == 2


def test_closed_round_takes_nothing(in_scope):
    journey = make_journey(in_scope)
    round_ = close_round(make_open_round(in_scope, journey=journey))
    table = read_answer_table(TABLE.encode())

    with pytest.raises(NotTaken):
        take_over(round_, table, plan_for(table, asked_on_map(journey), view=View.STAFF), "forms.csv", closes=False)

    assert Response.objects.count() == 0


def test_fields_of_our_own_form_find_their_moments(in_scope):
    content = b"group;m1_level;m3_level;m3_idea;m1_times;m1_seconds;m1_decision\nGate;6;0;Hurry;40;7,5;enhance\n"

    import_new(make_journey(in_scope), content, view=View.STAFF)

    values = ("moment__position", "level", "times_per_week", "seconds", "decision")
    assert sorted(Rating.objects.values_list(*values)) == [(0, 6, 40.0, 7.5, "enhance"), (2, None, None, None, "")]
    assert Idea.objects.get().text == "Hurry"


def test_results_of_an_import_have_the_counts_of_its_columns(in_scope):
    known = expected_of("touchpoint-ratings")["lounge"]
    titles = [name for name in known["dist"] if name != "overall_rating"]
    content = (FIXTURES / "touchpoint-ratings" / "lounge_ratings_no_names.csv").read_bytes()
    round_ = import_new(make_journey(in_scope, [title.replace("_", " ") for title in titles]), content)

    tend_rounds()

    figures = ResultSheet.objects.get(round=round_).figures
    shown = {moment["title"].replace(" ", "_"): moment["views"]["customers"]["counts"] for moment in figures["moments"]}
    published = {
        title: [
            known["dist"][title].get(f"{level}", known["dist"][title].get(f"{level}.0", 0)) for level in range(1, 7)
        ]
        for title in titles
    }
    assert shown == published
