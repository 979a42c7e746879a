"""Did it work? Each thing that the figures can say, and two real rounds with the intervals of METHOD."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from assessments.choices import View
from assessments.models import ResultSheet, Round
from improvements.actions.changing import change_action
from improvements.actions.effect_words import effect_rows, say_effect, say_verdict
from improvements.actions.effects import Effect, Verdict, compare, effect_of
from improvements.sheet_extracts import Extract, Said
from tests.assessments.rounds import answer_by, make_journey, make_open_round, release
from tests.assessments.sheets import score
from tests.improvements.made_actions import make_one, moment_of

DONE = date(2026, 6, 15)
LOW, HIGH = (4, 10, 6, 0, 0, 0), (0, 0, 2, 8, 8, 2)


def told(pk: int, opened: str, closed: str | None, **views) -> Extract:
    """A round that asked about one moment, 7 on the map."""
    said = Said(2, 1000.0, None, views)
    return Extract(pk, f"Round {pk}", date.fromisoformat(opened), closed and date.fromisoformat(closed), {7: said})


def judge(*rounds: Extract) -> Effect:
    return compare(rounds, 7, DONE)


def spring(**views) -> Extract:
    return told(1, "2026-05-01", "2026-05-15", **views)


def autumn(**views) -> Extract:
    return told(2, "2026-09-01", "2026-09-15", **views)


def test_clearly_higher_level_is_better_with_its_interval():
    effect = judge(spring(customers=score(*LOW)), autumn(customers=score(*HIGH)))

    assert (effect.verdict, effect.view) == (Verdict.BETTER, "customers")
    assert (effect.before.mean, effect.after.mean, effect.levels) == (2.1, 4.5, pytest.approx(2.4))
    assert 1.8 < effect.low < 2.4 < effect.high < 3.0
    assert say_effect(effect).startswith("Better: customers put the moment at 2.1 before and at 4.5 after, +2.4 levels")


def test_clearly_lower_level_is_worse():
    effect = judge(spring(customers=score(*HIGH)), autumn(customers=score(*LOW)))

    assert (effect.verdict, effect.high < 0) == (Verdict.WORSE, True)
    assert say_effect(effect).startswith("Worse: customers put the moment at 4.5 before and at 2.1 after, −2.4 levels")


def test_interval_that_holds_zero_is_no_change_that_we_can_see():
    before, after = score(1, 2, 2, 1, 0, 0), score(0, 2, 3, 1, 0, 0)

    effect = judge(spring(customers=before), autumn(customers=after))

    assert effect.low < 0 < effect.high
    assert effect.verdict == Verdict.NO_CHANGE
    assert say_effect(effect).startswith("No change that we can see: customers put the moment at 2.5 before and at 2.8")
    assert [row[0] for row in effect_rows(effect)] == ["Before: Round 1", "After: Round 2"]


def test_staff_are_compared_where_customers_are_hidden_in_either_round():
    rounds = [spring(customers=score(*LOW), staff=score(*LOW)), autumn(staff=score(*HIGH))]

    effect = judge(*rounds)

    assert (effect.verdict, effect.view) == (Verdict.BETTER, "staff")


def test_a_round_that_was_open_on_the_day_counts_for_neither_side():
    open_then = told(3, "2026-06-01", "2026-06-30", customers=score(*HIGH))

    effect = judge(spring(customers=score(*LOW)), open_then)

    assert (effect.verdict, effect.before.mean) == (Verdict.WAITING, 2.1)


def test_the_last_round_before_and_the_first_after_are_taken():
    older = told(7, "2026-01-01", "2026-01-15", customers=score(*HIGH))
    later = told(9, "2027-01-01", "2027-01-15", customers=score(*LOW))

    effect = judge(older, spring(customers=score(*LOW)), autumn(customers=score(*HIGH)), later)

    assert (effect.before.title, effect.after.title) == ("Round 1", "Round 2")


@pytest.mark.parametrize(
    ("rounds", "verdict", "words"),
    [
        ([], Verdict.NOTHING_BEFORE, "No round before shows this moment"),
        ([autumn(customers=score(*LOW))], Verdict.NOTHING_BEFORE, "No round before shows this moment"),
        ([spring(customers=score(*LOW))], Verdict.WAITING, "The next round will tell"),
        ([spring(customers=score(*LOW)), autumn()], Verdict.HIDDEN, "Too few answered the next round"),
        (
            [spring(customers=score(*LOW)), Extract(2, "Autumn", date(2026, 9, 1), None, {})],
            Verdict.GONE,
            "The rounds since do not ask about this moment",
        ),
    ],
)
def test_what_can_not_be_compared_is_said(rounds, verdict, words):
    effect = judge(*rounds)

    assert effect.verdict == verdict
    assert say_effect(effect).startswith(words)
    assert say_verdict(effect) in {"Can't be told", "The next round will tell"}


def hold_round(organisation, journey, title, days_ago, level, previous=None) -> Round:
    """A round of customers that was open for a week, in which all but a few put the last moment at one level."""
    round_ = make_open_round(organisation, journey=journey, title=title, audience="customers", previous=previous)
    for number in range(12):
        answer_by(round_, [3, 3, level if number % 4 else level - 1], view=View.CUSTOMERS)
    opened_at = timezone.now() - timedelta(days=days_ago)
    released = release(round_)
    Round.objects.filter(pk=released.pk).update(opened_at=opened_at, closed_at=opened_at + timedelta(days=7))
    sheet = released.sheet
    sheet.figures["round"] |= {
        "opened_on": opened_at.date().isoformat(),
        "closed_on": (opened_at + timedelta(days=7)).date().isoformat(),
    }
    sheet.save()
    return released


def test_effect_of_two_rounds_is_the_change_that_the_later_one_shows(in_scope):
    journey = make_journey(in_scope)
    action = make_one(in_scope, moment_of(journey))
    before = hold_round(in_scope, journey, "Spring", 90, 2)
    after = hold_round(in_scope, journey, "Autumn", 20, 5, previous=before)
    change_action(action, None, {"state": "done", "done_on": timezone.localdate() - timedelta(days=50)})

    effect = effect_of(action)

    shown = ResultSheet.objects.get(round=after).figures["moments"][2]["change"]["customers"]
    assert effect.verdict == Verdict.BETTER
    assert {"levels": effect.levels, "low": effect.low, "high": effect.high, "is_clear": True} == shown


def test_only_what_is_done_about_a_moment_has_an_effect(in_scope, django_assert_num_queries):
    action = make_one(in_scope)

    with django_assert_num_queries(0):
        assert effect_of(action) is None
