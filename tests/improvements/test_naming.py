"""Consent that is taken back: the name leaves every place from which anything is shown; the story stays."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Notification
from improvements.models import Story, StoryPhoto
from improvements.stories.export import stories_table
from improvements.stories.feed import published_stories, search_stories
from improvements.stories.naming import withdraw_name, without_name
from improvements.stories.reviewing import decline_story, thank_for
from improvements.stories.weeks import stories_of_week
from tests.improvements.tales import make_moments, make_story, photo_file

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "text", "left"),
    [
        ("Amal Haddad", "When AMAL heard it, Haddad ran. Amalgam stays.", "When […] heard it, […] ran. Amalgam stays."),
        ("Amal Haddad", "amal\n haddad did", "[…] did"),
        ("Bo Li", "Bo likes Li, not above. Bos bil.", "[…] likes […], not above. […] bil."),
        ("Jo from gate 12", "Jo ran from gate 12 to gate 13.", "[…] ran from gate 12 to gate 13."),
        ("Anna", "Annas team, Anna\u2019s idea, annual.", "[…] team, […] idea, annual."),
        ("Åsa & Łukasz", "ÅSA and Łukasz, A\u030asa too.", "[…] and […], […] too."),
        ("أمل حداد", "ركضت أمل", "ركضت […]"),
        ("王伟", "王伟跑了", "[…]跑了"),
        ("(.*) [a-z]+", "Nothing is a pattern.", "Nothing is a pattern."),
    ],
)
def test_name_is_taken_out_of_a_text_and_nothing_else(who, text, left):
    assert without_name(text, who) == left


def test_name_leaves_feed_search_page_week_and_file(in_scope, manager, manager_client):
    desk, _belt = make_moments(in_scope)
    story = make_story(
        in_scope,
        "When AMAL heard it, Haddad ran. Amalgam stays.",
        moment=desk,
        who="Amal Haddad",
        customer_said="Thank you, Amal!",
        cost="Amal's break",
        what_changed="We all do as Amal did.",
        told_by=manager,
    )
    stories_of_week(in_scope)

    manager_client.post(reverse("story_unname", args=["northern-air", story.pk]))

    pages = ["/northern-air/stories/", story.get_absolute_url(), "/northern-air/stories/week/"]
    pages += [f"/northern-air/moments/{desk.pk}/stories/", "/northern-air/stories/export/"]
    shown = [manager_client.get(page).content.decode() for page in pages]
    assert [page for page, text in zip(pages, shown, strict=True) if "Haddad" in text or "Amal " in text] == []
    assert ["Amalgam stays." in text for text in shown] == [True] * 5
    assert list(search_stories(published_stories(in_scope), "Haddad")) == []
    assert "Haddad" not in str(stories_table(published_stories(in_scope)).rows)


def test_name_leaves_what_bells_said(in_scope, manager, make_member):
    staff = make_member(in_scope, "staff")
    story = make_story(in_scope, "Amal ran.", who="Amal", told_by=staff)
    thank_for(story, manager)
    decline_story(story, manager, "Amal asks us not to.")

    withdraw_name(story, drops_photo=False)

    said = dict(Notification.objects.filter(recipient=staff).values_list("kind", "excerpt"))
    assert said == {"thanks": "[…] ran.", "declined": "[…] asks us not to."}


@pytest.mark.parametrize("drops_photo", [True, False])
def test_photo_goes_where_it_may_show_who_it_was(drops_photo, in_scope):
    story = make_story(in_scope, who="Amal")
    StoryPhoto.objects.create(story=story, content=photo_file(), width=1, height=1, words="Amal with keys")

    withdraw_name(story, drops_photo=drops_photo)

    left = list(StoryPhoto.objects.values_list("words", flat=True))
    assert left == ([] if drops_photo else ["[…] with keys"])


def test_name_is_taken_out_once(in_scope):
    story = make_story(in_scope, who="Amal")

    assert [withdraw_name(story, drops_photo=False) for _ in range(2)] == [True, False]


def test_featured_story_stays_featured_without_the_name(in_scope):
    desk, _belt = make_moments(in_scope)
    story = make_story(in_scope, moment=desk, who="Amal", featured_at="2026-03-31T00:00Z")

    withdraw_name(story, drops_photo=False)

    featured = Story.objects.exclude(featured_at=None).get()
    assert (featured, featured.doer) == (story, "")


def test_teller_s_name_is_not_shown_beside_a_story_whose_name_was_taken_out(in_scope, manager, manager_client):
    story = make_story(in_scope, who="Manager", told_by=manager)
    before = manager_client.get(story.get_absolute_url()).content.decode()

    withdraw_name(story, drops_photo=False)

    after = manager_client.get(story.get_absolute_url()).content.decode()
    assert ['<span dir="auto">Manager</span>' in page for page in (before, after)] == [True, False]


@pytest.mark.parametrize("fields", [{"who": "Amal", "has_consent": False}, {"who": "Amal", "kind": "recovery"}])
def test_database_holds_no_name_without_consent_and_none_of_a_failure(fields, in_scope):
    story = make_story(in_scope, who="Amal")

    with pytest.raises(IntegrityError), transaction.atomic():
        type(story).objects.filter(pk=story.pk).update(**fields)
