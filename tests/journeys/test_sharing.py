"""Links by which outsiders read a map: what they show, what they hide, and when they show nothing."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from accounts.access import Role
from journeys.models import Comment, Moment, PasscodeTry, ShareLink
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import append_moment, change_journey, create_journey
from journeys.sharing import NewLink, end_of_day, make_share_link, revoke_share_link

SECRETS = {
    "experience": "ink-experience",
    "expectation": "ink-expectation",
    "what_more": "ink-what-more",
    "stands_behind": "ink-behind",
    "serves_in_front": "ink-front",
}
MARKED = JourneyPlan(
    "Marked",
    customers_per_year=1000,
    customer="ink-customer",
    stages=(StagePlan("ink-stage", (MomentPlan("ink-title", decision="eliminate", level=2, **SECRETS),)),),
)


@pytest.fixture
def marked(in_scope, manager):
    """A map with a marker in every field, and a comment."""
    journey = create_journey(in_scope, MARKED)
    moment = Moment.objects.get(title="ink-title")
    Comment.objects.create(journey=journey, moment=moment, moment_title="", author_name="ink-author", text="ink-said")
    return journey


@pytest.fixture
def make_link(marked, manager):
    """make_link(**asked) gives a link to the marked map, and its address."""

    def make(**asked) -> tuple[ShareLink, str]:
        link, token = make_share_link(marked, manager, NewLink(**asked))
        return link, reverse("share_open", args=[token])

    return make


def page_of(link: ShareLink) -> str:
    return reverse("share_page", args=[link.pk])


def opened(url: str) -> Client:
    """A stranger's browser that has opened a link."""
    client = Client()
    client.get(url)
    return client


def shown(text: str) -> set[str]:
    marks = {"ink-title", "ink-stage", "ink-customer", "ink-said", "ink-author", "Eliminate", *SECRETS.values()}
    return {mark for mark in marks if mark in text}


def test_link_swaps_its_token_for_a_cookie_of_that_path(make_link):
    link, url = make_link()

    response = Client().get(url)

    cookie = response.cookies["share"]
    token = url.strip("/").split("/")[-1]
    assert (response.status_code, response.url) == (302, page_of(link))
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (page_of(link), True, "Lax")
    assert token not in cookie.value
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert token not in link.token_hmac


def test_shared_map_shows_the_map_and_nothing_of_the_organisations_inside(make_link, manager):
    link, url = make_link(label="ink-label")

    response = opened(url).get(page_of(link))

    page = response.content.decode()
    assert shown(page) == {"ink-title", "ink-stage", "ink-customer", "Eliminate", *SECRETS.values()}
    assert "<dd>1,000</dd>" in page
    assert [
        word for word in ("ink-label", "/northern-air/", "Manager", "<form", "<script", "<a ") if word in page
    ] == []
    assert response["Referrer-Policy"] == "no-referrer"
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store, private", "noindex, nofollow")


def test_shared_map_on_paper_is_cut_into_strips_of_twelve_moments(make_link, in_scope):
    link, url = make_link()
    stage = link.journey.stages.first()
    for number in range(24):
        append_moment(stage, title=f"Moment {number}")

    page = opened(url).get(page_of(link)).content.decode()

    assert page.count('class="ladder strip-ladder"') == 3


@pytest.mark.parametrize(
    ("hidden", "gone"),
    [
        ({"hides_notes": True}, {"ink-experience", "ink-expectation", "ink-what-more", "Eliminate"}),
        ({"hides_back_stage": True}, {"ink-behind"}),
        (
            {"hides_notes": True, "hides_back_stage": True},
            {"ink-experience", "ink-expectation", "ink-what-more", "Eliminate", "ink-behind"},
        ),
    ],
)
def test_shared_map_hides_what_was_asked_in_the_whole_answer(make_link, hidden, gone):
    link, url = make_link(**hidden)

    page = opened(url).get(page_of(link)).content.decode()

    everything = {"ink-title", "ink-stage", "ink-customer", "Eliminate", *SECRETS.values()}
    assert shown(page) == everything - gone


def test_shared_map_escapes_what_people_typed(in_scope, manager):
    evil = "<script>alert(1)</script>\"'"
    plan = JourneyPlan(evil, customer=evil, stages=(StagePlan(evil, (MomentPlan(evil, what_more=evil),)),))
    link, token = make_share_link(create_journey(in_scope, plan), manager, NewLink())

    page = opened(reverse("share_open", args=[token])).get(page_of(link)).content.decode()

    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_shared_map_is_the_map_as_it_is_now(make_link, marked):
    link, url = make_link()
    client = opened(url)
    before = client.get(page_of(link)).content.decode()

    change_journey(marked, title="Another title")

    assert "Another title" not in before
    assert "Another title" in client.get(page_of(link)).content.decode()


