"""From stored answers to the figures that may be shown: METHOD's worked examples through the whole pipeline."""

from __future__ import annotations

import json

import pytest

from assessments.choices import View
from assessments.intervals import mean_interval, seed_of
from assessments.models import RoundMoment
from assessments.rounds import make_round, open_round
from assessments.scoring import Score
from tests.assessments.rounds import answer_by, make_journey, make_open_round, make_released_round, release

pytestmark = pytest.mark.django_db

FIVE = ("Asks", "Waits", "Agrees", "Signs", "Pays")


def figures_of(round_):
    return release(round_).sheet.figures


def test_customers_at_risk_of_the_worked_example(in_scope):
    journey = make_journey(in_scope, FIVE, customers=10_000_000)
    round_ = make_open_round(in_scope, journey=journey, audience="customers")
    for person in range(20):
        answer_by(round_, [1 if person == place else 4 for place in range(5)], view=View.CUSTOMERS)

    figures = figures_of(round_)

    whole = figures["whole"]["customers"]
    assert [moment["views"]["customers"]["damaged"] for moment in figures["moments"]] == [0.05] * 5
    assert round(whole["customers_met"]["value"]) == 2_211_992
    assert round(whole["customers_at_risk"]["value"]) == 707_837
    assert whole["customers_at_risk"]["low"] < 707_837 < whole["customers_at_risk"]["high"]
    assert figures["whole"]["staff"] is None


def test_whole_figures_weigh_moments_by_their_contacts(in_scope):
    round_ = make_open_round(in_scope)
    RoundMoment.objects.filter(round=round_, position=0).update(contacts_per_customer=3)
    for levels in [[1, 4, 3]] * 5 + [[5, 4, 3]] * 5:
        answer_by(round_, levels)

    whole = figures_of(round_)["whole"]["staff"]

    assert whole["damaged"]["value"] == pytest.approx(3 * 0.5 / 5)
    assert whole["indifference_percent"]["value"] == pytest.approx(100 / 5)
    assert whole["loyalty_balance"]["value"] == pytest.approx(100 * (2.5 - 1.5) / 5)
    assert whole["moments_counted"] == 3


def test_whole_figures_of_people_who_all_say_the_same_have_no_width(in_scope):
    round_ = make_open_round(in_scope)
    for _ in range(6):
        answer_by(round_, [2, 3, 6])

    whole = figures_of(round_)["whole"]["staff"]

    for name in ("damaged", "indifference_percent", "loyalty_balance", "customers_met", "customers_at_risk"):
        assert whole[name]["low"] == whole[name]["high"] == pytest.approx(whole[name]["value"])


def test_moment_carries_its_scores_and_intervals(in_scope):
    round_ = make_open_round(in_scope)
    for level in (1, 2, 2, 3, 4, 6):
        answer_by(round_, [level])

    [first, second, _third] = figures_of(round_)["moments"]

    mean = mean_interval((1, 2, 1, 1, 0, 1), seed_of(round_.pk, "mean", "staff", 0))
    assert first["views"]["staff"] == {
        "n": 6,
        "counts": [1, 2, 1, 1, 0, 1],
        "median": 2.5,
        "mean": 3,
        "low": mean.low,
        "high": mean.high,
        "damaged": 0.5,
        "damaged_low": pytest.approx(0.1876, abs=1e-4),  # Newcombe (1998), Wilson's method
        "damaged_high": pytest.approx(0.8124, abs=1e-4),
        "indifferent": 1 / 6,
        "created": 2 / 6,
    }
    assert second["views"]["staff"] is None


def test_moment_that_few_have_seen_counts_nowhere(in_scope):
    round_ = make_open_round(in_scope)
    for levels in [[1, 5, 5]] * 4 + [[0, 5, 5]] * 4:
        answer_by(round_, levels, decision="eliminate", seconds=30, times_per_week=2)

    figures = figures_of(round_)

    assert figures["moments"][0]["views"]["staff"] is None
    assert figures["moments"][0]["decisions"] is None
    assert figures["moments"][0]["volumes"] == {"times_per_week": None, "seconds": None}
    assert figures["moments"][0]["damage"] is None
    assert figures["whole"]["staff"]["customers_met"] == {"value": 0, "low": 0, "high": 0}
    assert figures["whole"]["staff"]["moments_counted"] == 2
    assert figures["weakest"] == {"position": 1, "view": "staff"}


def test_blind_spot_is_staff_less_customers(in_scope):
    figures = make_released_round(in_scope).sheet.figures

    spots = [moment["blind_spot"] for moment in figures["moments"]]

    assert [spot["is_flagged"] for spot in spots] == [True, False, False]
    assert spots[0]["levels"] == 3
    assert 0.5 < spots[0]["low"] < 3 < spots[0]["high"]


