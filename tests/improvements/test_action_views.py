"""Pages of actions: board, list, form, one action."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.access import ALLOWED, Role
from accounts.access import Action as May
from accounts.models import Membership
from assessments.models import Idea, ResultSheet
from improvements.actions.changing import change_action
from improvements.models import Action, ActionEvent, Story
from journeys.models import Comment, Journey, Moment
from tests.assessments.rounds import make_journey, make_released_round
from tests.improvements.made_actions import from_idea, make_one, moment_of
from tests.improvements.tales import make_story
from tests.journeys.test_naughty import NAUGHTY_ABSENT, naughty

FORM = {
    "what": "Speak every 15 minutes",
    "decision": "enhance",
    "due_on": "",
    "owner": "",
    "level_from": "",
    "level_to": "",
    "effort": "",
}
HTMX = {"HX-Request": "true"}


def at(name: str, *args, **asked) -> str:
    query = f"?{urlencode(asked)}" if asked else ""
    return reverse(name, args=["northern-air", *args]) + query


def page_of(client, name: str, *args, **asked) -> str:
    response = client.get(at(name, *args, **asked))
    assert response.status_code == 200
    return response.content.decode()


def titles_in(page: str) -> list[str]:
    return re.findall(r"<h3><a [^>]*>([^<]+)</a></h3>", page)


@pytest.fixture
def moment(in_scope) -> Moment:
    return moment_of(make_journey(in_scope))


@pytest.fixture
def staff(make_member, organisation):
    return make_member(organisation, Role.STAFF)


# Made


def test_empty_board_teaches_what_to_do(in_scope, manager_client):
    page = page_of(manager_client, "action_board")

    assert "Nothing is being done yet" in page
    assert at("action_create") in page


def test_form_of_a_moment_begins_with_its_level_and_the_next(moment, manager_client, manager):
    page = page_of(manager_client, "action_create", moment=moment.pk)

    chosen = re.findall(r'<option value="(\w+)" selected>', page)
    assert chosen == [str(manager.pk), "4", "5"]
    assert "Waits at the gate · A trip with us" in page


def test_form_of_a_moment_begins_with_what_the_newest_round_says(in_scope, manager_client):
    round_ = make_released_round(in_scope)
    first = round_.moments.get(position=0)

    page = page_of(manager_client, "action_create", moment=first.source_id)

    assert re.findall(r'<option value="(\d)" selected>[^<]*', page)[-2:] == ["2", "3"]


def test_form_of_a_moment_that_is_to_go_begins_with_that(moment, manager_client):
    moment.decision = "eliminate"
    moment.save()

    page = page_of(manager_client, "action_create", moment=moment.pk)

    assert re.search(r'value="eliminate"[^>]*checked', page)


def test_action_is_made_once_from_a_form_sent_twice(moment, manager_client, manager):
    data = {**FORM, "moment": moment.pk, "owner": manager.pk, "due_on": "2026-12-04", "level_from": 3, "level_to": 5,
            "effort": 2, "submission": "one"}  # fmt: skip

    responses = [manager_client.post(at("action_create"), data) for _ in range(2)]

    action = Action.objects.get()
    assert [response.url for response in responses] == [action.get_absolute_url()] * 2
    assert (action.moment, action.owner, action.due_on, action.state) == (moment, manager, date(2026, 12, 4), "planned")
    assert (action.level_from, action.level_to, action.effort, action.made_by) == (3, 5, 2, manager)


def test_action_comes_from_an_idea_with_its_words(in_scope, manager_client):
    round_ = make_released_round(in_scope, ideas=["Say why we wait."])
    idea = Idea.objects.get(text="Say why we wait.", moment__position=0)

    page = page_of(manager_client, "action_create", idea=idea.pk)
    manager_client.post(at("action_create"), {**FORM, "what": "Say why", "idea": str(idea.pk)})

    assert 'value="Say why we wait."' in page
    action = Action.objects.get()
    assert (action.idea, action.journey_id, action.moment_id) == (idea, round_.journey_id, idea.moment.source_id)


def test_idea_that_may_not_be_read_can_not_become_an_action(in_scope, manager_client):
    make_released_round(in_scope, {"": 9}, customers=0, ideas=["Say why we wait."])
    idea = Idea.objects.get(text="Say why we wait.", moment__position=0)

    shown = manager_client.get(at("action_create", idea=idea.pk))
    made = manager_client.post(at("action_create"), {**FORM, "idea": str(idea.pk)})

    assert (shown.status_code, made.status_code, Action.objects.count()) == (404, 404, 0)


def test_action_comes_from_a_comment_and_from_a_story(moment, manager_client, manager, organisation):
    comment = Comment.objects.create(
        journey=moment.stage.journey, moment=moment, moment_title="Waits", text="Why?", author_name="Lars"
    )
    story = Story.objects.create(
        organisation=organisation,
        journey=moment.stage.journey,
        moment=moment,
        what_happened="She ran.",
        state="published",
    )

    pages = [
        page_of(manager_client, "action_create", comment=comment.pk),
        page_of(manager_client, "action_create", story=story.pk),
    ]
    manager_client.post(at("action_create"), {**FORM, "comment": comment.pk})
    manager_client.post(at("action_create"), {**FORM, "story": story.pk})

    assert ["Why?" in pages[0], "She ran." in pages[1]] == [True, True]
    assert set(Action.objects.values_list("comment", "story")) == {(comment.pk, None), (None, story.pk)}


def test_story_that_is_not_published_is_shown_to_reviewers_alone(
    moment, manager_client, client_of, make_member, in_scope
):
    leader = client_of(make_member(in_scope, Role.LEADER, "leader@example.org"))
    story = make_story(in_scope, "Nobody looked yet.", moment=moment, state="waiting")

    codes = [one.get(at("action_create", story=story.pk)).status_code for one in (leader, manager_client)]

    assert codes == [404, 200]


def test_story_offers_to_become_an_action_that_leads_back_to_it(
    moment, manager_client, client_of, make_member, in_scope
):
    staff = client_of(make_member(in_scope, Role.STAFF, "crew@example.org"))
    story = make_story(in_scope, moment=moment)
    offered = at("action_create", story=story.pk)
    manager_client.post(at("action_create"), {**FORM, "story": story.pk})

    pages = [page_of(client, "story_page", story.pk) for client in (manager_client, staff)]
    action = page_of(manager_client, "action_page", Action.objects.get().pk)

    assert [offered in page for page in pages] == [True, False]
    assert f'href="{story.get_absolute_url()}"' in action


def test_whoever_may_make_actions_may_read_ideas():
    assert [role for role in Role if May.EDIT_ACTIONS in ALLOWED[role] and May.SEE_RESULTS not in ALLOWED[role]] == []


@pytest.mark.parametrize("source", ["moment", "idea", "comment", "story", "journey"])
@pytest.mark.parametrize("named", ["0", "x", "9" * 30, "b0a7f3ee-0000-4000-8000-000000000000"])
def test_source_that_is_not_there_answers_404(in_scope, manager_client, source, named):
    assert manager_client.get(at("action_create", **{source: named})).status_code == 404


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"what": " "}, "This field is required"),
        ({"what": "a" * 201}, "at most 200 characters"),
        ({"what": "a\0b"}, "Null characters"),
        ({"due_on": "soon"}, "Enter a valid date"),
        ({"due_on": "0026-12-04"}, "Look at the year again"),
        ({"owner": "999"}, "not one of the available choices"),
        ({"level_from": "4", "level_to": "4"}, "Choose a level above the one it has now"),
        ({"last_seen_on": "2199-01-01"}, "This day is still to come"),
    ],
)
def test_form_that_does_not_fit_comes_back_with_all_that_was_typed(moment, manager_client, typed, problem):
    data = {**FORM, "moment": moment.pk, "more": "Ask Sanna first", **typed}

    response = manager_client.post(at("action_create"), data)

    page = response.content.decode()
    assert (response.status_code, Action.objects.count()) == (422, 0)
    assert problem in page
    assert "Ask Sanna first" in page


def test_member_of_another_organisation_can_not_be_owner(moment, manager_client, make_member, other_organisation):
    stranger = make_member(other_organisation, Role.OWNER)

    response = manager_client.post(at("action_create"), {**FORM, "moment": moment.pk, "owner": stranger.pk})

    assert (response.status_code, Action.objects.count()) == (422, 0)


@NAUGHTY_ABSENT
def test_naughty_strings_are_kept_and_shown_as_they_are(moment, manager_client):
    for text in naughty()[::12]:
        response = manager_client.post(at("action_create"), {**FORM, "moment": moment.pk, "what": text, "more": text})
        assert response.status_code == 302, text
        assert Action.objects.order_by("-pk").values_list("what", "more").first() == (text, text)
    page = page_of(manager_client, "action_board")

    assert not re.search(r"<(script(?! src=)|iframe|img|object)", page.partition('id="action-board"')[2], re.I)


# Board and list


def test_board_stands_in_the_order_of_damage(in_scope, manager_client):
    round_ = make_released_round(in_scope)
    assert [row["position"] for row in ResultSheet.objects.get().figures["enhance"]] == [0]
    for position in (2, 1, 0):
        asked = round_.moments.get(position=position)
        make_one(in_scope, Moment.objects.get(pk=asked.source_id), what=f"About {position}")

    page = page_of(manager_client, "action_board")

    assert titles_in(page) == ["About 0", "About 2", "About 1"]
    assert "damage 6,667 a year" in page


def test_staff_see_the_board_without_figures_of_rounds(in_scope, client_of, staff):
    round_ = make_released_round(in_scope, ideas=["Say why we wait."])
    action = from_idea(round_, Idea.objects.get(text="Say why we wait.", moment__position=0), what="Speak")
    change_action(action, None, {"state": "done", "done_on": date(2026, 1, 1)})
    browser = client_of(staff)

    pages = [page_of(browser, "action_board"), page_of(browser, "action_page", action.pk)]

    assert "Speak" in pages[0]
    for words in ("damage", "Damage", "Did it work", "Say why we wait", "Mean level"):
        assert words not in "".join(pages)
    assert browser.get(at("action_picture")).status_code == 403


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, ["Early", "Late", "Of nobody"]),
        ({"owner": "me"}, ["Early", "Late"]),
        ({"overdue": "yes"}, ["Late"]),
        ({"journey": "0"}, ["Early", "Late", "Of nobody"]),
        ({"journey": "x", "owner": "9" * 40}, ["Early", "Late", "Of nobody"]),
    ],
)
def test_board_and_list_show_what_is_chosen(moment, in_scope, manager_client, manager, asked, shown):
    today = timezone.localdate()
    make_one(in_scope, moment, what="Late", owner_id=manager.pk, due_on=today - timedelta(days=1))
    make_one(in_scope, moment, what="Early", owner_id=manager.pk, due_on=today)
    make_one(in_scope, moment, what="Of nobody")
    asked = {name: manager.pk if value == "me" else value for name, value in asked.items()}

    board, listed = page_of(manager_client, "action_board", **asked), page_of(manager_client, "action_list", **asked)

    assert sorted(titles_in(board)) == shown
    assert [name in listed for name in shown] == [True] * len(shown)
    assert ("1 day overdue" in board) is ("Late" in shown)


@pytest.mark.parametrize("name", ["action_board", "action_list", "action_picture", "actions_export", "said_page"])
def test_pages_take_the_same_queries_for_1_action_and_for_30(
    in_scope, manager_client, manager, django_assert_max_num_queries, name
):
    round_ = make_released_round(in_scope)
    moments = list(Moment.objects.filter(stage__journey=round_.journey))
    change = {"state": "done", "done_on": timezone.localdate(), "is_told": True}
    for number in range(30):
        action = make_one(in_scope, moments[number % 3], owner_id=manager.pk, due_on=date(2026, 1, 1), effort=1)
        if number % 3 == 0:
            change_action(action, None, change)

    with django_assert_max_num_queries(19):
        assert manager_client.get(at(name)).status_code == 200


def test_list_of_what_has_ended_says_whether_it_worked(moment, in_scope, manager_client):
    change_action(make_one(in_scope, moment), None, {"state": "done"})

    page = page_of(manager_client, "action_list", ended="yes")

    assert "Can&#x27;t be told" in page


# A step


def move(client, action: Action, state: str, version: int | None = None, headers=None, **more):
    data = {"state": state, "version": version or action.version, **more}
    return client.post(at("action_move", action.pk), data, headers=headers)


def test_card_is_moved_with_and_without_script(moment, in_scope, manager_client):
    action = make_one(in_scope, moment)

    plain = move(manager_client, action, "doing")
    event = ActionEvent.objects.first()
    by_script = move(manager_client, action, "done", version=2, headers=HTMX)

    assert plain.url == at("action_board", did=event.pk)
    page = by_script.content.decode()
    assert page.startswith('<div id="action-board"')
    assert "is now: Done." in page
    assert Action.objects.get().state == "done"


def test_page_after_a_move_offers_to_undo_it(moment, in_scope, manager_client):
    action = make_one(in_scope, moment)
    address = move(manager_client, action, "doing").url

    page = manager_client.get(address).content.decode()
    undo = re.search(r'action="([^"]+/undo/)', page)[1]
    response = manager_client.post(undo, headers=HTMX)

    assert Action.objects.get().state == "proposed"
    assert "Taken back" in response.content.decode()


def test_undo_after_another_change_says_so(moment, in_scope, manager_client):
    action = make_one(in_scope, moment)
    event = change_action(action, None, {"state": "doing"})
    change_action(action, None, {"state": "planned"})

    by_script = manager_client.post(at("action_undo", event.pk), headers=HTMX)
    plain = manager_client.post(at("action_undo", event.pk), follow=True)

    assert (by_script.status_code, "Not undone" in by_script.content.decode()) == (409, True)
    assert "Not undone" in plain.content.decode()
    assert Action.objects.get().state == "planned"


def test_move_of_what_somebody_else_moved_is_409_and_shows_where_it_is(moment, in_scope, manager_client):
    action = make_one(in_scope, moment)
    change_action(Action.objects.get(), None, {"state": "planned"})

    response = move(manager_client, action, "doing", headers=HTMX)

    assert response.status_code == 409
    assert "was changed by somebody else meanwhile and is now: Planned" in response.content.decode()
    assert Action.objects.get().state == "planned"


def test_move_sent_twice_is_one(moment, in_scope, manager_client):
    action = make_one(in_scope, moment)

    responses = [move(manager_client, action, "doing", headers=HTMX) for _ in range(2)]

    assert [response.status_code for response in responses] == [200, 200]
    assert Action.objects.get().version == 2


def test_move_to_dropped_asks_why(moment, in_scope, manager_client):
    action = make_one(in_scope, moment)
    form = at("action_drop", action.pk)

    responses = [move(manager_client, action, "dropped"), move(manager_client, action, "dropped", headers=HTMX)]
    without = manager_client.post(form, {"dropped_reason": "", "version": 1})
    manager_client.post(form, {"dropped_reason": "Too dear", "version": 1})

    assert [responses[0].url, responses[1].headers["HX-Redirect"]] == [form, form]
    assert (without.status_code, Action.objects.get().dropped_reason) == (422, "Too dear")


def test_move_to_nowhere_is_refused(moment, in_scope, manager_client):
    action = make_one(in_scope, moment)

    assert move(manager_client, action, "finished").status_code == 422
    assert Action.objects.get().version == 1


def test_staff_answer_for_their_own_actions_alone(moment, in_scope, client_of, staff, manager):
    mine, other = make_one(in_scope, moment, owner_id=staff.pk), make_one(in_scope, moment, owner_id=manager.pk)
    browser = client_of(staff)

    assert [move(browser, action, "doing").status_code for action in (mine, other)] == [302, 403]
    assert [browser.get(at(name, mine.pk)).status_code for name in ("action_done", "action_edit", "action_delete")] == [
        200, 403, 403,
    ]  # fmt: skip


def test_done_is_written_with_what_is_told(moment, in_scope, manager_client):
    action = make_one(in_scope, moment)
    data = {"version": 1, "done_on": "2026-01-05", "did": "We speak", "said": "", "is_told": "on"}

    response = manager_client.post(at("action_done", action.pk), data)

    row, event = Action.objects.get(), ActionEvent.objects.first()
    assert response.url == f"{row.get_absolute_url()}?did={event.pk}"
    assert (row.state, row.done_on, row.did, row.is_told) == ("done", date(2026, 1, 5), "We speak", True)


def test_done_of_a_stale_version_keeps_the_words(moment, in_scope, manager_client):
    action = make_one(in_scope, moment)
    change_action(action, None, {"effort": 1})

    response = manager_client.post(
        at("action_done", action.pk), {"version": 1, "done_on": "2026-01-05", "did": "We speak"}
    )

    assert response.status_code == 409
    assert "We speak" in response.content.decode()
    assert 'name="version" value="2"' in response.content.decode()


def test_elimination_says_who_relies_on_it_and_what_it_saves(moment, in_scope, manager_client):
    action = make_one(in_scope, moment, decision="eliminate", relied_on_by="Sales", last_seen_on=date(2026, 3, 1))

    before = page_of(manager_client, "action_page", action.pk)
    change_action(action, None, {"state": "done"})
    after = page_of(manager_client, "action_page", action.pk)

    assert ["Sales" in before, "1 Mar 2026" in before, "Contacts that this would save a year" in before] == [True] * 3
    assert re.search(r"Contacts saved a year</dt><dd>10,000", after)


# Changed


def test_change_is_saved_and_can_be_undone(moment, in_scope, manager_client):
    action = make_one(in_scope, moment)

    response = manager_client.post(at("action_edit", action.pk), {**FORM, "what": "Speak often", "version": 1})
    page = manager_client.get(response.url).content.decode()

    assert Action.objects.get().what == "Speak often"
    assert "is changed" in page
    assert 'id="undo-action"' in page


def test_owner_who_has_left_stays_until_somebody_else_is_chosen(moment, in_scope, manager_client, make_member):
    leaver = make_member(in_scope, Role.LEADER)
    action = make_one(in_scope, moment, owner_id=leaver.pk)
    Membership.objects.get(user=leaver).delete()

    page = page_of(manager_client, "action_edit", action.pk)
    manager_client.post(at("action_edit", action.pk), {**FORM, "what": "Speak often", "owner": leaver.pk, "version": 1})

    assert "Leader (has left)" in page
    assert Action.objects.values_list("what", "owner").get() == ("Speak often", leaver.pk)


def test_change_of_a_stale_version_shows_both_and_mine_can_be_kept(moment, in_scope, manager_client):
    action = make_one(in_scope, moment)
    change_action(action, None, {"what": "Theirs"})
    address = at("action_edit", action.pk)

    refused = manager_client.post(address, {**FORM, "what": "Mine", "version": 1})
    page = refused.content.decode()
    manager_client.post(
        address, {**FORM, "what": "Mine", "version": re.search(r'name="version" value="(\d+)"', page)[1]}
    )

    assert refused.status_code == 409
    assert re.search(r'<td dir="auto">Mine</td><td dir="auto">Theirs</td>', page)
    assert Action.objects.get().what == "Mine"


def test_history_says_who_did_what(moment, in_scope, manager_client, manager):
    action = make_one(in_scope, moment)
    move(manager_client, action, "doing")
    change_action(action, None, {"owner_id": manager.pk}, user=manager, is_by_link=True)

    page = page_of(manager_client, "action_page", action.pk)

    assert "Manager, by the link of a mail" in page
    assert re.search(r'owner: <del dir="auto">–</del> → <ins dir="auto">Manager</ins>', page)
    assert re.search(r'state: <del dir="auto">Proposed</del> → <ins dir="auto">Doing</ins>', page)


def test_deleted_after_a_question(moment, in_scope, manager_client):
    action = make_one(in_scope, moment)

    asked = page_of(manager_client, "action_delete", action.pk)
    manager_client.post(at("action_delete", action.pk))

    assert "drop it instead" in asked
    assert Action.objects.count() == 0


def test_action_stays_when_its_moment_leaves_the_map(moment, in_scope, manager_client):
    action = make_one(in_scope, moment)
    moment.delete()

    assert "(off the map)" in page_of(manager_client, "action_page", action.pk)
    assert "Waits at the gate" in page_of(manager_client, "action_board")


def test_action_goes_with_its_journey(moment, in_scope):
    make_one(in_scope, moment)

    Journey.objects.get().delete()

    assert Action.objects.count() == 0
