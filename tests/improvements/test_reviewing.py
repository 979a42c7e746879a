"""Looking at stories: published, declined with a reason, featured one a journey, thanked for once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Notification
from improvements.models import Story, StoryThanks
from tests.improvements.tales import make_moments, make_stories, make_story, people

pytestmark = pytest.mark.django_db
SLUG = "northern-air"


@pytest.fixture
def staff(make_member, in_scope):
    return make_member(in_scope, "staff")


def act(client, name, story, **typed):
    return client.post(reverse(name, args=[SLUG, story.pk]), typed)


def state_of(story):
    return Story.objects.get(pk=story.pk).state


def test_queue_shows_what_waits_the_oldest_first(in_scope, manager_client):
    make_story(in_scope, "Shown already.")
    for what in ("First.", "Second."):
        make_story(in_scope, what, state="waiting", published_at=None)

    response = manager_client.get(f"/{SLUG}/stories/review/")

    assert [story.what_happened for story in response.context["page"]] == ["First.", "Second."]


def test_published_from_the_queue_it_is_in_the_feed_and_its_teller_knows(in_scope, manager_client, staff):
    story = make_story(in_scope, "Waits.", state="waiting", published_at=None, told_by=staff)

    answer = act(manager_client, "story_publish", story, **{"from": "review"})
    act(manager_client, "story_publish", story)

    bell = Notification.objects.get(recipient=staff)
    assert (answer.url, state_of(story)) == (f"/{SLUG}/stories/review/", "published")
    assert b"Waits." in manager_client.get(f"/{SLUG}/stories/").content
    assert (bell.kind, bell.path, bell.excerpt) == ("published", story.get_absolute_url(), "Waits.")


def test_declined_story_says_why_to_its_teller_and_may_be_published_after_all(
    in_scope, manager_client, staff, client_of
):
    story = make_story(in_scope, "Nearly.", told_by=staff)
    asked = manager_client.get(reverse("story_decline", args=[SLUG, story.pk]))
    empty = act(manager_client, "story_decline", story, reason="")
    act(manager_client, "story_decline", story, reason="Who said so?")
    declined = (state_of(story), Notification.objects.get(recipient=staff).excerpt)
    own_page = client_of(staff).get(story.get_absolute_url()).content.decode()
    listed = manager_client.get(f"/{SLUG}/stories/review/", {"show": "declined"}).content.decode()

    act(manager_client, "story_publish", story)

    assert (asked.status_code, empty.status_code) == (200, 422)
    assert declined == ("declined", "Who said so?")
    assert ["Who said so?" in page for page in (own_page, listed)] == [True, True]
    assert (state_of(story), Notification.objects.get(recipient=staff).kind) == ("published", "published")


def test_deleted_story_leaves_nothing_and_a_published_one_is_not_deleted(in_scope, manager_client, staff):
    gone = make_story(in_scope, "Spam.", told_by=staff)
    act(manager_client, "story_decline", gone, reason="Spam.")
    kept = make_story(in_scope, "Good.")
    asked = manager_client.get(reverse("story_delete", args=[SLUG, gone.pk]))
    there = Story.objects.count()

    for story in (gone, kept):
        act(manager_client, "story_delete", story)

    assert (asked.status_code, there) == (200, 2)
    assert (list(Story.objects.all()), Notification.objects.count()) == ([kept], 0)


def test_one_story_stands_for_a_journey(in_scope, manager_client):
    desk, belt = make_moments(in_scope)
    first, second = make_story(in_scope, "1", moment=desk), make_story(in_scope, "2", moment=belt)
    elsewhere = make_story(in_scope, "3", moment=make_moments(in_scope, "A call")[0])
    for story in (elsewhere, first, second):
        act(manager_client, "story_feature", story)

    assert set(Story.objects.exclude(featured_at=None)) == {second, elsewhere}
    act(manager_client, "story_feature", second, featured="no")
    assert Story.objects.exclude(featured_at=None).get() == elsewhere


@pytest.mark.parametrize("fields", [{}, {"state": "declined"}])
def test_story_without_journey_or_off_the_feed_is_not_featured(fields, in_scope, manager_client):
    desk, _belt = make_moments(in_scope)
    story = make_story(in_scope, **({"moment": desk, **fields} if fields else {}))

    act(manager_client, "story_feature", story)

    assert Story.objects.get().featured_at is None


def test_featured_story_that_is_declined_steps_back(in_scope, manager_client):
    desk, _belt = make_moments(in_scope)
    story = make_story(in_scope, moment=desk)
    act(manager_client, "story_feature", story)

    act(manager_client, "story_decline", story, reason="Not true.")

    assert Story.objects.get().featured_at is None


def test_thanks_count_once_a_person_and_can_be_taken_back(in_scope, staff, client_of, manager_client, manager):
    story = make_story(in_scope, told_by=manager)
    colleague = client_of(staff)
    for _ in range(2):
        act(colleague, "story_thank", story, thanks="yes")
    thanked = (StoryThanks.objects.count(), Notification.objects.filter(recipient=manager, kind="thanks").count())
    page = manager_client.get(story.get_absolute_url()).content.decode()

    act(colleague, "story_thank", story, thanks="no")

    assert thanked == (1, 1)
    assert "1 colleague said thank you" in page
    assert "Thank you, say Staff." in page
    assert (StoryThanks.objects.count(), Notification.objects.count()) == (0, 0)


def test_thanks_answer_htmx_with_the_button_as_it_is_now(in_scope, manager_client):
    story = make_story(in_scope)

    response = manager_client.post(
        reverse("story_thank", args=[SLUG, story.pk]), {"thanks": "yes"}, headers={"HX-Request": "true"}
    )

    page = response.content.decode()
    assert ['aria-pressed="true"' in page, 'value="no"' in page, "You said thank you" in page] == [True] * 3


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_thanks_lead_to_no_other_site(back, in_scope, manager_client):
    story = make_story(in_scope)

    response = act(manager_client, "story_thank", story, thanks="yes", **{"from": back})

    assert response.url == f"{story.get_absolute_url()}#story-{story.pk}"


def test_feed_and_queue_take_as_many_queries_for_one_story_as_for_twenty(in_scope, manager_client, make_member):
    desk, _belt = make_moments(in_scope)
    thankers = people(make_member, in_scope, 3)

    def queries(page: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert manager_client.get(page).status_code == 200
        return len(seen)

    pages = [f"/{SLUG}/stories/", f"/{SLUG}/moments/{desk.pk}/stories/", f"/{SLUG}/stories/review/"]
    make_story(in_scope, moment=desk)
    make_story(in_scope, moment=desk, state="waiting")
    manager_client.get(pages[0])
    few = [queries(page) for page in pages]
    for story in (*make_stories(in_scope, 19, moment=desk), *make_stories(in_scope, 19, moment=desk, state="waiting")):
        StoryThanks.objects.bulk_create(StoryThanks(story=story, user=user) for user in thankers)

    many = [queries(page) for page in pages]

    assert few == many
