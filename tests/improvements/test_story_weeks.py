"""Two stories for a week's meeting: picked once, kept, the team's own first, none again within a quarter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from improvements.models import Story, StoryPick
from improvements.stories.reviewing import decline_story
from improvements.stories.weeks import monday_of, stories_of_week
from tests.improvements.tales import make_moments, make_stories, make_story

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 3, 4)


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel("2026-03-04T12:00Z", tick=False):
        yield


def told(stories):
    return [story.what_happened for story in stories]


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 8)])
def test_week_begins_on_monday(day):
    assert monday_of(day) == date(2026, 3, 2)


def test_two_newest_are_picked_and_kept_whatever_is_told_later(in_scope):
    make_stories(in_scope, 3)
    first = told(stories_of_week(in_scope))

    make_story(in_scope, "Newer.")

    assert first == ["Story 0.", "Story 1."]
    assert told(stories_of_week(in_scope)) == first
    assert told(stories_of_week(in_scope, day=date(2026, 3, 8))) == first


def test_team_reads_its_own_stories_first(in_scope):
    desk, belt = make_moments(in_scope)
    make_story(in_scope, "Of the desk, by moment.", moment=desk)
    make_story(in_scope, "Of the desk, by team.", team="GATE  staff; crew")
    make_stories(in_scope, 4, moment=belt)

    found = {team: told(stories_of_week(in_scope, team)) for team in ("Gate staff", "gate STAFF", "Ground staff", "")}

    own = ["Of the desk, by moment.", "Of the desk, by team."]
    assert sorted(found["Gate staff"]) == own
    assert found["gate STAFF"] == found["Gate staff"]
    assert found["Ground staff"] == ["Story 0.", "Story 1."]
    assert len(found[""]) == 2


def test_story_does_not_come_again_within_a_quarter(in_scope):
    make_stories(in_scope, 4)

    weeks = [told(stories_of_week(in_scope, day=WEDNESDAY + timedelta(weeks=week))) for week in range(15)]

    assert weeks[:2] == [["Story 0.", "Story 1."], ["Story 2.", "Story 3."]]
    assert weeks[2:13] == [[]] * 11
    assert weeks[13:] == [["Story 0.", "Story 1."], ["Story 2.", "Story 3."]]


def test_other_team_may_read_the_same_story(in_scope):
    make_stories(in_scope, 2)

    assert told(stories_of_week(in_scope, "Crew")) == told(stories_of_week(in_scope, "Kitchen"))


def test_failure_made_good_is_at_most_one_of_two(in_scope):
    for number in range(3):
        make_story(in_scope, f"Mended {number}.", kind="recovery")
    only_mended = told(stories_of_week(in_scope, "Crew"))
    make_story(in_scope, "Bright.")

    assert only_mended == ["Mended 2."]
    assert told(stories_of_week(in_scope, "Kitchen")) == ["Bright.", "Mended 2."]


def test_pick_that_left_the_feed_is_replaced(in_scope, manager):
    stories = make_stories(in_scope, 3)
    stories_of_week(in_scope)

    decline_story(stories[0], manager, "Not true.")

    assert told(stories_of_week(in_scope)) == ["Story 2.", "Story 1."]


def test_free_place_is_filled_once_there_is_a_story(in_scope):
    make_story(in_scope, "First.")
    alone = told(stories_of_week(in_scope))
    make_story(in_scope, "Second.")

    assert (alone, told(stories_of_week(in_scope))) == (["First."], ["First.", "Second."])


def test_week_that_is_over_only_tells_what_was_picked(in_scope):
    make_stories(in_scope, 2)

    assert stories_of_week(in_scope, day=WEDNESDAY - timedelta(weeks=1)) == []
    assert StoryPick.objects.count() == 0


def test_page_shows_the_two_of_a_team_and_teaches_where_there_are_none(in_scope, manager_client):
    page = "/northern-air/stories/week/"
    empty = manager_client.get(page).content.decode()
    desk, _belt = make_moments(in_scope)
    make_story(in_scope, "Of the desk.", moment=desk)

    shown = manager_client.get(page, {"team": "gate staff"}).content.decode()
    Story.objects.update(state="declined")
    gone = manager_client.get(page, {"team": "gate staff"}).content.decode()

    assert ["Of the desk." in text for text in (empty, shown, gone)] == [False, True, False]
    assert '<option value="gate staff" selected>Gate staff</option>' in shown
    assert "Scores say how often." in empty
