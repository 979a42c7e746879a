"""Comments on a moment: by the right people, with mentions, answers, and a moment that goes and comes back."""

from __future__ import annotations

import json
from html import unescape

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from accounts.access import Role
from accounts.mail import send_due_mails
from accounts.models import Notification, OutgoingMail
from journeys.models import Comment, CommentInvitation, Journey, Mention, Moment
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from tests.conftest import FIXTURES

HTMX = {"HX-Request": "true"}
NAUGHTY = FIXTURES / "naughty-strings" / "blns.json"


def address(name: str, *args: int) -> str:
    return reverse(name, args=["northern-air", *args])


def moment(title: str) -> Moment:
    return Moment.objects.get(title=title)


def say(client, text: str, title: str = "D", **more):
    return client.post(address("comment_add", moment(title).pk), {"text": text, **more})


@pytest.fixture
def leader(make_member, organisation):
    return make_member(organisation, Role.LEADER)


@pytest.fixture
def staff(make_member, organisation):
    return make_member(organisation, Role.STAFF)


def test_comment_is_shown_with_its_author_below_the_moment(manager_client, trip):
    response = say(manager_client, "Nobody speaks here.\nFor 20 minutes.")

    page = manager_client.get(response.url).content.decode()
    comment = Comment.objects.get()
    assert response.url == f"{trip.get_absolute_url()}?moment={moment('D').pk}#comments"
    assert (comment.text, comment.author_name) == ("Nobody speaks here.\nFor 20 minutes.", "Manager")
    assert "Nobody speaks here.\nFor 20 minutes.</p>" in page
    assert "1 open comment</span>" in page


def test_comment_by_htmx_answers_with_the_talk_and_the_counts(manager_client, trip):
    place = moment("D")

    response = manager_client.post(address("comment_add", place.pk), {"text": "Why?"}, headers=HTMX)

    page = response.content.decode()
    assert page.startswith('<section id="comments"')
    assert f'id="comments-of-{place.pk}" hx-swap-oob="true"' in page
    assert '<span id="open-comments" class="soft" hx-swap-oob="true">1' in page
    assert "<html" not in page


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Type what you want to say."),
        (" \r\n\t ", "Type what you want to say."),
        ("x" * 2001, "Ensure this value has at most 2000 characters"),
        ("a\x00b", "Null characters are not allowed."),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_comment_that_can_not_be_kept_is_refused_beside_the_field(manager_client, trip, text, problem, headers):
    response = manager_client.post(address("comment_add", moment("D").pk), {"text": text}, headers=headers)

    page = response.content.decode()
    assert response.status_code == 422
    assert problem in page
    assert text.strip().replace("\x00", "") in page.replace("\x00", "")
    assert Comment.objects.count() == 0


@pytest.mark.skipif(not NAUGHTY.exists(), reason="../shared/fixtures/naughty-strings is absent")
def test_naughty_strings_are_kept_and_shown_unchanged(manager_client, trip):
    strings = [text for text in json.loads(NAUGHTY.read_text()) if text.strip() and "\x00" not in text]

    for text in strings:
        say(manager_client, text)

    page = unescape(manager_client.get(address("comment_list", trip.pk)).content.decode())
    assert len(strings) > 400
    assert [comment.text for comment in Comment.objects.order_by("pk")] == [
        text.replace("\r\n", "\n").replace("\r", "\n") for text in strings
    ]
    assert [text for text in strings if text.replace("\r\n", "\n").replace("\r", "\n") not in page] == []


def test_comment_is_escaped(manager_client, trip):
    evil = "<script>alert(1)</script> @<img src=x>"
    say(manager_client, evil)

    pages = [
        manager_client.get(address(*where)).content.decode()
        + manager_client.get(f"{trip.get_absolute_url()}?moment={moment('D').pk}").content.decode()
        for where in [("comment_list", trip.pk)]
    ]

    assert all("<script>alert" not in page and "<img src=x>" not in page for page in pages)


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER, Role.LEADER])
def test_comment_may_be_made_by_role(client_of, make_member, organisation, trip, role):
    assert say(client_of(make_member(organisation, role)), "Why?").status_code == 302
    assert Comment.objects.count() == 1


