"""Telling without an account: the link, its pass, what it lets in, and the private link of whoever is named."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from accounts.models import Notification
from assessments import wrong_tries
from assessments.tokens import code_of, token_of
from improvements.models import Story, StoryLink
from improvements.stories import telling
from improvements.stories.links import make_link, name_address, working_link
from tests.assessments.rounds import link_for, make_open_round
from tests.improvements.tales import make_moments, make_story, tell

pytestmark = pytest.mark.django_db
LOST, WAIT = "/tell/lost/", "/a/wait/"


@pytest.fixture
def link(in_scope) -> StoryLink:
    return make_link(in_scope, None)


@pytest.fixture
def phone(link) -> Client:
    """A device that has opened the link."""
    phone = Client(headers={"accept-language": "en"})
    phone.get(f"/tell/{token_of(link.nonce)}/")
    return phone


def page_of(link: StoryLink) -> str:
    return f"/tell/s{link.pk}/"


def private_path(story: Story) -> str:
    return f"/tell/{token_of(story.name_nonce)}/"


@pytest.mark.parametrize("form", ["{}/", "{}", "{}.", "{})/"])
def test_token_is_swapped_for_a_pass_that_no_address_shows(form, link):
    phone = Client()

    response = phone.get("/tell/" + form.format(token_of(link.nonce)))

    cookie = phone.cookies["telling"]
    assert (response.status_code, response.url) == (302, page_of(link))
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (page_of(link), True, "Lax")
    assert phone.get(page_of(link)).headers["Cache-Control"] == "no-store, private"


def test_typed_code_opens_the_link_as_the_token_does(link):
    assert Client().get(f"/tell/{code_of(link.nonce).upper()}/").url == page_of(link)


def test_address_alone_opens_nothing(link):
    assert Client().get(page_of(link)).url == LOST


def test_pass_of_one_link_opens_no_other(link, phone, other_organisation):
    with scope(organisation=other_organisation):
        other = make_link(other_organisation, None)
    phone.cookies["telling"]["path"] = "/"

    assert phone.get(page_of(other)).url == LOST


def test_wrong_words_end_alike_and_who_guesses_waits(link, monkeypatch):
    monkeypatch.setattr(wrong_tries, "TRIES_MAX", 3)
    guesser = Client()

    ends = [guesser.get(f"/tell/{number:043d}/").url for number in range(4)]

    assert ends == [LOST, LOST, LOST, WAIT]
    assert guesser.get(f"/tell/{token_of(link.nonce)}/").url == WAIT
    assert guesser.get(LOST).status_code == 404
    assert guesser.get(WAIT).status_code == 429


def test_story_told_by_link_waits_and_rings_reviewers_once(link, phone, manager, make_member, in_scope):
    staff = make_member(in_scope, "staff")
    told = [tell(phone, page_of(link), what_happened=what) for what in ("One.", "Two.")]

    stories = list(Story.objects.order_by("pk"))
    rung = Notification.objects.filter(kind="story")
    assert [(story.state, story.told_by, story.is_from_link) for story in stories] == [("waiting", None, True)] * 2
    assert all(answer.url.startswith(f"{page_of(link)}thanks/") for answer in told)
    assert [(row.recipient, row.actor_name, row.path) for row in rung] == [
        (manager, "Somebody", "/northern-air/stories/review/")
    ]
    assert not Notification.objects.filter(recipient=staff).exists()


def test_waiting_story_is_seen_by_reviewers_alone(link, phone, manager_client, make_member, client_of, in_scope):
    tell(phone, page_of(link), what_happened="Still a secret.")
    story, staff = Story.objects.get(), client_of(make_member(in_scope, "staff"))

    pages = [staff.get("/northern-air/stories/").content, manager_client.get("/northern-air/stories/").content]

    assert [b"Still a secret." in page for page in pages] == [False, False]
    assert staff.get(story.get_absolute_url()).status_code == 404
    assert b"Still a secret." in manager_client.get("/northern-air/stories/review/").content


def test_same_form_sent_twice_by_link_tells_one_story(link, phone):
    answers = {tell(phone, page_of(link), submission="once").url for _ in range(2)}

    assert (Story.objects.count(), len(answers)) == (1, 1)


def test_refused_story_keeps_all_its_words(link, phone):
    response = tell(phone, page_of(link), who="Amal", customer_said="Oh!")

    page = response.content.decode()
    assert (response.status_code, Story.objects.count()) == (422, 0)
    assert [words in page for words in ("She brought the keys.", 'value="Amal"', "Oh!")] == [True] * 3


def test_who_tells_by_link_is_given_the_private_link_of_who_is_named(link, phone):
    thanks = tell(phone, page_of(link), who="Amal", has_consent="on").url

    page = phone.get(thanks).content.decode()
    elsewhere = Client()
    elsewhere.get(f"/tell/{token_of(link.nonce)}/")
    assert name_address(Story.objects.get()) in page
    assert "data-forget-drafts" in page
    assert elsewhere.get(thanks).url == page_of(link)


def test_page_speaks_the_language_of_the_browser_until_another_is_chosen(link, phone):
    german = phone.get(page_of(link), headers={"accept-language": "de-AT"})
    phone.get(page_of(link), {"language": "ar"})
    arabic = phone.get(page_of(link), headers={"accept-language": "de"})
    tell(phone, page_of(link))

    assert german.headers["Content-Language"] == "de"
    assert '<html lang="ar" dir="rtl">' in arabic.content.decode()
    assert Story.objects.get().language == "ar"


def test_journeys_are_listed_only_where_the_link_offers_them(link, phone, manager_client, in_scope):
    make_moments(in_scope)
    shown = phone.get(page_of(link)).content.decode()
    manager_client.post("/northern-air/stories/link/offer/")

    hidden = phone.get(page_of(link)).content.decode()
    moments = phone.get(f"{page_of(link)}moments/", {"journey": "1"}).content.decode()

    assert ["A trip with us" in page for page in (shown, hidden, moments)] == [True, False, False]
    assert "At the desk" not in moments


def test_revoked_link_takes_nothing_from_the_next_request_on(link, phone, manager_client):
    manager_client.post("/northern-air/stories/link/end/")

    answers = [tell(phone, page_of(link)), Client().get(f"/tell/{token_of(link.nonce)}/")]

    assert [answer.url for answer in answers] == [LOST, LOST]
    assert Story.objects.count() == 0


def test_renewed_link_has_other_words_and_the_same_manners(link, manager_client, in_scope):
    manager_client.post("/northern-air/stories/link/offer/")
    manager_client.post("/northern-air/stories/link/end/", {"renew": "yes"})

    renewed = working_link(in_scope)
    assert renewed.nonce != link.nonce
    assert renewed.offers_journeys is False
    assert Client().get(f"/tell/{token_of(link.nonce)}/").url == LOST


def test_link_is_made_once_and_shown_with_its_code(in_scope, manager_client):
    for _ in range(2):
        manager_client.post("/northern-air/stories/link/")

    link = StoryLink.objects.get()
    page = manager_client.get("/northern-air/stories/link/").content.decode()
    screen = manager_client.get("/northern-air/stories/link/screen/").content.decode()
    assert [token_of(link.nonce) in page, code_of(link.nonce) in page, code_of(link.nonce) in screen] == [True] * 3


def test_no_word_of_a_link_is_kept(link, in_scope):
    story = make_story(in_scope, who="Amal")

    kept = [str(value) for row in (link, story) for value in row.__dict__.values()]

    words = [token_of(link.nonce), code_of(link.nonce), token_of(story.name_nonce)]
    assert [word for word in words if any(word in value for value in kept)] == []


def test_too_many_stories_from_one_network_have_to_wait_and_lose_nothing(link, phone, monkeypatch):
    monkeypatch.setattr(wrong_tries, "TRIES_MAX", 2)

    answers = [tell(phone, page_of(link), what_happened=f"Number {number}.") for number in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "Number 2." in answers[2].content.decode()


def test_photos_that_are_none_count_as_stories(link, phone, monkeypatch):
    monkeypatch.setattr(wrong_tries, "TRIES_MAX", 1)

    answers = [
        tell(phone, page_of(link), photo=SimpleUploadedFile("keys.jpg", b"<svg/>", "image/jpeg")) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [422, 429]
    assert "She brought the keys." in answers[1].content.decode()


def test_more_than_anybody_looks_at_is_not_taken(link, phone, monkeypatch):
    monkeypatch.setattr(telling, "WAITING_MAX", 1)

    answers = [tell(phone, page_of(link), what_happened=f"Number {number}.") for number in range(2)]

    assert [answer.status_code for answer in answers] == [302, 429]
    assert Story.objects.count() == 1


def test_round_s_page_of_thanks_leads_to_the_link_and_carries_nothing_of_the_round(link, in_scope):
    round_ = make_open_round(in_scope)
    way = link_for(round_)
    phone = Client(headers={"accept-language": "en"})
    phone.get(f"/a/{token_of(way.nonce)}/")

    response = phone.get(f"/answer/l{way.pk}/tell/")
    tell(phone, response.url)

    story = Story.objects.get()
    assert response.url == page_of(link)
    assert (story.state, story.journey, story.told_by) == ("waiting", None, None)


def test_page_of_thanks_leads_nowhere_without_a_link(in_scope):
    round_ = make_open_round(in_scope)
    way = link_for(round_)
    phone = Client()
    phone.get(f"/a/{token_of(way.nonce)}/")

    assert phone.get(f"/answer/l{way.pk}/tell/").url == LOST


def test_private_link_shows_the_story_and_takes_the_name_out_when_asked(in_scope):
    story = make_story(in_scope, "Amal brought the keys.", who="Amal Haddad")
    named: Any = Client(headers={"accept-language": "en"})
    page = named.get(private_path(story)).url

    shown = named.get(page).content.decode()
    untouched = Story.objects.get().who
    answer = named.post(page)

    story.refresh_from_db()
    assert "Amal brought the keys." in shown
    assert (untouched, answer.url) == ("Amal Haddad", page)
    assert (story.who, story.what_happened, story.has_consent) == ("", "[…] brought the keys.", False)
    assert story.name_withdrawn_at <= timezone.now()
    assert "Nobody is named in this story" in named.get(page).content.decode()


def test_private_page_needs_the_pass(in_scope):
    story = make_story(in_scope, who="Amal")

    assert Client().post(f"/tell/n{story.pk}/").url == LOST
    assert Story.objects.get().who == "Amal"
