"""The weekly mail: to whom, when, once; and its link, by which its reader answers without signing in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from accounts.access import Role
from accounts.mail import send_due_mails
from accounts.models import Membership, OutgoingMail
from assessments.models import WrongTry
from improvements.actions.changing import change_action
from improvements.actions.mail_words import token_for
from improvements.actions.owner_mails import (
    call_for_owner_mails,
    forget_old_mails,
    refuse_mails,
    tend_owner_mails,
    week_due,
)
from improvements.models import Action, ActionEvent, OwnerMail, OwnerMailRun
from tests.improvements.made_actions import make_one

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATE = date(2026, 11, 20)


@pytest.fixture
def owner(make_member, organisation):
    """Of the role that may do least."""
    return make_member(organisation, Role.STAFF)


@pytest.fixture
def late(time_machine, organisation, owner) -> Action:
    """An action of somebody of the staff that is overdue, on Monday at nine."""
    time_machine.move_to(MONDAY, tick=False)
    with scope(organisation=organisation):
        return make_one(organisation, owner_id=owner.pk, due_on=LATE)


def row_of(action: Action) -> Action:
    with scopes_disabled():
        return Action.objects.get(pk=action.pk)


def the_mail() -> OwnerMail:
    with scopes_disabled():
        return OwnerMail.objects.select_related("organisation", "user").get()


def opened(client: Client) -> tuple[Client, OwnerMail]:
    """A browser without an account that has followed the link of the only mail."""
    tend_owner_mails()
    sent = the_mail()
    assert client.get(reverse("do_open", args=[token_for(sent)])).url == reverse("do_page", args=[sent.pk])
    return client, sent


def answer(client: Client, sent: OwnerMail, action: Action, name: str, **words: str):
    data = {"answer": name, "version": row_of(action).version, **words}
    return client.post(reverse("do_answer", args=[sent.pk, action.pk]), data)


@pytest.mark.parametrize(
    ("now", "zone", "week"),
    [
        (datetime(2026, 11, 23, 8, tzinfo=UTC), "UTC", date(2026, 11, 23)),
        (datetime(2026, 11, 23, 7, 59, tzinfo=UTC), "UTC", None),
        (datetime(2026, 11, 23, 7, tzinfo=UTC), "Europe/Oslo", date(2026, 11, 23)),
        (datetime(2026, 11, 22, 23, tzinfo=UTC), "Asia/Tokyo", date(2026, 11, 23)),
        (datetime(2026, 11, 27, 17, 59, tzinfo=UTC), "UTC", date(2026, 11, 23)),
        (datetime(2026, 11, 27, 18, tzinfo=UTC), "UTC", None),
        (datetime(2026, 11, 28, 12, tzinfo=UTC), "UTC", None),
        (datetime(2026, 11, 29, 12, tzinfo=UTC), "UTC", None),
    ],
)
def test_mails_are_due_in_working_hours_of_the_organisation(now, zone, week):
    assert week_due(now, zone) == week


def test_owner_gets_one_mail_with_all_that_is_overdue(late, organisation, owner):
    with scope(organisation=organisation):
        make_one(organisation, what="Two belts from five", owner_id=owner.pk, due_on=date(2026, 11, 2))
        make_one(organisation, what="Not yet due", owner_id=owner.pk, due_on=date(2026, 11, 23))

    tend_owner_mails()
    send_due_mails()

    [sent] = outbox.outbox
    assert (sent.to, sent.subject) == (
        ["staff@northern-air.example"], "2 actions of yours are overdue: Northern Air",
    )  # fmt: skip
    listed = [sent.body.index(words) for words in ("Two belts from five", "Speak every 15 minutes", "/do/")]
    assert listed == sorted(listed)
    assert "Not yet due" not in sent.body
    assert f"/do/{token_for(the_mail())}/" in sent.body
    assert "[[" not in sent.body


def test_token_stands_in_no_row(late):
    tend_owner_mails()

    [waiting] = OutgoingMail.objects.all()
    sent = the_mail()
    assert token_for(sent) not in f"{waiting.body} {waiting.fill_argument} {sent.token_hmac} {sent.nonce}"


def test_a_week_is_decided_once_whatever_becomes_overdue_later(late, organisation, owner, time_machine):
    tend_owner_mails()
    with scope(organisation=organisation):
        make_one(organisation, what="Later", owner_id=owner.pk, due_on=date(2026, 11, 24))
    time_machine.move_to(MONDAY + timedelta(days=3), tick=False)

    asked = call_for_owner_mails()
    tend_owner_mails()

    assert asked == 0
    assert OutgoingMail.objects.count() == 1


def test_next_week_it_comes_again(late, time_machine):
    tend_owner_mails()
    time_machine.move_to(MONDAY + timedelta(days=7), tick=False)

    asked = call_for_owner_mails()
    tend_owner_mails()

    assert (asked, OutgoingMail.objects.count()) == (1, 2)


@pytest.mark.parametrize("change", [{"due_on": date(2026, 12, 1)}, {"state": "done"}, {"owner_id": None}])
def test_nobody_is_mailed_without_cause(late, organisation, change):
    with scope(organisation=organisation):
        change_action(late, None, change)

    tend_owner_mails()

    assert OutgoingMail.objects.count() == 0


def test_who_refused_or_left_gets_none(late, organisation, owner, make_member):
    leaver = make_member(organisation, Role.LEADER)
    with scope(organisation=organisation):
        make_one(organisation, owner_id=leaver.pk, due_on=LATE)
        refuse_mails(organisation, owner)
    Membership.objects.get(user=leaver).delete()

    tend_owner_mails()

    assert OutgoingMail.objects.count() == 0


def test_mail_that_waits_is_dropped_once_all_is_answered(late, organisation):
    tend_owner_mails()
    with scope(organisation=organisation):
        change_action(late, None, {"state": "done"})

    send_due_mails()

    assert (len(outbox.outbox), OutgoingMail.objects.count()) == (0, 0)


def test_mail_speaks_the_language_of_its_reader(late, owner):
    owner.language = "de"
    owner.save()

    tend_owner_mails()
    send_due_mails()

    assert outbox.outbox[0].subject == "Eine Ihrer Maßnahmen ist überfällig: Northern Air"
    assert "war fällig am 20. Nov" in outbox.outbox[0].body


def test_opening_the_link_changes_nothing_and_leaves_no_token_behind(late, client):
    tend_owner_mails()
    sent = the_mail()
    address = reverse("do_open", args=[token_for(sent)])

    responses = [client.head(address), client.get(address), client.get(address)]

    assert {response.url for response in responses} == {reverse("do_page", args=[sent.pk])}
    assert {response.headers["Referrer-Policy"] for response in responses} == {"no-referrer"}
    cookie = client.cookies["do"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (f"/do/mails/{sent.pk}/", True, "Lax")
    assert row_of(late).version == late.version


def test_page_shows_the_actions_of_the_mail_alone(late, client, organisation, owner, manager):
    with scope(organisation=organisation):
        make_one(organisation, what="Of somebody else", owner_id=manager.pk, due_on=LATE)
    tend_owner_mails()
    with scopes_disabled():
        sent = OwnerMail.objects.get(user=owner)
    client.get(reverse("do_open", args=[token_for(sent)]))

    page = client.get(reverse("do_page", args=[sent.pk])).content.decode()

    assert "Speak every 15 minutes" in page
    assert "Of somebody else" not in page


@pytest.mark.parametrize(
    ("name", "words", "columns"),
    [
        ("done", {}, {"state": "done", "done_on": date(2026, 11, 23)}),
        ("date", {"due_on": "2026-12-04"}, {"state": "planned", "due_on": date(2026, 12, 4)}),
        ("drop", {"dropped_reason": "Too dear"}, {"state": "dropped", "dropped_reason": "Too dear"}),
        ("help", {"help_words": "A key"}, {"help_words": "A key", "help_asked_on": date(2026, 11, 23)}),
    ],
)
def test_answer_is_written_down_as_its_owners(late, client, owner, name, words, columns):
    browser, sent = opened(client)

    response = answer(browser, sent, late, name, **words)

    assert response.url == f"/do/mails/{sent.pk}/?answered={late.pk}"
    assert {column: getattr(row_of(late), column) for column in columns} == columns
    with scopes_disabled():
        event = ActionEvent.objects.filter(action=late).first()
    assert (event.actor, event.is_by_link) == (owner, True)
    assert "nothing of this mail waits" in browser.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("name", "words", "problem"),
    [
        ("date", {"due_on": "2026-11-22"}, "This day is over"),
        ("date", {"due_on": ""}, "This field is required"),
        ("date", {"due_on": "9999-01-01"}, "Look at the year again"),
        ("drop", {"dropped_reason": " "}, "This field is required"),
        ("drop", {"dropped_reason": "a" * 401}, "at most 400 characters"),
        ("help", {"help_words": "a\0b"}, "Null characters"),
    ],
)
def test_answer_that_does_not_fit_comes_back_with_what_was_typed(late, client, name, words, problem):
    browser, sent = opened(client)

    response = answer(browser, sent, late, name, **words)

    assert response.status_code == 422
    page = response.content.decode()
    assert problem in page
    assert "<details open>" in page
    assert row_of(late).version == late.version


def test_address_of_an_answer_that_did_not_fit_leads_back_to_the_mail_when_loaded_anew(late, client):
    browser, sent = opened(client)
    answer(browser, sent, late, "date", due_on="2026-11-22")

    response = browser.get(reverse("do_answer", args=[sent.pk, late.pk]))

    assert response.url == reverse("do_page", args=[sent.pk])


def test_same_answer_sent_twice_is_one(late, client):
    browser, sent = opened(client)
    data = {"answer": "done", "version": late.version}
    address = reverse("do_answer", args=[sent.pk, late.pk])

    responses = [browser.post(address, data), browser.post(address, data)]

    assert [response.status_code for response in responses] == [302, 302]
    assert row_of(late).version == late.version + 1


def test_answer_to_what_somebody_changed_meanwhile_asks_to_look(late, client, organisation):
    browser, sent = opened(client)
    with scope(organisation=organisation):
        change_action(late, None, {"due_on": date(2026, 11, 21)})

    response = browser.post(
        reverse("do_answer", args=[sent.pk, late.pk]), {"answer": "done", "version": late.version - 1}
    )

    assert response.status_code == 409
    assert "Somebody changed this meanwhile" in response.content.decode()
    assert row_of(late).state == "planned"


def test_answer_about_another_action_is_not_taken(late, client, organisation, manager):
    with scope(organisation=organisation):
        other = make_one(organisation, owner_id=manager.pk, due_on=date(2026, 12, 1))
    browser, sent = opened(client)

    response = answer(browser, sent, other, "done")

    assert response.url == reverse("do_page", args=[sent.pk])
    assert row_of(other).state == "planned"


def test_who_gave_the_action_away_can_not_answer_for_it(late, client, organisation, manager):
    browser, sent = opened(client)
    with scope(organisation=organisation):
        change_action(late, None, {"owner_id": manager.pk})

    answer(browser, sent, late, "done")

    assert row_of(late).state == "planned"


def test_link_ends_after_two_weeks_and_with_the_membership(late, client, owner, time_machine):
    browser, sent = opened(client)
    page = reverse("do_page", args=[sent.pk])
    before = browser.get(page).status_code
    Membership.objects.filter(user=owner).delete()
    without_membership = browser.get(page).status_code
    Membership.objects.create(user=owner, organisation=sent.organisation, role=Role.STAFF)
    time_machine.move_to(MONDAY + timedelta(days=14, seconds=1), tick=False)

    assert (before, without_membership, browser.get(page).status_code) == (200, 404, 404)
    assert browser.get(reverse("do_open", args=[token_for(sent)])).url == reverse("do_gone")


def test_wrong_words_and_a_page_without_a_pass_lead_to_nothing(late, client):
    tend_owner_mails()
    page = reverse("do_page", args=[the_mail().pk])

    assert client.get(reverse("do_open", args=["x" * 43])).url == reverse("do_gone")
    assert (client.get(page).status_code, client.get(reverse("do_gone")).status_code) == (404, 404)
    assert client.post(reverse("do_answer", args=[the_mail().pk, late.pk]), {"answer": "done"}).url == "/do/gone/"
    assert row_of(late).state == "planned"


def test_who_guesses_too_often_waits_even_with_right_words_and_no_longer_for_trying(late, client):
    tend_owner_mails()
    for _ in range(31):
        client.get(reverse("do_open", args=["x" * 43]))

    assert client.get(reverse("do_open", args=[token_for(the_mail())])).url == reverse("do_gone")
    assert WrongTry.objects.count() == 30


def test_link_stops_the_mails_after_a_question(late, client, owner, organisation, time_machine):
    browser, sent = opened(client)
    address = reverse("do_stop", args=[sent.pk])

    asked = browser.get(address).content.decode()
    browser.post(address)
    time_machine.move_to(MONDAY + timedelta(days=7), tick=False)
    tend_owner_mails()

    assert "Stop these mails" in asked
    assert OutgoingMail.objects.count() == 1


def test_member_stops_and_wants_the_mails_again(late, client_of, owner, organisation):
    browser, address = client_of(owner), reverse("action_mails", args=["northern-air"])
    browser.post(address, {"wanted": "no"})
    stopped = browser.get(reverse("action_list", args=["northern-air"])).content.decode()
    browser.post(address, {"wanted": "yes"})

    tend_owner_mails()

    assert "Mail me again" in stopped
    assert OutgoingMail.objects.count() == 1


def test_old_mails_are_forgotten(late, time_machine):
    tend_owner_mails()
    time_machine.move_to(timezone.now() + timedelta(days=120), tick=False)

    with scopes_disabled():
        assert forget_old_mails() == 2
        assert (OwnerMail.objects.count(), OwnerMailRun.objects.count()) == (0, 0)
