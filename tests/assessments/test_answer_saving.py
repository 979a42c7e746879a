"""What the script sends: kept at once, the last answer wins, and handed in once however often it is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django_scopes import scope

from assessments.choices import Audience, View
from assessments.models import Draft, OpenLink, Rating, Recipient, Response
from assessments.tokens import hmac_of, token_of
from tests.assessments.answering import opened
from tests.assessments.rounds import link_for, make_open_round

POSTS = 50


@pytest.fixture
def staff(in_scope) -> tuple[Client, str]:
    return opened(link_for(make_open_round(in_scope)))


@pytest.fixture
def at_once(transactional_db, organisation) -> Callable[..., list]:
    """at_once(act, 8) calls act(0) to act(7) in threads of their own and gives what they answered."""

    def run(act: Callable[[int], object], count: int) -> list:
        def alone(number: int) -> object:
            try:
                return act(number)
            finally:
                connections.close_all()

        connections.close_all()  # the pool of PostgreSQL has one for each of eight, none for who only waits
        with ThreadPoolExecutor(8) as pool:
            return list(pool.map(alone, range(count)))

    return run


def said(turn: int, level: str = "", **more: str) -> dict[str, Any]:
    empty = dict.fromkeys(("times", "seconds", "decision", "idea"), "")
    return {"turn": turn, "asked": True, "level": level, **empty, **more}


def save(device: Client, base: str, answers: Any):
    return device.post(f"{base}save/", json.dumps({"answers": answers}), content_type="application/json")


def levels() -> dict[str, int | None]:
    return {place: kept.get("level") for place, kept in Draft.objects.get().answers.items()}


def twin_of(device: Client) -> Client:
    """Another tab of the same browser."""
    twin = Client()
    twin.cookies.update(device.cookies)
    return twin


@pytest.mark.django_db
def test_answers_are_kept_as_they_are_given(staff):
    device, base = staff

    first = save(device, base, {"0": said(1, "5", times="40", seconds="15", decision="keep", idea="More")})
    save(device, base, {"2": said(2, "0")})

    words = {"level": 5, "times_per_week": 40.0, "seconds": 15.0, "decision": "keep", "idea": "More"}
    assert (first.status_code, first.json()) == (200, {"errors": {}})
    assert Draft.objects.get().answers == {
        "0": {**words, "turn": 1, "is_asked": True},
        "2": {"level": 0, "turn": 2, "is_asked": True},
    }


@pytest.mark.django_db
def test_older_answer_never_overwrites_a_newer_one(staff):
    device, base = staff
    save(device, base, {"0": said(5, "5"), "1": said(2, "2")})

    late = save(twin_of(device), base, {"0": said(4, "1"), "1": said(6, "6")})

    assert late.status_code == 200
    assert levels() == {"0": 5, "1": 6}


@pytest.mark.django_db
def test_same_answer_sent_again_changes_nothing(staff):
    device, base = staff

    for _ in range(3):
        save(device, base, {"0": said(1, "5")})

    assert Draft.objects.get().answers == {"0": {"level": 5, "turn": 1, "is_asked": True}}


@pytest.mark.django_db
def test_page_without_a_script_counts_as_newer_than_what_came_before(staff):
    device, base = staff
    save(device, base, {"0": said(7, "5")})

    device.post(f"{base}1/", {"level": "2"})

    assert Draft.objects.get().answers["0"] == {"level": 2, "turn": 8, "is_asked": True}


@pytest.mark.django_db
def test_wrong_number_is_told_and_the_rest_is_kept(staff):
    device, base = staff

    response = save(device, base, {"0": said(1, "5", seconds="abc"), "1": said(2, "4", times="3")})

    message = "This is no number. Write digits, such as 40, or leave it empty."
    assert response.json() == {"errors": {"0": {"seconds": message}}}
    assert levels() == {"0": 5, "1": 4}


@pytest.mark.django_db
def test_customers_ticks_are_kept_with_the_answers(in_scope):
    round_ = make_open_round(in_scope, audience=Audience.CUSTOMERS)
    device, base = opened(link_for(round_, view=View.CUSTOMERS))

    save(device, base, {"0": {**said(1, "3"), "asked": False}, "1": said(2), "2": said(3, "6")})
    device.post(f"{base}check/")

    kept = Rating.objects.order_by("moment__position").values_list("moment__position", "level")
    assert list(kept) == [(0, None), (2, 6)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        '{"answers": []}',
        '{"answers": {"0": 4}}',
        '{"answers": {"0": {"level": "4"}}}',
        '{"answers": {"0": {"turn": true, "level": "4"}}}',
        '{"answers": {"0": {"turn": 0, "level": "4"}}}',
        '{"answers": {"0": {"turn": 1e400, "level": "4"}}}',
        '{"answers": {"0": {"turn": 99999999999999999999, "level": "4"}}}',
        '{"answers": {"0": {"turn": 1, "level": 4}}}',
        '{"answers": {"0": {"turn": 1, "idea": ["x"]}}}',
        "[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_what_our_script_does_not_send_is_refused(staff, body):
    device, base = staff

    response = device.post(f"{base}save/", body, content_type="application/json")

    assert (response.status_code, response.json()) == (400, {"problem": "unreadable"})
    assert Draft.objects.count() == 0


@pytest.mark.django_db
def test_unknown_moments_and_odd_words_are_left_out(staff):
    device, base = staff

    answers = {"0": said(1, "9", idea="\0ink\ud800", decision="shout"), "77": said(2, "4"), "x": said(3, "4")}
    response = save(device, base, answers)

    assert set(response.json()["errors"]["0"]) == {"level", "decision"}
    assert Draft.objects.get().answers == {"0": {"idea": "ink", "turn": 1, "is_asked": True}}


@pytest.mark.django_db
def test_script_is_told_that_it_was_handed_in_or_that_it_has_no_pass(staff):
    device, base = staff
    save(device, base, {"0": said(1, "5")})
    device.post(f"{base}check/")

    late, stranger = save(device, base, {"0": said(2, "1")}), save(Client(), base, {"0": said(2, "1")})

    assert (late.status_code, late.json()) == (409, {"problem": "handed in"})
    assert (stranger.status_code, stranger.json()) == (404, {"problem": "no pass"})


@pytest.mark.django_db
def test_saving_one_answer_takes_a_handful_of_queries(staff, django_assert_max_num_queries):
    device, base = staff
    save(device, base, {"0": said(1, "5")})

    with django_assert_max_num_queries(8):  # two of them a savepoint of the test's own transaction
        save(device, base, {"1": said(2, "4")})


@pytest.mark.django_db
def test_worker_is_served_for_all_pages_below_answer():
    response = Client().get("/answer/worker.js")

    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Service-Worker-Allowed"] == "/answer/"
    assert "worker-src 'self'" in response["Content-Security-Policy"]
    assert b"caches.match" in response.content


def test_50_equal_posts_of_handing_in_make_one_row(at_once, organisation):
    with scope(organisation=organisation):
        device, base = opened(link_for(make_open_round(organisation)))
        save(device, base, {str(place): said(place + 1, "5", idea="ink") for place in range(3)})

    answers = at_once(lambda _: twin_of(device).post(f"{base}check/"), POSTS)

    with scope(organisation=organisation):
        counts = Response.objects.count(), Rating.objects.count(), OpenLink.objects.get().response_count
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, f"{base}done/")}
    assert counts == (1, 3, 1)


def test_personal_link_on_two_devices_at_once_makes_one_row(at_once, organisation):
    with scope(organisation=organisation):
        round_ = make_open_round(organisation)
        recipient = Recipient(round=round_, view="staff", email="a@example.org")
        recipient.token_hmac = hmac_of(token_of(recipient.nonce))
        recipient.save()
        devices = [opened(recipient) for _ in range(8)]
        for device, base in devices:
            save(device, base, {"0": said(1, "5")})

    answers = at_once(lambda number: devices[number][0].post(f"{devices[number][1]}check/"), len(devices))

    with scope(organisation=organisation):
        assert Response.objects.count() == 1
    assert sorted(answer.status_code for answer in answers) == [302, *[410] * 7]


def test_link_takes_no_more_than_its_cap_from_many_at_once(at_once, organisation):
    with scope(organisation=organisation):
        link = link_for(make_open_round(organisation))
        OpenLink.objects.update(cap=3)
        devices = [opened(link) for _ in range(8)]
        for device, base in devices:
            save(device, base, {"0": said(1, "5")})

    at_once(lambda number: devices[number][0].post(f"{devices[number][1]}check/"), len(devices))

    with scope(organisation=organisation):
        assert (Response.objects.count(), OpenLink.objects.get().response_count) == (3, 3)


def test_first_answers_of_many_tabs_at_once_make_one_draft(at_once, organisation):
    with scope(organisation=organisation):
        device, base = opened(link_for(make_open_round(organisation)))

    answers = at_once(lambda number: save(twin_of(device), base, {"0": said(number + 1, "5")}), 24)

    with scope(organisation=organisation):
        draft = Draft.objects.get()
    assert {answer.status_code for answer in answers} == {200}
    assert draft.answers["0"]["turn"] == 24


def test_tabs_that_answer_and_hand_in_at_once_lose_nothing_silently(at_once, organisation):
    with scope(organisation=organisation):
        device, base = opened(link_for(make_open_round(organisation)))
        save(device, base, {"0": said(1, "5")})

    def act(number: int):
        twin = twin_of(device)
        return twin.post(f"{base}check/") if number == 12 else save(twin, base, {"1": said(number + 2, "4")})

    answers = at_once(act, 24)

    saved = [answer.status_code for answer in answers[:12] + answers[13:]]
    with scope(organisation=organisation):
        kept = dict(Rating.objects.values_list("moment__position", "level"))
        assert Response.objects.count() == 1
    assert set(saved) <= {200, 409}
    assert kept == ({0: 5, 1: 4} if 200 in saved else {0: 5})
