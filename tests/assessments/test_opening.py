"""Coming in: by a link, a typed code, on a shared tablet; and all that opens nothing."""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import timezone

from assessments.links import Way, find_by_pass, link_of, name_of, renew_link
from assessments.models import Draft, OpenLink, Recipient, WrongTry
from assessments.rounds import close_round, make_round
from assessments.tokens import code_of, hmac_of, token_of
from assessments.views.opening import answer_open
from assessments.wrong_tries import TRIES_MAX, WINDOW
from tests.assessments.answering import opened
from tests.assessments.rounds import link_for, make_journey, make_open_round

pytestmark = pytest.mark.django_db
LOST, WAIT = "/a/lost/", "/a/wait/"


@pytest.fixture
def link(in_scope) -> OpenLink:
    return link_for(make_open_round(in_scope, title="Autumn"))


@pytest.fixture
def recipient(link) -> Recipient:
    row = Recipient(round=link.round, view="staff", email="a@example.org", name="Ada")
    row.token_hmac = hmac_of(token_of(row.nonce))
    row.save()
    return row


def path_of(found: OpenLink | Recipient) -> str:
    return f"/a/{token_of(found.nonce)}/"


def test_link_swaps_its_token_for_a_cookie_of_that_path(link):
    response = Client().get(path_of(link))

    cookie = response.cookies["answer-offer"]
    assert (response.status_code, response.url) == (302, f"/answer/l{link.pk}/")
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (f"/answer/l{link.pk}/", True, "Lax")
    assert token_of(link.nonce) not in cookie.value
    assert response["Referrer-Policy"] == "no-referrer"
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store, private", "noindex, nofollow")


def test_opening_a_link_keeps_nothing(link):
    opened(link)

    assert (Draft.objects.count(), OpenLink.objects.get().response_count) == (0, 0)


def test_link_opened_again_goes_on_with_the_same_device(link):
    device, base = opened(link)
    first = find_by_pass(device.cookies["answer"].value)

    device.get(path_of(link))
    device.get(base)

    again = find_by_pass(device.cookies["answer"].value)
    assert first is not None
    assert again == Way(link, None, first.device)


def test_code_opens_the_same_however_it_is_typed(link):
    typed = f" {code_of(link.nonce).upper().replace('-', ' ')}"

    by_address = Client().get(f"/a/{code_of(link.nonce)}/")
    by_form = Client().post("/a/", {"code": typed})

    assert [response.url for response in (by_address, by_form)] == [f"/answer/l{link.pk}/"] * 2


