"""The list of what was said to somebody, and the bell that counts it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.access import Role
from accounts.models import Notification
from accounts.notifications import News, notify

LIST = "/accounts/notifications/"


@pytest.fixture
def told(organisation, manager, make_member):
    """A leader who was told of something."""
    leader = make_member(organisation, Role.LEADER)
    news = News(
        Notification.Kind.MENTION, manager, "A trip · Waits", "Look <b>here</b>", "/northern-air/journeys/", "x 1"
    )
    notify(organisation, [leader, manager], news)
    return leader


def test_notification_is_listed_and_counted_for_its_reader_alone(told, manager, client_of):
    mine, theirs = (client_of(user).get(LIST).content.decode() for user in (told, manager))

    assert "1 new</span>" in mine
    assert "Look &lt;b&gt;here&lt;/b&gt;" in mine
    assert "Nothing yet" in theirs


def test_notification_opened_is_seen_and_leads_to_its_place(told, client_of):
    client = client_of(told)

    response = client.get(LIST, {"open": Notification.objects.get().pk})

    assert (response.status_code, response.url) == (302, "/northern-air/journeys/")
    assert Notification.objects.get().seen_at is not None
    assert "1 new" not in client.get(LIST).content.decode()


@pytest.mark.parametrize("seen", ["all", "own"])
def test_notifications_can_be_marked_as_seen(told, client_of, seen):
    client_of(told).post(LIST, {"seen": "all" if seen == "all" else Notification.objects.get().pk})

    assert Notification.objects.get().seen_at is not None


def test_notification_of_somebody_else_can_not_be_opened_or_marked(told, manager_client):
    row = Notification.objects.get()

    response = manager_client.get(LIST, {"open": row.pk})
    manager_client.post(LIST, {"seen": row.pk})
    manager_client.post(LIST, {"seen": "all"})

    row.refresh_from_db()
    assert (response.status_code, row.seen_at) == (404, None)


def test_notification_is_gone_for_somebody_who_has_left(told, client_of):
    told.memberships.all().delete()
    client = client_of(told)

    page = client.get(LIST).content.decode()

    assert "Look" not in page
    assert "new</span>" not in page
    assert client.get(LIST, {"open": Notification.objects.get().pk}).status_code == 404


@pytest.mark.parametrize("value", ["x", "", "-1", "9" * 30])
def test_notification_that_is_none_answers_404(told, client_of, value):
    assert client_of(told).get(LIST, {"open": value}).status_code == 404


def test_notification_list_takes_the_same_queries_for_1_and_25(
    told, manager, organisation, client_of, django_assert_num_queries
):
    client = client_of(told)
    client.get(LIST)
    with django_assert_num_queries(6):
        client.get(LIST)
    for number in range(2, 26):
        news = News(Notification.Kind.REPLY, manager, "A", "B", "/", f"x {number}")
        notify(organisation, [told], news)

    with django_assert_num_queries(6):
        client.get(LIST)


def test_mails_about_mentions_can_be_switched_off_in_the_account(told, client_of):
    client_of(told).post(reverse("profile_edit"), {"name": "Leader"})

    told.refresh_from_db()
    assert told.mails_mentions is False