def test_shared_map_of_a_member_shows_no_more(make_link, manager_client):
    link, url = make_link(hides_notes=True)
    manager_client.get(url)

    assert "ink-what-more" not in manager_client.get(page_of(link)).content.decode()


def revoked(link: ShareLink) -> None:
    revoke_share_link(link)


def expired(link: ShareLink) -> None:
    ShareLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())


def archived(link: ShareLink) -> None:
    change_journey(link.journey, archived_at=timezone.now())


def deleted(link: ShareLink) -> None:
    link.journey.delete()


@pytest.mark.parametrize("end", [revoked, expired, archived, deleted])
def test_link_that_has_ended_shows_nothing_at_once_even_where_it_is_open(make_link, end):
    link, url = make_link()
    client = opened(url)
    before = client.get(page_of(link)).status_code
    path = page_of(link)

    end(link)

    anew = Client().get(url)
    page = client.get(path)
    assert before == 200
    assert (anew.status_code, anew.url) == (302, reverse("share_gone"))
    assert page.status_code == 404
    assert shown(page.content.decode()) == set()
    assert client.post(path, {"passcode": "x"}).url == reverse("share_gone")


def test_wrong_token_answers_like_an_ended_link_and_stands_in_no_log(make_link, caplog):
    caplog.set_level(logging.DEBUG)
    token = "w" * 43

    response = Client().get(reverse("share_open", args=[token]), follow=True)

    assert response.redirect_chain == [(reverse("share_gone"), 302)]
    assert response.status_code == 404
    assert token not in caplog.text


def test_map_needs_the_cookie_of_its_own_link(make_link, in_scope, other_organisation, manager, make_member):
    link, _url = make_link()
    _other, other_url = make_link(hides_notes=True)
    with scope(organisation=other_organisation):
        foreign_journey = create_journey(other_organisation, MARKED)
        _foreign, token = make_share_link(foreign_journey, make_member(other_organisation, Role.OWNER), NewLink())
    passes = [opened(address).cookies["share"].value for address in (other_url, reverse("share_open", args=[token]))]

    answers = []
    for value in [*passes, "", "x", signing.dumps({"link": link.pk, "secret": "", "in": True})]:
        client = Client()
        client.cookies["share"] = value
        answers.append(client.get(page_of(link)))

    assert {answer.status_code for answer in answers} == {404}
    assert {mark for answer in answers for mark in shown(answer.content.decode())} == set()


def test_cookie_ends_after_some_hours(make_link):
    link, url = make_link()
    with time_machine.travel(datetime(2026, 3, 1, 8, tzinfo=UTC), tick=False):
        client = opened(url)
    with time_machine.travel(datetime(2026, 3, 1, 21, tzinfo=UTC), tick=False):
        value = client.cookies["share"].value
        late = Client()
        late.cookies["share"] = value

        assert late.get(page_of(link)).status_code == 404


def test_passcode_is_asked_before_anything_is_shown(make_link):
    link, url = make_link(passcode="open sesame")
    client = opened(url)

    asked = client.get(page_of(link))
    wrong = client.post(page_of(link), {"passcode": "open"})
    empty = client.post(page_of(link), {"passcode": ""})
    right = client.post(page_of(link), {"passcode": "open sesame"})

    assert [answer.status_code for answer in (asked, wrong, empty, right)] == [200, 422, 422, 302]
    assert {mark for answer in (asked, wrong, empty) for mark in shown(answer.content.decode())} == set()
    assert "Marked" not in asked.content.decode()
    assert "This is not the passcode." in wrong.content.decode()
    assert "ink-title" in client.get(page_of(link)).content.decode()
    assert "sesame" not in link.passcode_hash


def test_passcode_page_lets_its_form_through_the_check_of_origins(make_link):
    link, url = make_link(passcode="open sesame")

    assert opened(url).get(page_of(link))["Referrer-Policy"] == "same-origin"


def test_passcode_can_be_guessed_ten_times_in_a_quarter_of_an_hour(make_link):
    link, url = make_link(passcode="open sesame")
    other, other_url = make_link(passcode="open sesame")
    client = opened(url)
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        wrong = [client.post(page_of(link), {"passcode": f"guess {n}"}).status_code for n in range(10)]
        right_too_late = client.post(page_of(link), {"passcode": "open sesame"})
        elsewhere = opened(url).post(page_of(link), {"passcode": "open sesame"}, REMOTE_ADDR="198.51.100.7")
        other_link = opened(other_url).post(page_of(other), {"passcode": "open sesame"})
    with time_machine.travel(start + timedelta(minutes=15, seconds=1), tick=False):
        later = client.post(page_of(link), {"passcode": "open sesame"})

    assert wrong == [422] * 10
    assert right_too_late.status_code == 429
    assert "Wait 15 minutes" in right_too_late.content.decode()
    assert [answer.status_code for answer in (elsewhere, other_link, later)] == [302, 302, 302]
    assert PasscodeTry.objects.count() == 0


