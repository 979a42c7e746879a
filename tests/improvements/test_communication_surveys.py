"""Rating what is sent without an account: the link, its pass, what it asks, and its keepers' pages."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from assessments import wrong_tries
from assessments.tokens import code_of, token_of
from improvements.communications.opinions import opinions_of
from improvements.communications.surveys import surveys_of
from improvements.models import CommunicationHandIn, CommunicationSurvey, CommunicationTally
from improvements.views import communication_rating
from journeys.models import LevelWording
from tests.improvements.rated import ask, judge_all, send

pytestmark = pytest.mark.django_db
LOST, WAIT, ASKING = "/rate/lost/", "/a/wait/", "/northern-air/communications/asking/"


@pytest.fixture
def survey(in_scope) -> CommunicationSurvey:
    return ask(in_scope)


@pytest.fixture
def bill(in_scope):
    return send(in_scope, purpose="Says what is to be paid")


@pytest.fixture
def phone(survey) -> Client:
    """A device that has opened the link."""
    return opened(survey)


def opened(survey: CommunicationSurvey) -> Client:
    phone = Client(headers={"accept-language": "en"})
    phone.get(f"/rate/{token_of(survey.nonce)}/")
    return phone


def page_of(survey: CommunicationSurvey) -> str:
    return f"/rate/c{survey.pk}/"


@pytest.mark.parametrize("form", ["{}/", "{}", "{}.", "{})/"])
def test_token_is_swapped_for_a_pass_that_no_address_shows(form, survey):
    phone = Client()

    response = phone.get("/rate/" + form.format(token_of(survey.nonce)))

    cookie = phone.cookies["rating-offer"]
    assert (response.status_code, response.url) == (302, page_of(survey))
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (page_of(survey), True, "Lax")
    page = phone.get(page_of(survey))
    assert page.headers["Cache-Control"] == "no-store, private"
    assert '<meta name="robots" content="noindex, nofollow">' in page.content.decode()


def test_typed_code_opens_the_link_as_the_token_does(survey):
    assert Client().get(f"/rate/{code_of(survey.nonce).upper()}/").url == page_of(survey)


def test_address_alone_opens_nothing(survey):
    assert Client().get(page_of(survey)).url == LOST


def test_pass_of_one_link_opens_no_other(survey, phone, other_organisation):
    with scope(organisation=other_organisation):
        other = ask(other_organisation)
    phone.get(page_of(survey))
    phone.cookies["rating"]["path"] = "/"

    assert phone.get(page_of(other)).url == LOST


def test_wrong_words_end_alike_and_who_guesses_waits(survey, monkeypatch):
    monkeypatch.setattr(wrong_tries, "TRIES_MAX", 3)
    guesser = Client()

    ends = [guesser.get(f"/rate/{number:043d}/").url for number in range(4)]

    assert ends == [LOST, LOST, LOST, WAIT]
    assert guesser.get(f"/rate/{token_of(survey.nonce)}/").url == WAIT
    assert [guesser.get(LOST).status_code, guesser.get(WAIT).status_code] == [404, 429]


def test_page_asks_of_each_communication_and_says_what_is_kept(survey, phone, bill):
    page = phone.get(page_of(survey)).content.decode()

    assert [words in page for words in (
        ">Bill</h2>", "Says what is to be paid", "How relevant was it to you?", "I never saw it", "How was it for you?",
        "A broken promise", "Figures are shown only from 5 answers on",
    )] == [True] * 7  # fmt: skip
    assert page.count(f'name="relevance-{bill.pk}"') == page.count(f'name="level-{bill.pk}"') == 6


def test_staff_are_asked_what_customers_think(in_scope, bill):
    survey = ask(in_scope, "staff")

    page = opened(survey).get(page_of(survey)).content.decode()

    assert [words in page for words in ("How relevant is it to our customers?", "I do not know it")] == [True] * 2
    assert "I never saw it" not in page


def test_levels_are_called_as_the_organisation_calls_them(in_scope, survey, phone, bill):
    LevelWording.objects.create(organisation=in_scope, language="en", level=6, name="Legendary", meaning="Told on")

    page = phone.get(page_of(survey)).content.decode()

    assert ("Legendary" in page, "Unbelievable" in page) == (True, False)


def test_answers_are_counted_once_and_thanked_for(survey, phone, bill):
    said = {f"relevance-{bill.pk}": "4", f"level-{bill.pk}": "2"}

    answers = [phone.post(page_of(survey), said) for _time in range(3)]

    assert [answer.url for answer in answers] == [page_of(survey)] * 3
    assert "Your answers are counted." in phone.get(page_of(survey)).content.decode()
    assert {row.asked: sum(row.waiting) for row in CommunicationTally.objects.all()} == {
        "seen": 1, "relevance": 1, "level": 1
    }  # fmt: skip


def test_device_that_opens_the_link_again_is_thanked_again(survey, phone, bill):
    phone.post(page_of(survey), {f"level-{bill.pk}": "2"})

    phone.get(f"/rate/{token_of(survey.nonce)}/")

    assert "Your answers are counted." in phone.get(page_of(survey)).content.decode()
    phone.post(page_of(survey), {f"level-{bill.pk}": "5"})
    assert CommunicationHandIn.objects.count() == 1


def test_empty_answer_is_asked_for_one(survey, phone, bill):
    response = phone.post(page_of(survey), {f"level-{bill.pk}": "7"})

    assert response.status_code == 422
    assert "One answer is enough." in response.content.decode()
    assert CommunicationHandIn.objects.count() == 0


def test_too_many_from_one_network_wait_and_lose_nothing(survey, bill, monkeypatch):
    monkeypatch.setattr(communication_rating, "HAND_INS_A_NETWORK", 1)
    opened(survey).post(page_of(survey), {f"level-{bill.pk}": "2"})

    response = opened(survey).post(page_of(survey), {f"relevance-{bill.pk}": "never", f"level-{bill.pk}": "2"})

    page = response.content.decode()
    assert response.status_code == 429
    assert ('value="never" checked' in page, page.count(" checked>")) == (True, 2)


def test_nothing_to_rate_is_said(survey, phone):
    assert "There is nothing to rate at the moment." in phone.get(page_of(survey)).content.decode()


def test_page_speaks_the_language_of_the_browser_until_another_is_chosen(survey, phone, bill):
    german = phone.get(page_of(survey), headers={"accept-language": "de-AT"})
    phone.get(page_of(survey), {"language": "ar"})
    arabic = phone.get(page_of(survey), headers={"accept-language": "de"})

    assert german.headers["Content-Language"] == "de"
    assert '<html lang="ar" dir="rtl">' in arabic.content.decode()


@pytest.mark.parametrize("data", [{}, {"renew": "yes"}])
def test_ended_link_opens_nothing_from_the_next_request_on(survey, phone, bill, manager_client, data):
    manager_client.post(f"{ASKING}{survey.pk}/end/", data)

    ends = [
        phone.post(page_of(survey), {f"level-{bill.pk}": "2"}).url,
        Client().get(f"/rate/{token_of(survey.nonce)}/").url,
    ]

    assert ends == [LOST, LOST]
    assert CommunicationHandIn.objects.count() == 0


def test_link_is_made_once_a_view_and_shown_with_its_code(in_scope, manager_client):
    for _time in range(2):
        manager_client.post(ASKING, {"view": "staff", "minimum_group": "6"})

    survey = CommunicationSurvey.objects.get()
    pages = [manager_client.get(address).content.decode() for address in (ASKING, f"{ASKING}{survey.pk}/screen/")]
    assert (survey.view, survey.minimum_group) == ("staff", 6)
    assert [token_of(survey.nonce) in pages[0], *(code_of(survey.nonce) in page for page in pages)] == [True] * 3


@pytest.mark.parametrize("data", [{"view": "staff", "minimum_group": "2"}, {"view": "nobody", "minimum_group": "5"}])
def test_link_of_nobody_or_too_few_is_refused(in_scope, manager_client, data):
    response = manager_client.post(ASKING, data)

    assert response.status_code == 422
    assert CommunicationSurvey.objects.count() == 0


def test_no_word_of_a_link_is_kept(survey):
    kept = [str(value) for value in survey.__dict__.values()]

    words = [token_of(survey.nonce), code_of(survey.nonce)]
    assert [word for word in words if any(word in value for value in kept)] == []


def test_page_shows_all_three_beside_each_other_and_says_who_judges(in_scope, survey, bill, manager_client):
    type(bill).objects.filter(pk=bill.pk).update(relevance=5, level=5)
    judge_all(survey, bill, [(1, 2)] * 5)
    judge_all(ask(in_scope, "staff"), bill, [(3, 4)] * 4)

    page = manager_client.get(reverse("communication_list", args=["northern-air"])).content.decode()

    assert ">Stop it</span>" in page
    assert page.count("gap 3") == page.count("gap 4") == 1
    assert page.count("of 5</span>") == 2
    assert "of 4</span>" not in page


def test_page_takes_as_many_queries_for_twenty_as_for_one(
    in_scope, survey, bill, manager_client, django_assert_max_num_queries
):
    address = reverse("communication_list", args=["northern-air"])
    judge_all(survey, bill, [(1, 2)] * 5)
    with CaptureQueriesContext(connection) as one:
        manager_client.get(address)
    for number in range(20):
        judge_all(survey, send(in_scope, f"Letter {number}"), [(3, 3)])

    with django_assert_max_num_queries(len(one)):
        assert "Letter 19" in manager_client.get(address).content.decode()


def test_communication_that_was_mended_begins_anew_and_others_stay(in_scope, survey, bill, manager_client):
    letter = send(in_scope, "Letter")
    for row in (bill, letter):
        judge_all(survey, row, [(1, 2)] * 5)
    page = reverse("communication_edit", args=["northern-air", bill.pk])
    before = manager_client.get(page).content.decode()

    manager_client.post(reverse("communication_forget", args=["northern-air", bill.pk]))

    opinions = opinions_of(in_scope, surveys_of(in_scope))
    assert list(opinions["customers"]) == [letter.pk]
    assert ["Forget what was said" in text for text in (before, manager_client.get(page).content.decode())] == [
        True,
        False,
    ]


def test_example_of_a_mail_is_shown_to_nobody_who_rates(in_scope, survey, phone):
    send(in_scope, "Mail", example="Dear customer")

    assert "Dear customer" not in phone.get(page_of(survey)).content.decode()
