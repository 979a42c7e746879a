"""The open links of a round, as who runs rounds sees them."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.urls import reverse
from django_scopes import scope

from assessments.addresses import answer_address, kiosk_address, short_address
from assessments.links import find_link, renew_link
from assessments.models import OpenLink
from assessments.tokens import code_of, token_of
from tests.assessments.rounds import link_for, make_open_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(in_scope):
    return make_open_round(in_scope, ["Gate team", "Lounge"])


def address(name: str, pk: int) -> str:
    return reverse(name, args=["northern-air", pk])


@pytest.mark.parametrize(
    ("public_url", "short"),
    [("https://moments.example", "moments.example/a/"), ("http://127.0.0.1:8000/cx", "127.0.0.1:8000/cx/a/")],
)
def test_addresses_begin_with_the_public_url(round_, settings, public_url, short):
    settings.PUBLIC_URL = public_url
    link = link_for(round_, "Lounge")
    token, code = token_of(link.nonce), code_of(link.nonce)

    addresses = answer_address(link), kiosk_address(link), short_address(link)

    assert addresses == (f"{public_url}/a/{token}/", f"{public_url}/a/{token}/kiosk/", f"{short}{code}")


def test_page_shows_links_and_is_kept_by_no_cache(manager_client, round_):
    response = manager_client.get(address("link_list", round_.pk))

    page = response.content.decode()
    assert [row.name for row in response.context["rows"]] == ["Gate team", "Lounge"]
    for group in ("Gate team", "Lounge"):
        link = link_for(round_, group)
        assert f'value="{answer_address(link)}"' in page
        assert f'value="{short_address(link)}"' in page
    assert page.count("<svg viewBox=") == 2
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("name", ["link_screen", "link_renew", "link_revoke"])
def test_pages_of_one_link_are_kept_by_no_cache(manager_client, round_, name):
    response = manager_client.get(address(name, link_for(round_, "Lounge").pk))

    assert (response.status_code, response["Cache-Control"]) == (200, "no-store, private")


def test_links_name_their_view_where_both_are_asked(manager_client, in_scope):
    round_ = make_open_round(in_scope, ["Lounge"], audience="both")

    rows = manager_client.get(address("link_list", round_.pk)).context["rows"]

    assert [row.name for row in rows] == ["Lounge, Staff", "Lounge, Customers"]


def test_cap_is_changed_and_what_can_not_be_is_said_beside_it(manager_client, round_):
    link = link_for(round_, "Lounge")

    answers = [manager_client.post(address("link_cap", link.pk), {"cap": cap}) for cap in ("40", "0", "many")]

    assert [answer.status_code for answer in answers] == [302, 422, 422]
    assert OpenLink.objects.get(pk=link.pk).cap == 40
    assert "Ensure this value is greater than or equal to 1." in answers[1].content.decode()
    assert 'value="many"' in answers[2].content.decode()


def test_new_link_ends_the_old_one_and_keeps_its_cap(manager_client, round_):
    old = link_for(round_, "Lounge")
    OpenLink.objects.filter(pk=old.pk).update(cap=40, response_count=3)

    for _ in range(2):
        manager_client.post(address("link_renew", old.pk))

    new = OpenLink.objects.get(round=round_, group__name="Lounge", revoked_at=None)
    assert (new.cap, new.response_count) == (40, 0)
    assert new.token_hmac != old.token_hmac
    assert OpenLink.objects.count() == 3
    assert find_link(token_of(old.nonce)).revoked_at is not None


def test_revoked_link_is_listed_and_can_be_replaced(manager_client, round_):
    link = link_for(round_, "Lounge")
    manager_client.post(address("link_revoke", link.pk))

    before = manager_client.get(address("link_list", round_.pk))
    for _ in range(2):
        manager_client.post(address("link_list", round_.pk))
    after = manager_client.get(address("link_list", round_.pk))

    assert [len(page.context["rows"]) for page in (before, after)] == [1, 2]
    assert [page.context["missing_count"] for page in (before, after)] == [1, 0]
    assert "1 revoked link" in after.content.decode()


def test_screen_shows_the_code_and_what_to_type(manager_client, round_):
    link = link_for(round_, "Lounge")

    page = manager_client.get(address("link_screen", link.pk)).content.decode()

    assert short_address(link) in page
    assert token_of(link.nonce) not in page
    assert "<svg viewBox=" in page


@pytest.mark.django_db(transaction=True)
def test_link_renewed_at_once_by_many_has_one_successor(organisation):
    with scope(organisation=organisation):
        link = link_for(make_open_round(organisation))
    start, problems = threading.Barrier(4), []

    def work() -> None:
        start.wait()
        try:
            with scope(organisation=organisation):
                renew_link(link)
        except Exception as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    with scope(organisation=organisation):
        assert OpenLink.objects.filter(revoked_at=None).count() == 1
        assert OpenLink.objects.count() == 2
