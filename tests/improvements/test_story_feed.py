"""Reading stories: the feed by pages, search, a moment's, the file, the demo's."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.core.management import call_command
from django_scopes import scope

from accounts.models import Organisation
from improvements.models import Story
from improvements.stories.feed import published_stories, search_stories
from improvements.stories.links import working_link
from tests.improvements.tales import at, make_moments, make_stories, make_story

pytestmark = pytest.mark.django_db
FEED = "/northern-air/stories/"


def told(response):
    return [story.what_happened for story in response.context["page"]]


def test_feed_without_stories_teaches_what_one_is(in_scope, manager_client):
    page = manager_client.get(FEED).content.decode()

    assert "Scores say how often. A story says how." in page
    assert "Tell the first story" in page


def test_feed_comes_in_pages_of_twenty_the_newest_first(in_scope, manager_client):
    make_stories(in_scope, 45)

    pages = [told(manager_client.get(FEED, {"page": number})) for number in (1, 2, 3)]

    assert [len(page) for page in pages] == [20, 20, 5]
    assert [what for page in pages for what in page] == [f"Story {number}." for number in range(45)]


def test_feed_answers_htmx_with_the_list_alone(in_scope, manager_client):
    make_stories(in_scope, 25)

    response = manager_client.get(FEED, {"q": "Story"}, headers={"HX-Request": "true"})

    page = response.content.decode()
    assert page.lstrip().startswith('<div id="feed">')
    assert "25 stories found" in page
    assert 'href="?q=Story&amp;page=2"' in page
    assert response.headers["Vary"].count("HX-Request") == 1


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("keys", ["keys", "who"]),
        ("KEYS gate", ["keys"]),
        ("årsfest", ["party"]),
        ("ÅRSFEST", ["party"]),
        ("amal", ["who"]),
        ("desk", ["who"]),
        ("50%", ["percent"]),
        ("%", ["percent"]),
        ("_", []),
        ("nowhere", []),
        ("\0", ["keys", "party", "percent", "who"]),
    ],
)
def test_search_finds_stories_that_hold_every_word(words, found, in_scope):
    desk, _belt = make_moments(in_scope)
    stories = {
        "keys": make_story(in_scope, "The Keys lay there.", team="gate staff"),
        "party": make_story(in_scope, "Vår Årsfest."),
        "percent": make_story(in_scope, "We gave 50% back."),
        "who": make_story(in_scope, "A run for keys.", moment=desk, who="Amal"),
    }

    hits = set(search_stories(published_stories(in_scope), words))

    assert sorted(name for name, story in stories.items() if story in hits) == found


def test_search_keeps_to_one_journey_and_kind(in_scope, manager_client):
    desk, _belt = make_moments(in_scope)
    make_story(in_scope, "Here, wonderful.", moment=desk)
    make_story(in_scope, "Here, mended.", moment=desk, kind="recovery")
    make_story(in_scope, "Elsewhere, mended.", kind="recovery")

    journey = {"journey": desk.stage.journey_id}
    asked = ({"kind": "recovery"}, journey, {**journey, "kind": "recovery"}, {"journey": "x", "kind": "y"})
    found = [sorted(told(manager_client.get(FEED, query))) for query in asked]

    assert found == [
        ["Elsewhere, mended.", "Here, mended."],
        ["Here, mended.", "Here, wonderful."],
        ["Here, mended."],
        ["Elsewhere, mended.", "Here, mended.", "Here, wonderful."],
    ]


def test_moment_shows_its_own_stories(in_scope, manager_client):
    desk, belt = make_moments(in_scope)
    make_story(in_scope, "At the desk it was.", moment=desk)

    pages = [manager_client.get(f"/northern-air/moments/{one.pk}/stories/").content for one in (desk, belt)]

    assert [b"At the desk it was." in page for page in pages] == [True, False]
    assert b"No story of this moment yet" in pages[1]


def test_words_of_people_stand_in_their_own_direction_and_run_nowhere(in_scope, manager_client):
    make_story(in_scope, "<img src=x onerror=alert(1)>", language="ar", team="<b>gate</b>")

    page = manager_client.get(FEED).content.decode()

    assert '<div class="story-text" lang="ar" dir="auto"><p>&lt;img src=x' in page
    assert "<b>gate</b>" not in page


def test_file_of_stories_opens_in_a_spreadsheet_and_runs_nothing(in_scope, manager_client):
    desk, _belt = make_moments(in_scope)
    make_story(in_scope, "=HYPERLINK(1)", moment=desk, team="@gate", published_at=at("2026-03-31T10:00"))
    make_story(in_scope, "Secret.", state="waiting", published_at=None)

    response = manager_client.get(f"{FEED}export/")

    head, row = csv.reader(StringIO(response.content.decode("utf-8-sig")))
    cells = dict(zip(head, row, strict=True))
    assert response.headers["Content-Disposition"] == 'attachment; filename="stories-northern-air.csv"'
    assert (cells["What happened"], cells["Team"], cells["Published"]) == ("'=HYPERLINK(1)", "'@gate", "2026-03-31")
    assert (cells["Journey"], cells["Moment"], cells["Kind"]) == ("A trip with us", "At the desk", "Moment of impact")


def test_demo_has_a_living_page_once(db):
    for command in ("load_demo", "load_demo_stories", "load_demo_stories"):
        call_command(command, stdout=StringIO())

    organisation = Organisation.objects.get(is_demo=True)
    with scope(organisation=organisation):
        states = sorted(Story.objects.values_list("state", flat=True))
        featured = sorted(Story.objects.exclude(featured_at=None).values_list("journey__title", flat=True))
        assert states == ["published"] * 5 + ["waiting"] * 2
        assert featured == ["A birthday table for twelve", "A trip with us"]
        assert working_link(organisation) is not None


def test_demo_stories_need_a_demo(db):
    told = StringIO()

    call_command("load_demo_stories", stdout=told)

    assert told.getvalue() == ""