def test_staff_reads_and_comments_only_where_invited(client_of, staff, manager_client, trip):
    client = client_of(staff)
    page = client.get(f"{trip.get_absolute_url()}?moment={moment('D').pk}").content.decode()
    refused = say(client, "May I?")

    manager_client.post(address("commenter_add", trip.pk), {"person": staff.pk})
    let_in = say(client, "I may.")
    other = create_journey(
        trip.organisation, JourneyPlan("Other", stages=(StagePlan("S", (MomentPlan("Elsewhere"),)),))
    )
    elsewhere = say(client, "Here too?", "Elsewhere")
    manager_client.post(address("commenter_remove", CommentInvitation.objects.get().pk))
    shut_out = say(client, "Still?")

    assert "comment-form" not in page
    assert "ask a manager to invite you" in page
    assert [response.status_code for response in (refused, let_in, elsewhere, shut_out)] == [403, 302, 403, 403]
    assert [comment.text for comment in Comment.objects.all()] == ["I may."]
    assert other.comments.count() == 0


def test_commenter_must_be_staff_of_the_organisation(manager_client, make_member, other_organisation, leader, trip):
    stranger = make_member(other_organisation, Role.STAFF)

    statuses = [
        manager_client.post(address("commenter_add", trip.pk), {"person": person}).status_code
        for person in (stranger.pk, leader.pk, "x", "")
    ]

    assert statuses == [422] * 4
    assert CommentInvitation.objects.count() == 0


def test_mention_tells_invites_and_mails_a_member_of_the_staff(manager_client, client_of, staff, trip):
    response = say(manager_client, "@Staff have a look")

    page = manager_client.get(response.url).content.decode()
    told = Notification.objects.get()
    send_due_mails()
    assert (told.recipient, told.kind, told.place) == (staff, "mention", "A trip with us · D")
    assert "Staff will find it in their notifications." in page
    assert "Staff may comment on this journey from now on." in page
    assert '<b class="mention">@Staff</b> have a look' in page
    assert say(client_of(staff), "I did").status_code == 302
    assert [message.to for message in mail.outbox] == [["staff@northern-air.example"]]
    assert mail.outbox[0].subject == "Manager mentioned you: A trip with us · D"
    assert f"/northern-air/journeys/{trip.pk}/?moment={moment('D').pk}#comment-" in mail.outbox[0].body
    assert "@Staff have a look" in mail.outbox[0].body


def test_mention_mails_nobody_who_does_not_wish_it(manager_client, staff, trip):
    staff.mails_mentions = False
    staff.save()

    say(manager_client, "@Staff look")

    assert (Notification.objects.count(), OutgoingMail.objects.count()) == (1, 0)


def test_mention_by_invited_staff_invites_nobody_else(client_of, staff, make_member, organisation, trip, manager):
    CommentInvitation.objects.create(journey=trip, user=staff)
    colleague = make_member(organisation, Role.STAFF, "rosa@northern-air.example")

    say(client_of(staff), "@rosa@northern-air.example and @Manager, look")

    assert {row.recipient for row in Notification.objects.all()} == {colleague, manager}
    assert [row.user for row in CommentInvitation.objects.all()] == [staff]


def test_mention_of_strangers_and_former_members_tells_nobody(
    manager_client, make_member, other_organisation, staff, trip
):
    make_member(other_organisation, Role.STAFF, "stranger@southern.example")
    staff.memberships.all().delete()

    response = say(manager_client, "@stranger@southern.example @Staff @Manager")

    page = manager_client.get(response.url).content.decode()
    assert Notification.objects.count() == 0
    assert "Nobody here is called @stranger@southern.example, @Staff, so nobody was told." in page


def test_mention_that_fits_several_is_said(manager_client, make_member, organisation, staff, trip):
    make_member(organisation, Role.STAFF, "second@northern-air.example")

    page = manager_client.get(say(manager_client, "@Staff, please").url).content.decode()

    assert "Several people answer to @Staff, so nobody of them was told" in page
    assert Mention.objects.count() == 0