def test_damage_and_its_order_are_told_by_customers_where_they_answered(in_scope):
    figures = make_released_round(in_scope).sheet.figures

    assert [moment["damage"] for moment in figures["moments"]] == [
        {"contacts_per_year": pytest.approx(10_000 * 8 / 12), "view": "customers"},
        {"contacts_per_year": 0, "view": "customers"},
        {"contacts_per_year": 0, "view": "customers"},
    ]
    assert figures["enhance"] == [{"position": 0, "contacts_per_year": pytest.approx(10_000 * 8 / 12)}]
    assert figures["weakest"] == {"position": 0, "view": "customers"}


def test_damage_is_told_by_staff_where_no_customer_was_asked(in_scope):
    figures = make_released_round(in_scope, {"": 8}, customers=0).sheet.figures

    assert {moment["damage"]["view"] for moment in figures["moments"]} == {"staff"}
    assert figures["weakest"]["view"] == "staff"
    assert [row["contacts_per_year"] for row in figures["enhance"]] == sorted(
        (row["contacts_per_year"] for row in figures["enhance"]), reverse=True
    )


def test_volumes_are_medians_of_what_staff_say(in_scope):
    round_ = make_open_round(in_scope)
    for seconds in (10, 20, 30, 40.5, 1000, 7):
        answer_by(round_, [4], seconds=seconds, times_per_week=seconds / 10 if seconds > 7 else None)

    moment = figures_of(round_)["moments"][0]

    assert moment["volumes"] == {"times_per_week": {"median": 3, "n": 5}, "seconds": {"median": 25, "n": 6}}


def test_moment_that_a_third_would_eliminate_and_that_is_weak_is_a_candidate(in_scope):
    round_ = make_open_round(in_scope)
    for decision in ("eliminate", "eliminate", "keep", "keep", "keep", "enhance"):
        answer_by(round_, [2, 5, 0], decision=decision)

    first, second, third = figures_of(round_)["moments"]

    assert first["decisions"] == {"keep": 3, "enhance": 1, "eliminate": 2}
    assert [moment["is_elimination_candidate"] for moment in (first, second, third)] == [True, False, False]


def test_change_since_the_round_before_matches_the_same_moments(in_scope):
    journey = make_journey(in_scope)
    before = make_released_round(in_scope, {"": 9}, journey=journey)
    journey.stages.get().moments.order_by("position").first().delete()

    after = make_round(journey, None, title="Spring", audience="both", previous=before)
    after = open_round(after)
    for _ in range(9):
        answer_by(after, [6, 4])
        answer_by(after, [1, 4], view=View.CUSTOMERS)
    figures = figures_of(after)

    then = [Score(tuple(moment["views"]["staff"]["counts"])) for moment in before.sheet.figures["moments"]]
    changes = [moment["change"]["staff"] for moment in figures["moments"]]
    assert figures["round"]["previous"] == {"id": before.pk, "title": "Autumn"}
    assert [change["levels"] for change in changes] == [6 - then[1].mean, 4 - then[2].mean]
    assert [change["is_clear"] for change in changes] == [True, changes[1]["low"] > 0]
    assert figures["moments"][0]["change"]["customers"]["levels"] == 1 - 4.5


def test_round_after_follows_a_late_release_of_the_round_before(in_scope):
    before = make_released_round(in_scope, {"": 9}, customers=0)
    after = open_round(make_round(before.journey, None, title="Spring", previous=before))
    for _ in range(6):
        answer_by(after, [6, 6, 6])
    first = figures_of(after)["moments"][0]["change"]["staff"]["levels"]

    for _ in range(9):
        answer_by(before, [1, 1, 1])
    release(before)
    after.refresh_from_db()
    second = release(after).sheet.figures["moments"][0]["change"]["staff"]["levels"]

    assert (first, second) == (1, 3)


def test_same_answers_give_the_same_sheet_and_json_keeps_it(in_scope):
    round_ = make_released_round(in_scope)

    release(round_)

    round_.sheet.refresh_from_db()
    assert (round_.sheet.version, json.loads(json.dumps(round_.sheet.figures))) == (2, round_.sheet.figures)


def test_ideas_may_be_read_from_ten_responses_on(in_scope):
    round_ = make_released_round(in_scope, {"Gate team": 10, "Crew": 12, "Night": 4}, customers=9)

    ideas, groups = round_.sheet.figures["ideas"], round_.sheet.figures["groups"]

    [batch] = round_.batches.filter(view="staff")
    crew = next(group["id"] for group in groups if group["name"] == "Crew")
    assert ideas["staff"] == {"may_be_read": True, "groups": [crew], "batches": [{"id": batch.pk, "groups": [crew]}]}
    assert ideas["customers"] == {"may_be_read": False, "groups": [], "batches": []}


def test_more_than_twenty_moments_are_resampled_too(in_scope):
    journey = make_journey(in_scope, [f"Moment {place}" for place in range(43)])
    round_ = make_open_round(in_scope, journey=journey)
    for _ in range(6):
        answer_by(round_, [1 + place % 6 for place in range(43)])

    whole = figures_of(round_)["whole"]["staff"]

    assert whole["moments_counted"] == 43
    assert whole["damaged"]["low"] == whole["damaged"]["high"] == pytest.approx(15 / 43)
