"""Customers at risk and what a target changes: worked examples of METHOD."""

from __future__ import annotations

import pytest

from journeys.levels import Value
from journeys.outcome_words import Row, assumptions, compare_outcomes
from journeys.outcomes import Outcome, outcome_of
from journeys.risk import Risk, customers_at_risk, damaged_shares, leave_rate_source, say_leave_rate


def test_customers_at_risk_is_methods_check():
    risk = customers_at_risk(10_000_000, [1] * 5, [0.05] * 5, 32)

    assert (round(risk.customers_met), round(risk.customers_at_risk)) == (2_211_992, 707_837)


def test_customers_at_risk_at_half_leaving():
    assert round(customers_at_risk(10_000_000, [1] * 5, [0.05] * 5, 50).customers_at_risk) == 1_105_996


@pytest.mark.parametrize(
    ("customers", "contacts", "damaged"),
    [(0, [1.0], [1.0]), (1000, [], []), (1000, [2.0], [0.0]), (1000, [0.0], [1.0])],
)
def test_nobody_is_at_risk_without_customers_contacts_or_damage(customers, contacts, damaged):
    assert customers_at_risk(customers, contacts, damaged, 32) == Risk(0, 0)


def test_customers_at_risk_refuses_unequal_lengths():
    with pytest.raises(ValueError, match="shorter"):
        customers_at_risk(1, [1, 2], [0.5], 32)


def test_damaged_shares_of_single_levels():
    assert damaged_shares([1, 2, 3, 4, 5, 6, None]) == [1, 1, 0, 0, 0, 0, 0]


def test_leave_rate_names_its_source():
    assert [say_leave_rate(rate) for rate in (32.0, 50.0, 12.5)] == [
        "32% (PwC 2018)",
        "50% (Zendesk 2020)",
        "12.5% (our own figure)",
    ]
    assert leave_rate_source(12.5) == "a figure of our own"
    assert leave_rate_source(32.0).startswith("PwC 2018")


def test_outcome_joins_value_and_risk():
    outcome = outcome_of(1000, [1, 3], [2, 5], 50)

    assert outcome.value == Value(0.25, 0, 0.75)
    assert (round(outcome.risk.customers_met), round(outcome.risk.customers_at_risk)) == (632, 316)


def test_comparison_says_each_difference_with_its_sign():
    today = Outcome(Value(0.5, 0.25, 0.25), Risk(632_000, 200_000))
    target = Outcome(Value(0.25, 0.24, 0.51), Risk(400_000, 130_000))

    rows = compare_outcomes(today, target, 1_000_000)

    assert rows == [
        Row("Loyalty balance", "\u221225", "+26", "51 points higher", True),
        Row("Indifference", "25%", "24%", "1 percentage point lower", None),
        Row("Customers who meet a poor moment, a year", "632\u202fK", "400\u202fK", "232\u202fK fewer", True),
        Row("Customers at risk a year", "200\u202fK", "130\u202fK", "70\u202fK fewer", True),
    ]


def test_comparison_the_other_way_is_worse():
    today = Outcome(Value(0.25, 0.24, 0.51), Risk(400, 130))
    target = Outcome(Value(0.5, 0.25, 0.25), Risk(632, 200))

    rows = compare_outcomes(today, target, 1_000)

    assert [(row.difference, row.is_better) for row in rows] == [
        ("51 points lower", False),
        ("1 percentage point higher", None),
        ("232 more", False),
        ("70 more", False),
    ]


def test_comparison_of_equals_says_no_change():
    same = Outcome(Value(0, 0.5, 0.5), Risk(0, 0))

    assert {row.difference for row in compare_outcomes(same, same, 10)} == {"no change"}


def test_comparison_shows_dashes_for_what_is_unknown():
    unknown, known = Outcome(None, Risk(0, 0)), Outcome(Value(0, 0, 1), Risk(0, 0))

    rows = compare_outcomes(unknown, known, 0)

    assert [(row.today, row.target, row.difference) for row in rows] == [
        ("–", "+100", ""),
        ("–", "0%", ""),
        ("–", "–", ""),
        ("–", "–", ""),
    ]


def test_assumptions_name_the_rate_and_count_the_unjudged():
    said = assumptions(32, "PwC 2018", 2)

    assert said[-2:] == [
        "32% of the customers who meet a poor moment leave. Source: PwC 2018.",
        "2 moments have no level: they count neither for nor against us.",
    ]
    assert len(assumptions(32, "PwC 2018", 0)) == 4
