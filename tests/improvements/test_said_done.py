"""“You said, we did”: what stands there, what is left out, and the link by which anybody reads it."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from accounts.access import Role
from assessments.models import Idea, ResultSheet
from assessments.redacting import redact_idea
from improvements.actions.changing import change_action
from improvements.actions.said_done import (
    LINKS_MAX,
    SaidDone,
    TooManyLinks,
    address_of,
    make_said_link,
    not_told,
    revoke_said_link,
    you_said_we_did,
)
from improvements.models import Action, SaidLink
from journeys.models import Comment
from tests.assessments.rounds import make_journey, make_released_round
from tests.improvements.made_actions import from_idea, make_one, moment_of

WORDS = "Speak every 15 minutes, even if Bob has no news."


def finish(action: Action, **values) -> Action:
    change_action(action, None, {"state": "done", "done_on": date(2026, 6, 1), "is_told": True, **values})
    return action


@pytest.fixture
def told(in_scope) -> Action:
    """An action that came from an idea of a round with 15 of the staff, is done and told."""
    round_ = make_released_round(in_scope, ideas=[WORDS])
    return finish(from_idea(round_, Idea.objects.get(text=WORDS, moment__position=0)), did="We speak every 15 minutes.")


def test_idea_stands_in_its_own_words_with_what_was_done(in_scope, told):
    assert you_said_we_did(in_scope) == [
        SaidDone(
            action_id=told.pk,
            said=WORDS,
            said_language="en",
            whose="staff",
            did="We speak every 15 minutes.",
            did_language="en",
            moment="Searches a fare",
            journey="A trip with us",
            journey_id=told.journey_id,
            done_on=date(2026, 6, 1),
        )
    ]


def test_words_of_too_few_are_left_out_and_what_was_done_stays(in_scope):
    round_ = make_released_round(in_scope, {"": 9}, customers=0, ideas=[WORDS])
    finish(from_idea(round_, Idea.objects.get(text=WORDS, moment__position=0), what="Speak"))

    [row] = you_said_we_did(in_scope)

    assert (row.said, row.whose, row.did) == ("", "", "Speak")


def test_words_that_the_sheet_no_longer_lets_be_read_are_left_out(in_scope, told):
    sheet = ResultSheet.objects.get()
    sheet.figures["ideas"]["staff"] = {"may_be_read": False, "groups": [], "batches": []}
    sheet.save()

    assert [row.said for row in you_said_we_did(in_scope)] == [""]


def test_idea_that_did_not_come_out_is_left_out(in_scope, told):
    Idea.objects.update(batch=None)

    assert [row.said for row in you_said_we_did(in_scope)] == [""]


def test_name_that_is_taken_out_of_an_idea_goes_here_too(in_scope, told):
    redact_idea(told.idea, ["Bob"])

    assert [row.said for row in you_said_we_did(in_scope)] == ["Speak every 15 minutes, even if […] has no news."]


def test_words_typed_for_publication_stand_before_those_of_the_idea(in_scope, told):
    change_action(told, None, {"said": "Waiting in silence is worse than waiting."})

    [row] = you_said_we_did(in_scope)

    assert (row.said, row.whose) == ("Waiting in silence is worse than waiting.", "")


def test_words_of_a_comment_stand_nowhere(in_scope, manager):
    moment = moment_of(make_journey(in_scope))
    comment = Comment.objects.create(
        journey=moment.stage.journey, moment=moment, moment_title="Waits", text="Between us", author=manager
    )
    action = make_one(in_scope, moment)
    Action.objects.filter(pk=action.pk).update(comment=comment)
    finish(action)

    assert [row.said for row in you_said_we_did(in_scope)] == [""]


def test_only_what_is_told_stands_there_the_newest_first(in_scope, django_assert_max_num_queries):
    moment = moment_of(make_journey(in_scope))
    for day, is_told in ((3, True), (9, True), (5, False)):
        finish(make_one(in_scope, moment, what=f"Day {day}"), done_on=date(2026, 6, day), is_told=is_told)

    with django_assert_max_num_queries(2):
        rows = you_said_we_did(in_scope)

    assert [row.did for row in rows] == ["Day 9", "Day 3"]
    assert [action.what for action in not_told(in_scope)] == ["Day 5"]


def test_member_page_shows_what_is_told_and_offers_the_rest_to_who_may(
    in_scope, told, manager_client, client_of, make_member
):
    finish(make_one(in_scope, what="Quietly done"), is_told=False)
    staff = client_of(make_member(in_scope, Role.STAFF))
    address = reverse("said_page", args=["northern-air"])

    pages = [browser.get(address).content.decode() for browser in (manager_client, staff)]

    assert [WORDS in page for page in pages] == [True, True]
    assert ["Quietly done" in page for page in pages] == [True, False]
    assert ["Make a link" in page for page in pages] == [True, False]


def test_telling_and_telling_no_longer(in_scope, manager_client):
    action = finish(make_one(in_scope), is_told=False)
    address = reverse("said_tell", args=["northern-air", action.pk])

    manager_client.post(address, {"told": "yes"})
    told = Action.objects.get().is_told
    manager_client.post(address, {"told": "no"})

    assert (told, Action.objects.get().is_told) == (True, False)


def test_only_what_is_done_can_be_told(in_scope, manager_client):
    action = make_one(in_scope)

    manager_client.post(reverse("said_tell", args=["northern-air", action.pk]), {"told": "yes"})

    assert Action.objects.get().is_told is False


# The link for everybody


def test_link_is_made_once_and_its_words_stand_in_no_row(in_scope, told, manager_client):
    data = {"label": "Poster", "journey": "", "submission": "one"}
    address = reverse("said_link_make", args=["northern-air"])

    manager_client.post(address, data)
    manager_client.post(address, data)

    link = SaidLink.objects.get()
    token = address_of(link).split("/")[-2]
    assert (link.label, link.made_by_name) == ("Poster", "Manager")
    assert token not in f"{link.nonce} {link.token_hmac}"
    assert address_of(link) in manager_client.get(reverse("said_page", args=["northern-air"])).content.decode()


def test_link_for_a_journey_of_somebody_else_is_refused(in_scope, told, manager_client, other_organisation):
    with scope(organisation=other_organisation):
        foreign = make_journey(other_organisation)

    response = manager_client.post(
        reverse("said_link_make", args=["northern-air"]), {"label": "", "journey": str(foreign.pk)}
    )

    assert response.status_code == 422
    assert SaidLink.objects.count() == 0


def test_there_is_an_end_to_links(in_scope, organisation, told):
    for _ in range(LINKS_MAX):
        make_said_link(organisation, None, "")

    with pytest.raises(TooManyLinks):
        make_said_link(organisation, None, "")


def opened(client, link: SaidLink) -> str:
    """The page that a stranger reads by a link."""
    response = client.get(address_of(link).removeprefix(settings.PUBLIC_URL))
    assert response.headers["Referrer-Policy"] == "no-referrer"
    return response.url


def test_stranger_reads_it_by_the_link(in_scope, told, client):
    link = make_said_link(in_scope, None, "Poster")

    page = client.get(opened(client, link))

    assert WORDS in page.content.decode()
    assert "We speak every 15 minutes." in page.content.decode()
    assert "Manager" not in page.content.decode()
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    link.refresh_from_db()
    assert link.opened_count == 1


@pytest.mark.parametrize(
    ("language", "words", "direction"),
    [
        ("en", "You said, we did", "ltr"),
        ("de", "Sie sagten, wir handelten", "ltr"),
        ("fr", "Vous l’avez dit, nous l’avons fait", "ltr"),
        ("es", "Usted lo dijo, nosotros lo hicimos", "ltr"),
        ("sv", "Du sa, vi gjorde", "ltr"),
        ("ar", "قلتم ففعلنا", "rtl"),
    ],
)
def test_page_speaks_the_language_of_its_reader(in_scope, told, client, language, words, direction):
    page = opened(client, make_said_link(in_scope, None, ""))

    by_browser = client.get(page, headers={"Accept-Language": language}).content.decode()
    by_choice = client.get(f"{page}?language={language}").content.decode()

    for text in (by_browser, by_choice):
        assert f"<h1>{words}</h1>" in text
        assert f'<html lang="{language}" dir="{direction}">' in text


def test_link_of_one_journey_shows_no_other(in_scope, told, client):
    other = make_journey(in_scope)
    finish(make_one(in_scope, moment_of(other), what="Of the other"))

    page = client.get(opened(client, make_said_link(in_scope, other, ""))).content.decode()

    assert "Of the other" in page
    assert WORDS not in page


def test_revoked_link_shows_nothing_at_once(in_scope, told, client, manager_client):
    link = make_said_link(in_scope, None, "")
    page = opened(client, link)

    manager_client.post(reverse("said_link_revoke", args=["northern-air", link.pk]))

    assert client.get(page).status_code == 404
    assert opened(client, link) == reverse("said_gone")


def test_page_needs_the_pass_of_its_own_link(in_scope, told, client):
    first, second = (make_said_link(in_scope, None, "") for _ in range(2))
    page = opened(client, first)
    client.cookies["said"]["path"] = "/"

    assert client.get(page).status_code == 200
    assert client.get(reverse("said_public", args=[second.pk])).status_code == 404


def test_revoking_twice_keeps_the_first_time(in_scope):
    link = make_said_link(in_scope, None, "")
    revoke_said_link(link)
    link.refresh_from_db()
    first = link.revoked_at

    revoke_said_link(link)

    with scopes_disabled():
        assert SaidLink.objects.get().revoked_at == first