def test_edit_tells_only_who_is_mentioned_for_the_first_time(manager_client, staff, leader, trip):
    say(manager_client, "@Staff look")
    comment = Comment.objects.get()

    response = manager_client.post(address("comment_edit", comment.pk), {"text": "@Staff @Leader look again"})

    comment.refresh_from_db()
    assert response.status_code == 302
    assert (comment.text, comment.edited_at is not None) == ("@Staff @Leader look again", True)
    assert sorted(row.recipient.name for row in Notification.objects.all()) == ["Leader", "Staff"]
    assert {row.excerpt for row in Notification.objects.all()} == {"@Staff @Leader look again"}
    assert OutgoingMail.objects.count() == 2


def test_edit_and_delete_are_for_the_author_and_delete_for_managers_too(
    client_of, manager_client, leader, make_member, organisation, trip
):
    say(client_of(leader), "Mine")
    comment = Comment.objects.get()
    other_leader = client_of(make_member(organisation, Role.LEADER, "other@northern-air.example"))

    statuses = [
        client.post(address(name, comment.pk), {"text": "Yours"}).status_code
        for client in (other_leader, manager_client)
        for name in ("comment_edit", "comment_resolve", "comment_delete")
    ]

    assert statuses == [403, 403, 403, 403, 302, 302]
    assert Comment.objects.count() == 0


def test_edit_form_by_htmx_holds_the_text_and_the_focus(manager_client, trip):
    say(manager_client, "Before")

    page = manager_client.get(address("comment_edit", Comment.objects.get().pk), headers=HTMX).content.decode()

    assert "Before</textarea>" in page
    assert "autofocus" in page


def test_answer_tells_the_author_and_opens_a_resolved_thread(manager_client, client_of, leader, trip):
    say(client_of(leader), "Why?")
    thread = Comment.objects.get()
    manager_client.post(address("comment_resolve", thread.pk))
    thread.refresh_from_db()
    was_resolved = thread.resolved_at is not None

    say(manager_client, "Because.", parent=thread.pk)

    thread.refresh_from_db()
    answer = Comment.objects.get(text="Because.")
    told = Notification.objects.get()
    assert was_resolved
    assert thread.resolved_at is None
    assert answer.parent == thread
    assert (told.recipient, told.kind) == (leader, "reply")
    assert OutgoingMail.objects.count() == 0


def test_answer_to_an_answer_joins_its_thread(manager_client, trip):
    say(manager_client, "One")
    first = Comment.objects.get()
    say(manager_client, "Two", parent=first.pk)

    say(manager_client, "Three", parent=Comment.objects.get(text="Two").pk)

    assert Comment.objects.get(text="Three").parent == first


@pytest.mark.parametrize("parent", ["0", "x", "99999999999999999999", "other"])
def test_answer_to_a_comment_of_another_moment_finds_nothing(manager_client, trip, parent):
    say(manager_client, "On E", "E")

    response = say(manager_client, "On D", parent=Comment.objects.get().pk if parent == "other" else parent)

    assert response.status_code == 404


def test_resolve_folds_the_thread_away_and_open_again_brings_it_back(manager_client, trip):
    say(manager_client, "Why?")
    url = address("comment_resolve", Comment.objects.get().pk)

    resolved = manager_client.post(url, {"resolved": "yes"}, headers=HTMX).content.decode()
    again = manager_client.post(url, {"resolved": "no"}, headers=HTMX).content.decode()

    assert "1 resolved</summary>" in resolved
    assert "Resolved by Manager" in resolved
    assert "resolved</summary>" not in again
    assert "Why?" in again


def test_delete_keeps_the_place_of_a_comment_that_was_answered(manager_client, client_of, leader, trip):
    say(client_of(leader), "Wrong words")
    thread = Comment.objects.get()
    say(manager_client, "Right", parent=thread.pk)
    answer = Comment.objects.get(text="Right")

    client_of(leader).post(address("comment_delete", thread.pk))
    page = manager_client.get(address("comment_list", trip.pk)).content.decode()
    manager_client.post(address("comment_delete", answer.pk))

    assert "This comment was deleted; its answers stay." in page
    assert "Wrong words" not in page
    assert Comment.objects.count() == 0


