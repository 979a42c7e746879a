"""The agenda: made from published figures, stories and actions, and nothing that is hidden."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from assessments.models import Round
from assessments.redacting import GAP
from improvements.choices import ActionState, StoryState
from improvements.models import Action, Story
from improvements.reviews.agenda import Weakest, agenda_of
from improvements.reviews.keeping import begin_review, close_review
from improvements.reviews.questions import QUESTIONS
from improvements.stories.naming import withdraw_name
from journeys.models import Journey
from tests.assessments.sheets import figures
from tests.improvements.made_reviews import make_journey, make_result

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False)


@pytest.fixture
def journey(in_scope) -> Journey:
    return make_journey(in_scope)


def tell(journey: Journey, what: str, days_ago: int = 0, **fields: Any) -> Story:
    published = {"state": StoryState.PUBLISHED, "published_at": timezone.now() - timedelta(days=days_ago)}
    story: Story = Story.objects.create(
        **{"organisation": journey.organisation, "journey": journey, "what_happened": what, **published, **fields}
    )
    return story


def plan(journey: Journey, what: str, due_on: date | None, state: str = ActionState.DOING, **fields: Any) -> Action:
    action: Action = Action.objects.create(
        organisation=journey.organisation, journey=journey, what=what, due_on=due_on, state=state, **fields
    )
    return action


def test_agenda_says_what_the_newest_round_says(journey):
    make_result(journey, round={"title": "Autumn"})

    agenda = agenda_of(journey, with_results=True)

    assert (agenda.round_title, agenda.round_closed_on, agenda.is_round_new) == ("Autumn", date(2026, 11, 17), True)
    assert len(agenda.sentences) == 3
    assert "Waits at the gate" in agenda.sentences[0]
    assert agenda.weakest == Weakest("Waits at the gate", 7500.0, "by customers")


def test_agenda_leaves_out_a_round_that_is_put_away(journey):
    round_ = make_result(journey)
    Round.objects.filter(pk=round_.pk).update(state="archived")

    agenda = agenda_of(journey, with_results=True)

    assert (agenda.round_title, agenda.sentences, agenda.weakest.whose) == ("", (), "our own estimate on the map")


def test_agenda_of_who_may_not_see_results_has_none_of_them(journey):
    make_result(journey)

    agenda = agenda_of(journey, with_results=False)

    assert (agenda.round_title, agenda.sentences) == ("", ())
    assert agenda.weakest == Weakest("Waits at the gate", 10_000.0, "our own estimate on the map", 2)


def test_agenda_shows_no_figure_that_too_few_gave(journey):
    hidden = {view: {"n": None, "groups": {}} for view in ("staff", "customers")}
    round_ = make_result(journey)
    round_.sheet.figures = figures(responses=hidden, whole={"staff": None, "customers": None})
    round_.sheet.save()

    agenda = agenda_of(journey, with_results=True)

    assert "fewer than 5 people have answered" in agenda.sentences[0]
    assert agenda.weakest == Weakest("Waits at the gate", 10_000.0, "our own estimate on the map", 2)


def test_round_before_the_last_review_is_nothing_new(journey, manager):
    make_result(journey)
    close_review(begin_review(journey, manager), None)

    agenda = agenda_of(journey, with_results=True)

    assert (agenda.since, agenda.is_round_new) == (TODAY, False)


def test_two_stories_are_read_the_journeys_own_first_and_the_newest(journey, in_scope):
    tell(journey, "Own, old", days_ago=9)
    tell(journey, "Own, new", days_ago=1)
    tell(make_journey(in_scope, "A loan"), "Of another", days_ago=0)
    tell(journey, "Not looked at", state=StoryState.WAITING)

    stories = agenda_of(journey, with_results=True).stories

    assert [story.what_happened for story in stories] == ["Own, new", "Own, old"]


def test_story_whose_name_was_taken_out_is_read_without_it(journey):
    keys = tell(journey, "Anna drove the keys home.", who="Anna", team="our gate team", has_consent=True)
    tell(journey, "Flowers", team="our web team", days_ago=1)
    before = [(story.what_happened, story.doer) for story in agenda_of(journey, with_results=True).stories]
    withdraw_name(keys, drops_photo=False)

    after = [(story.what_happened, story.doer) for story in agenda_of(journey, with_results=True).stories]

    flowers = ("Flowers", "our web team")
    assert before == [("Anna drove the keys home.", "Anna, our gate team"), flowers]
    assert after == [(f"{GAP} drove the keys home.", "our gate team"), flowers]


def test_overdue_actions_come_oldest_first_and_done_ones_newest_first(journey, in_scope):
    plan(journey, "Late", TODAY - timedelta(days=1))
    plan(journey, "Later", TODAY - timedelta(days=9), ActionState.PLANNED)
    plan(journey, "In time", TODAY)
    plan(journey, "Only proposed", TODAY - timedelta(days=9), ActionState.PROPOSED)
    plan(make_journey(in_scope, "A loan"), "Of another", TODAY - timedelta(days=9))
    plan(journey, "Done", None, ActionState.DONE, done_on=TODAY - timedelta(days=2))
    plan(journey, "Done long ago", None, ActionState.DONE, done_on=TODAY - timedelta(days=91))

    agenda = agenda_of(journey, with_results=True)

    assert [action.what for action in agenda.overdue] == ["Later", "Late"]
    assert [action.what for action in agenda.done] == ["Done"]


def test_question_of_open_minutes_stays_while_they_are_written(journey, manager):
    before = agenda_of(journey, with_results=True).question
    review = begin_review(journey, manager)
    during = agenda_of(journey, with_results=True, review=review).question
    close_review(review, None)
    after = agenda_of(journey, with_results=True).question

    assert before == during != after


def test_questions_are_24_and_each_asks_one_thing():
    questions = [str(question) for question in QUESTIONS]

    assert len(set(questions)) == 24
    assert [question for question in questions if not question.endswith("?") or question.count("?") != 1] == []


def test_agenda_takes_the_same_queries_for_any_number(journey, manager, django_assert_max_num_queries):
    make_result(journey)
    for number in range(20):
        plan(journey, f"Late {number}", TODAY - timedelta(days=number + 1), owner=manager)
        tell(journey, f"Story {number}", days_ago=number)

    with django_assert_max_num_queries(7):
        agenda = agenda_of(journey, with_results=True)
        assert [str(action.owner) for action in agenda.overdue] == ["Manager"] * 20