def test_code_that_can_be_none_gets_a_message_and_keeps_what_was_typed(link):
    response = Client().post("/a/", {"code": "k7m2-9xq"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "A code has twelve letters and digits" in page
    assert 'value="k7m2-9xq"' in page
    assert WrongTry.objects.count() == 0


@pytest.mark.parametrize("ending", ["", "/", ".", ")/", "kiosk/", "/kiosk/"])
def test_link_copied_carelessly_opens_or_ends_as_all_wrong_ones(link, ending):
    response = Client().get(f"/a/{token_of(link.nonce)}{ending}")

    assert response.status_code == 302
    expected = {"kiosk/": LOST, "/kiosk/": f"/answer/k{link.pk}/"}.get(ending, f"/answer/l{link.pk}/")
    assert response.url == expected


def test_personal_link_opens_its_own_pages_and_no_kiosk(recipient):
    device, base = opened(recipient)

    kiosk = Client().get(f"{path_of(recipient)}kiosk/")

    assert base == f"/answer/r{recipient.pk}/"
    assert device.get(f"{base}1/").status_code == 200
    assert kiosk.url == LOST


def test_10_000_wrong_tokens_get_one_uniform_answer(link):
    factory = RequestFactory()
    answers = set()
    for number in range(10_000):
        address = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        request = factory.get(f"/a/{secrets.token_urlsafe(32)}/", REMOTE_ADDR=address)
        response = answer_open(request, token=request.path[3:-1])
        answers.add((response.status_code, response.content, repr(sorted(response.items())), str(response.cookies)))

    headers = {
        "Cache-Control": "no-store, private",
        "Content-Type": "text/html; charset=utf-8",
        "Location": LOST,
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
    }
    assert answers == {(302, b"", repr(sorted(headers.items())), "")}
    assert WrongTry.objects.count() == 10_000


@pytest.mark.parametrize("words", ["x" * 43, "x" * 42, "k7m2-9xqt-4b3d", "x", "x/y/z", "\udc80", "%00", "é" * 4000])
def test_wrong_words_of_every_kind_lead_to_one_page(link, words):
    response = Client().get(f"/a/{words.encode('utf-8', 'surrogateescape').decode('latin-1')}/", follow=True)

    assert response.redirect_chain[-1] == (LOST, 302)
    assert response.status_code == 404
    assert "This opens nothing" in response.content.decode()


def test_who_guesses_too_often_waits_with_right_words_too(link):
    guesser = Client()
    for _ in range(TRIES_MAX):
        assert guesser.get(f"/a/{secrets.token_urlsafe(32)}/").url == LOST

    wrong, right = guesser.get(f"/a/{'x' * 43}/"), guesser.get(path_of(link))
    typed = guesser.post("/a/", {"code": code_of(link.nonce)})

    assert [response.url for response in (wrong, right, typed)] == [WAIT] * 3
    assert (dict(wrong.items()), str(wrong.cookies)) == (dict(right.items()), str(right.cookies))
    assert guesser.get(WAIT).status_code == 429
    assert Client(REMOTE_ADDR="10.0.0.2").get(path_of(link)).url == f"/answer/l{link.pk}/"


def test_waiting_ends(link):
    guesser = Client()
    for _ in range(TRIES_MAX):
        guesser.get(f"/a/{secrets.token_urlsafe(32)}/")

    with time_machine.travel(timezone.now() + WINDOW + timedelta(seconds=1)):
        response = guesser.get(path_of(link))

    assert response.url == f"/answer/l{link.pk}/"


def test_device_without_a_pass_is_asked_for_its_link(link):
    device, base = opened(link)

    stranger, forged = Client(), Client()
    forged.cookies["answer"] = device.cookies["answer"].value[:-2]

    assert [client.get(f"{base}1/").url for client in (stranger, forged)] == [LOST, LOST]


def test_pass_of_one_link_opens_no_other(link):
    other = link_of(link.round, "customers", None)
    other.save()
    device, _ = opened(link)

    device.cookies["answer"]["path"] = "/"
    answers = [device.get(f"/answer/{name}/1/").status_code for name in (f"l{other.pk}", f"k{link.pk}", "r1")]

    assert answers == [302, 302, 302]


def test_draft_of_one_device_is_not_shown_on_another(link):
    first, base = opened(link)
    first.post(f"{base}1/", {"level": "4", "idea": "ink-idea"})

    second, _ = opened(link)

    assert "ink-idea" in first.get(f"{base}1/").content.decode()
    assert "ink-idea" not in second.get(f"{base}1/").content.decode()


def test_no_token_in_logs_titles_or_referrers(link, recipient, caplog):
    words = [token_of(link.nonce), code_of(link.nonce), token_of(recipient.nonce)]
    with caplog.at_level(logging.DEBUG):
        for found in (link, recipient):
            device, base = opened(found)
            pages = [device.get(base + page) for page in ("", "1/", "check/", "done/", "7/")]
        for word in words:
            Client().get(f"/a/{word}/")
            Client().post(f"/a/{word}/")
            Client().get(f"/a/{word}/kiosk/x/")
            Client().get(f"/a/{word[:-1]}/", follow=True)
        close_round(link.round)
        refused = Client().get(path_of(link), follow=True)

    told = caplog.text + "".join(page.content.decode() for page in [*pages, refused])
    assert [word for word in [*words, *(word[:-1] for word in words)] if word in told] == []
    assert {page["Referrer-Policy"] for page in pages} == {"same-origin"}


def test_pages_of_respondents_are_kept_by_no_cache_and_found_by_no_search(link):
    device, base = opened(link)

    pages = [device.get(base + page) for page in ("", "1/", "check/")] + [Client().get("/a/"), Client().get(LOST)]

    kept = {(page["Cache-Control"], page["X-Robots-Tag"]) for page in pages}
    assert kept == {("no-store, private", "noindex, nofollow")}


def refused_page(link: OpenLink) -> tuple[int, str]:
    device, base = opened(link)
    response = device.get(base)
    sent = device.post(f"{base}save/", {"answers": {}}, content_type="application/json")
    assert (sent.status_code, device.get(f"{base}1/").status_code) == (410, 410)
    return response.status_code, response.content.decode().partition("<h1>")[2].partition("</h1>")[0]


def test_closed_round_says_so(link):
    close_round(link.round)

    assert refused_page(link) == (410, "This round has closed")


def test_round_that_is_not_open_yet_says_when(in_scope):
    round_ = make_round(make_journey(in_scope), None, title="Spring", opens_at=timezone.now() + timedelta(days=3))
    link = link_of(round_, "staff", None)
    link.save()

    assert refused_page(link) == (410, "Not open yet")


def test_revoked_link_says_so_and_the_new_one_opens(link):
    renewed = renew_link(link)

    assert refused_page(link) == (410, "This link works no more")
    assert opened(renewed)[0].get(f"/answer/{name_of(renewed)}/").status_code == 200


def test_full_link_says_so(link):
    OpenLink.objects.update(response_count=1, cap=1)

    assert refused_page(link) == (410, "This link is full")


def test_used_personal_link_says_so(recipient):
    Recipient.objects.update(has_answered=True)

    assert refused_page(recipient) == (410, "You have answered already")