def test_delete_takes_its_notification_away(manager_client, staff, trip):
    say(manager_client, "@Staff look")

    manager_client.post(address("comment_delete", Comment.objects.get().pk))

    assert Notification.objects.count() == 0


def test_comment_of_a_moment_that_was_taken_off_waits_in_the_list(manager_client, trip):
    say(manager_client, "Why?")
    place = moment("D")
    kept = {name: getattr(place, name) for name in ("pk", "stage_id", "position", "title")}
    manager_client.post(address("moment_remove", place.pk))

    away = manager_client.get(address("comment_list", trip.pk)).content.decode()
    comment = Comment.objects.get()
    resolved = manager_client.post(address("comment_resolve", comment.pk), {"from": "list"})
    ask = manager_client.get(address("comment_delete", comment.pk))
    Moment.objects.create(**{**kept, "position": 99})
    back = manager_client.get(f"{trip.get_absolute_url()}?moment={kept['pk']}").content.decode()

    assert "a moment that was taken off the map" in away
    assert "Why?" in away
    assert (resolved.status_code, resolved.url) == (302, address("comment_list", trip.pk))
    assert ask.status_code == 200
    assert "Why?" in back


def test_comments_go_with_their_journey(manager_client, in_scope, trip):
    say(manager_client, "Why?")

    trip.delete()

    assert Comment.objects.count() == 0
    connection.check_constraints()


def test_comment_leaves_the_maps_version_and_raises_its_own(manager_client, trip):
    before = Journey.objects.get(pk=trip.pk)
    first = manager_client.get(trip.get_absolute_url())

    say(manager_client, "Why?")

    after = Journey.objects.get(pk=trip.pk)
    again = manager_client.get(trip.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert (after.version, after.comments_version) == (before.version, before.comments_version + 1)
    assert again.status_code == 200


def test_comment_sent_twice_is_made_once(manager_client, staff, trip):
    for _ in range(2):
        say(manager_client, "@Staff twice", submission="abc")

    assert (Comment.objects.count(), Notification.objects.count(), OutgoingMail.objects.count()) == (1, 1, 1)


def test_comment_beyond_the_limit_is_refused_and_its_text_kept(manager_client, trip, monkeypatch):
    monkeypatch.setattr("journeys.comments.COMMENTS_MAX", 1)
    say(manager_client, "One")

    response = say(manager_client, "One too many")

    assert response.status_code == 422
    assert "One too many</textarea>" in response.content.decode()


@pytest.mark.parametrize("page", ["map", "list"])
def test_comment_pages_take_the_same_queries_for_1_and_50(manager_client, staff, trip, page, django_assert_num_queries):
    url, queries = {
        "map": (f"{trip.get_absolute_url()}?moment={moment('D').pk}", 12),
        "list": (address("comment_list", trip.pk), 10),
    }[page]

    def count() -> None:
        manager_client.get(url)  # shows what was said before
        with django_assert_num_queries(queries):
            manager_client.get(url)

    say(manager_client, "@Staff one")
    count()
    for number in range(25):
        say(manager_client, f"@Staff {number}")
        say(manager_client, "@Staff", parent=Comment.objects.filter(parent=None).latest("pk").pk)

    count()


def test_suggestions_are_names_that_begin_like_what_is_typed(manager_client, make_member, organisation, trip):
    make_member(organisation, Role.STAFF, "s1@northern-air.example")
    make_member(organisation, Role.STAFF, "s2@northern-air.example")
    make_member(organisation, Role.LEADER, "rosa@northern-air.example")
    url = address("mention_suggest", trip.pk)

    answers = [manager_client.get(url, {"q": q}).json()["people"] for q in ("lEa", "rosa@", "staff", "zoe")]

    leader = {"name": "Leader", "typed": "Leader"}
    twins = [{"name": "Staff", "typed": f"s{n}@northern-air.example"} for n in (1, 2)]
    assert answers == [[leader], [leader], twins, []]
