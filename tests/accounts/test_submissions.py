"""A form that is sent twice works once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from django_scopes import scopes_disabled

from accounts.models import Submission
from accounts.submissions import KEPT, forget_submissions
from journeys.models import Journey, Stage

CREATE = "/northern-air/journeys/new/"
TYPED = {"title": "A trip", "customers_per_year": "5", "customer": "", "submission": "one-form"}


def journey_count() -> int:
    with scopes_disabled():
        return Journey.objects.count()


def test_repeated_post_leads_to_what_the_first_one_made(manager_client):
    first = manager_client.post(CREATE, TYPED)
    second = manager_client.post(CREATE, TYPED)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert journey_count() == 1


def test_repeated_htmx_post_opens_the_page_anew(manager_client, organisation):
    location = manager_client.post(CREATE, TYPED)["Location"]
    with scopes_disabled():
        journey = Journey.objects.get()
    url, data = reverse("stage_add", args=["northern-air", journey.pk]), {"title": "Before", "submission": "x"}

    first = manager_client.post(url, data, headers={"HX-Request": "true"})
    second = manager_client.post(url, data, headers={"HX-Request": "true"})

    with scopes_disabled():
        assert Stage.objects.count() == 1
    assert first.status_code == 200
    assert second["HX-Redirect"] == location


def test_same_form_with_other_words_is_another_submission(manager_client):
    manager_client.post(CREATE, TYPED)
    manager_client.post(CREATE, {**TYPED, "title": "Another trip"})

    assert journey_count() == 2


def test_refused_form_may_be_sent_again(manager_client):
    refused = [manager_client.post(CREATE, {**TYPED, "title": ""}).status_code for _ in range(2)]

    assert refused == [422, 422]
    assert Submission.objects.count() == 0


def test_preview_may_be_asked_for_again(manager_client):
    data = {"outline": "# A\nB\n- C", "submission": "one-form"}

    answers = [manager_client.post("/northern-air/journeys/new/from-text/", data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]


def test_somebody_elses_equal_form_is_their_own(manager_client, client_of, make_member, organisation):
    other = client_of(make_member(organisation, "manager", "other@northern-air.example"))

    manager_client.post(CREATE, TYPED)
    other.post(CREATE, TYPED)

    assert journey_count() == 2


@pytest.mark.django_db(transaction=True)
def test_fifty_equal_posts_at_once_make_one_row(manager, client_of):
    clients = [client_of(manager) for _ in range(5)]
    for client in clients:
        client.get(CREATE)

    def post(number: int) -> int:
        try:
            return clients[number % 5].post(CREATE, TYPED).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        statuses = list(pool.map(post, range(50)))

    assert statuses == [302] * 50
    assert journey_count() == 1


def test_forget_submissions_keeps_the_last_days(manager_client):
    manager_client.post(CREATE, TYPED)

    with time_machine.travel(timezone.now() + KEPT / 2):
        early = forget_submissions()
    with time_machine.travel(timezone.now() + KEPT * 2):
        late = forget_submissions()

    assert (early, late) == (0, 1)