def test_links_last_day_ends_with_that_day_where_the_organisation_is():
    assert end_of_day(date(2026, 7, 31), "Europe/Oslo") == datetime(2026, 7, 31, 22, tzinfo=UTC)


def test_last_day_of_a_link_is_told_as_the_day_that_was_chosen(manager_client, make_link, marked):
    link, url = make_link(last_day=date(2100, 7, 31))

    listed = manager_client.get(reverse("share_list", args=["northern-air", marked.pk])).content.decode()
    read = opened(url).get(page_of(link)).content.decode()

    assert "works until the end of 31 Jul 2100" in listed
    assert "This link works until the end of 31 Jul 2100." in read


def test_share_page_makes_a_link_and_shows_it_once(manager_client, marked):
    url = reverse("share_list", args=["northern-air", marked.pk])
    last_day = (timezone.localdate() + timedelta(days=3)).isoformat()
    asked = {"label": "The board", "passcode": "open sesame", "last_day": last_day, "hides_notes": "on"}

    made = manager_client.post(url, {**asked, "submission": "abc"})
    again = manager_client.post(url, {**asked, "submission": "abc"})
    listed = manager_client.get(url).content.decode()

    link = ShareLink.objects.get()
    assert made.context["new_link"] == again.context["new_link"]
    assert made.context["new_link"] in made.content.decode()
    assert made["Cache-Control"] == "no-store, private"
    assert made.context["new_link"] not in listed
    assert "The board" in listed
    assert "open sesame" not in listed
    assert (link.hides_notes, link.hides_back_stage, link.made_by_name) == (True, False, "Manager")
    client = Client()
    client.get(made.context["new_link"].replace("http://127.0.0.1:8000", ""))
    assert client.get(page_of(link)).status_code == 200


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"passcode": "12345"}, "Too short: write at least 6 characters."),
        ({"passcode": "x" * 101}, "at most 100 characters"),
        ({"last_day": "2020-01-01"}, "This day is over."),
        ({"last_day": "9999-12-31"}, "Choose an earlier day"),
        ({"last_day": "soon"}, "Enter a valid date."),
        ({"label": "x" * 201}, "at most 200 characters"),
        ({"label": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_share_form_says_what_is_wrong_beside_the_field(manager_client, marked, asked, problem):
    response = manager_client.post(reverse("share_list", args=["northern-air", marked.pk]), asked)

    assert (response.status_code, problem in response.content.decode()) == (422, True)
    assert ShareLink.objects.count() == 0


def test_share_page_lists_readings_and_ended_links(manager_client, make_link, marked):
    link, url = make_link(label="The board")
    make_link(label="The bank")[0]
    revoke_share_link(ShareLink.objects.get(label="The bank"))
    opened(url).get(page_of(link))

    page = manager_client.get(reverse("share_list", args=["northern-air", marked.pk])).content.decode()

    working, ended = page.split('class="ended"')
    assert "read 1 time" in working
    assert ("The board" in working, "The bank" in working, "The bank" in ended) == (True, False, True)


def test_share_revoke_asks_and_then_revokes(manager_client, make_link):
    link, _ = make_link(label="The board")
    url = reverse("share_revoke", args=["northern-air", link.pk])

    asked = manager_client.get(url)
    still_open = ShareLink.objects.get().revoked_at
    done = manager_client.post(url)

    assert "The board" in asked.content.decode()
    assert still_open is None
    assert done.status_code == 302
    assert ShareLink.objects.get().revoked_at is not None


def test_share_links_have_a_limit(manager_client, make_link, marked, monkeypatch):
    monkeypatch.setattr("journeys.sharing.LINKS_MAX", 1)
    make_link()

    response = manager_client.post(reverse("share_list", args=["northern-air", marked.pk]), {})

    assert response.status_code == 422
    assert ShareLink.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.OWNER, True), (Role.MANAGER, True), (Role.LEADER, False), (Role.STAFF, False)]
)
def test_map_offers_to_share_to_who_may(client_of, make_member, organisation, marked, role, sees):
    client = client_of(make_member(organisation, role, f"{role}@new.example"))

    assert ("/sharing/" in client.get(marked.get_absolute_url()).content.decode()) is sees
