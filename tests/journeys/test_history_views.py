"""The history page, undoing from it and from the map, and named versions: by the right people and by the wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from accounts.access import Role
from accounts.acting import acting
from journeys import removals, sequence
from journeys.models import Event, Journey, Version
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.snapshot import plan_of
from journeys.versions import name_version
from tests.journeys.conftest import TRIP
from tests.journeys.test_history import change
from tests.journeys.test_sequence import moment_of, order_of, stage_of

HTMX = {"HX-Request": "true"}
EVIL = "<script>alert(1)</script>{who}%s\"'"


def address(name: str, *args: int) -> str:
    return reverse(name, args=["northern-air", *args])


def page_of(client, journey: Journey, **asked) -> str:
    return client.get(address("journey_history", journey.pk), asked).content.decode()


@pytest.fixture
def undo_later(trip, manager) -> Event:
    """A change that somebody else has changed since."""
    with acting(manager):
        event = change(trip, "D", what_more="Mine.")
    change(trip, "D", what_more="Theirs.")
    return event


def test_history_says_who_did_what_and_from_where_to_where(manager_client, manager, trip):
    with acting(manager):
        sequence.move_moment(moment_of(trip, "A"), stage_of(trip, "After"), 0)
        change(trip, "D", level=5, is_make_or_break=True)
        removals.remove_stage(stage_of(trip, "At the airport"))

    page = page_of(manager_client, trip)

    title = '“<bdi lang="en">{}</bdi>”'.format
    assert f"<b><bdi>Manager</bdi></b> moved {title('A')} from {title('Before')} to {title('After')}" in page
    assert f"<b><bdi>Manager</bdi></b> took the stage {title('At the airport')} off the map, with 2 moments" in page
    assert '<dt>Level, our own estimate</dt><dd><del dir="auto">Basic</del>' in page
    assert '<del dir="auto">no</del> <span aria-hidden="true">→</span> <ins dir="auto">yes</ins>' in page
    assert f"<b><bdi>The system</bdi></b> made the journey {title(trip.title)}" in page


def test_history_groups_days_in_the_organisations_time_zone(manager_client, organisation, trip):
    organisation.time_zone = "Pacific/Auckland"
    organisation.save()
    with time_machine.travel("2026-03-01T20:30:00Z", tick=False):
        sequence.append_stage(trip, "Next day there")

    page = page_of(manager_client, trip)

    assert "Monday, 2 March 2026" in page
    assert ">09:30</time>" in page


def test_saves_while_typing_are_one_line_with_one_undo(manager_client, manager, trip):
    with acting(manager):
        for text in ("S", "Sp", "Speak"):
            event = change(trip, "D", what_more=text)

    page = page_of(manager_client, trip)
    manager_client.post(address("event_undo", event.pk), {"from": "history", "oldest": event.pk - 2})

    assert "in 3 saves" in page
    assert '<del dir="auto">(nothing)</del> <span aria-hidden="true">→</span> <ins dir="auto">Speak</ins>' in page
    assert page.count("/undo/") == 1
    assert moment_of(trip, "D").what_more == ""


def test_long_texts_are_shown_around_what_differs(manager_client, trip):
    change(trip, "D", experience="a" * 500)
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        change(trip, "D", experience="a" * 450 + "b" + "a" * 49)

    page = page_of(manager_client, trip)

    assert f"…{'a' * 40}b{'a' * 49}</ins>" in page


def test_history_is_filtered_by_person_and_by_moment(manager_client, manager, make_member, organisation, trip):
    other, target = make_member(organisation, Role.OWNER), moment_of(trip, "D")
    with acting(manager):
        change(trip, "D", level=4)
        change(trip, "E", level=4)
    with acting(other):
        change(trip, "D", level=6)
    removals.remove_moment(moment_of(trip, "D"))

    by_person = page_of(manager_client, trip, person=manager.pk)
    by_moment = page_of(manager_client, trip, moment=target.pk)
    by_both = page_of(manager_client, trip, person=other.pk, moment=target.pk)
    by_nobody = page_of(manager_client, trip, person=999_999, moment="x")

    assert [page.count('<li class="step') for page in (by_person, by_moment, by_both)] == [2, 3, 1]
    assert f'<option value="{target.pk}" selected>D</option>' in by_moment
    assert "No step of this person and moment" in by_nobody


def test_history_takes_the_same_few_queries_for_1_and_for_200_steps(manager_client, trip, django_assert_num_queries):
    page_of(manager_client, trip)
    for number in range(200):
        sequence.rename_stage(stage_of(trip, "After" if number == 0 else str(number - 1)), str(number))

    with django_assert_num_queries(11):
        first = page_of(manager_client, trip)
    with django_assert_num_queries(11):
        last = page_of(manager_client, trip, page=5)

    assert (first.count('<li class="step'), last.count('<li class="step')) == (50, 1)
    assert "Page 1 of 5" in first


def test_history_escapes_what_people_type(manager_client, manager, in_scope):
    manager.name = EVIL
    manager.save()
    with acting(manager):
        plan = JourneyPlan(EVIL, stages=(StagePlan(EVIL, (MomentPlan(EVIL),)), StagePlan("Other")))
        journey = sequence.create_journey(in_scope, plan)
        sequence.rename_stage(stage_of(journey, "Other"), EVIL + "2")
        change(journey, EVIL, experience=EVIL)
        version = name_version(journey, EVIL)
        event = removals.remove_moment(moment_of(journey, EVIL))
    undone = manager_client.post(address("event_undo", event.pk), headers=HTMX).content.decode()
    pages = [page_of(manager_client, journey), undone]
    pages.append(manager_client.get(address("version_page", version.pk)).content.decode())

    for page in pages:
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("role", [Role.LEADER, Role.STAFF])
def test_readers_see_the_history_without_buttons(client_of, make_member, organisation, trip, role):
    sequence.append_stage(trip, "New")
    version = name_version(trip, "First")
    client = client_of(make_member(organisation, role))

    page = page_of(client, trip)
    looked = client.get(address("version_page", version.pk)).content.decode()

    assert "added the stage" in page
    assert "/undo/" not in page + looked
    assert "versions/add" not in page
    assert "/restore/" not in looked


def test_undo_from_the_history_comes_back_to_it_with_a_word(manager_client, trip):
    event = removals.remove_stage(stage_of(trip, "At the airport"))

    answer = manager_client.post(address("event_undo", event.pk), {"from": "history"}, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [(address("journey_history", trip.pk), 302)]
    assert "Undone: The system took the stage “At the airport” off the map, with 2 moments." in page
    assert "brought the stage" in page
    assert plan_of(trip) == TRIP


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_every_change_on_the_map_offers_to_undo_it(manager_client, trip, headers):
    posts = [
        (address("moment_move", moment_of(trip, "A").pk), {"direction": "later"}),
        (address("stage_move", stage_of(trip, "Before").pk), {"direction": "later"}),
        (address("stage_rename", stage_of(trip, "After").pk), {"title": "Long after"}),
        (address("stage_remove", stage_of(trip, "At the airport").pk), {}),
        (address("moment_remove", moment_of(trip, "B").pk), {}),
    ]
    for url, data in posts:
        page = manager_client.post(url, data, headers=headers, follow=True).content.decode()

        assert address("event_undo", Event.objects.first().pk) in page


def test_undo_on_the_map_offers_to_do_it_again(manager_client, trip):
    event = sequence.move_moment(moment_of(trip, "A"), stage_of(trip, "After"), 0)

    page = manager_client.post(address("event_undo", event.pk), headers=HTMX).content.decode()
    again = manager_client.post(address("event_undo", Event.objects.first().pk), headers=HTMX).content.decode()

    assert "Undone: The system moved “A” from “Before” to “After”." in page
    assert "Redo" in page
    assert "Done again" in again
    assert order_of(trip)[2] == ("After", "A")


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_undo_shows_what_changed_since_and_can_be_forced(manager_client, trip, undo_later, headers):
    refused = manager_client.post(address("event_undo", undo_later.pk), headers=headers)
    kept = moment_of(trip, "D").what_more
    manager_client.post(address("event_undo", undo_later.pk), {"force": "yes"}, headers=headers)

    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Not undone: this was changed since." in page
    assert '<td dir="auto">Theirs.</td><td dir="auto">(nothing)</td>' in page
    assert (kept, moment_of(trip, "D").what_more) == ("Theirs.", "")


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_undo_twice_says_that_it_was_done(manager_client, trip, headers):
    event = sequence.rename_stage(stage_of(trip, "After"), "Later")
    manager_client.post(address("event_undo", event.pk))

    answer = manager_client.post(address("event_undo", event.pk), headers=headers)

    assert answer.status_code == 409
    assert "That step was undone already." in answer.content.decode()


def test_undo_sent_twice_by_a_double_click_is_done_once(manager_client, trip):
    event = sequence.rename_stage(stage_of(trip, "After"), "Later")
    data = {"from": "history", "submission": "one-form"}

    answers = [manager_client.post(address("event_undo", event.pk), data) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [address("journey_history", trip.pk)] * 2
    assert Event.objects.filter(undoes=event).count() == 1


def test_redo_from_the_words_about_an_undo_takes_the_whole_run(manager_client, manager, trip):
    with acting(manager):
        for text in ("S", "Sp", "Speak"):
            change(trip, "D", what_more=text)
    manager_client.post(address("journey_undo", trip.pk), headers=HTMX)
    undone = moment_of(trip, "D").what_more

    manager_client.post(address("event_undo", Event.objects.first().pk), headers=HTMX)

    assert (undone, moment_of(trip, "D").what_more) == ("", "Speak")


def test_undo_of_what_is_gone_says_what_to_do(manager_client, trip):
    event = change(trip, "D", level=4)
    removals.remove_moment(moment_of(trip, "D"))

    answer = manager_client.post(address("event_undo", event.pk), {"from": "history"}, follow=True)

    assert "is no longer on the map. Bring that back first." in answer.content.decode()


def test_undo_of_a_move_that_a_version_took_back_leaves_the_moment(manager_client, trip):
    version = name_version(trip, "First")
    event = sequence.move_moment(moment_of(trip, "A"), stage_of(trip, "Before"), 1)
    manager_client.post(address("version_restore", version.pk))

    manager_client.post(address("event_undo", event.pk))

    assert 'left “<bdi lang="en">A</bdi>” in its place' in page_of(manager_client, trip)
    assert plan_of(trip) == TRIP


def test_keyboard_undo_takes_only_ones_own_steps(manager_client, manager, trip):
    with acting(manager):
        sequence.rename_stage(stage_of(trip, "Before"), "Mine")
    sequence.rename_stage(stage_of(trip, "After"), "Theirs")

    for _ in range(2):
        answer = manager_client.post(address("journey_undo", trip.pk), {"redo": ""}, headers=HTMX)
    undone = [stage.title for stage in trip.stages.all()]
    manager_client.post(address("journey_undo", trip.pk), {"redo": "yes"}, headers=HTMX)

    assert "There is no step of yours to undo." in answer.content.decode()
    assert undone == ["Before", "At the airport", "Theirs"]
    assert [stage.title for stage in trip.stages.all()] == ["Mine", "At the airport", "Theirs"]


def test_moment_panel_says_who_changed_it_last(manager_client, manager, trip):
    with acting(manager):
        change(trip, "D", level=4)
    target = moment_of(trip, "D")

    page = manager_client.get(address("moment_panel", target.pk), headers=HTMX).content.decode()

    assert "Last changed by Manager," in page
    assert address("journey_history", trip.pk) + f"?moment={target.pk}" in page


def test_version_is_named_looked_at_and_restored(manager_client, manager, trip):
    named = manager_client.post(address("version_add", trip.pk), {"name": "Before the workshop"}, follow=True)
    version = Version.objects.get()
    removals.remove_stage(stage_of(trip, "At the airport"))
    looked = manager_client.get(address("version_page", version.pk)).content.decode()
    manager_client.post(address("version_restore", version.pk))

    assert "“Before the workshop” is kept." in named.content.decode()
    assert (version.by, version.by_name, version.journey_version) == (manager, "Manager", 1)
    assert "<dd>50,000,000</dd>" in looked
    assert "At the airport" in looked
    assert plan_of(trip) == TRIP


def test_version_lies_beside_today_or_another_of_its_journey_alone(manager_client, in_scope, trip):
    first = name_version(trip, "<b>First")
    moment = moment_of(trip, "A")
    sequence.change_moment(moment, moment.version, title="Quite another", seconds=600)
    second = name_version(trip, "Second")
    sequence.append_stage(trip, "Since then")
    stranger = name_version(sequence.create_journey(in_scope, JourneyPlan("Else")), "Stranger")

    now = manager_client.get(address("version_compare", first.pk)).content.decode()
    both = manager_client.get(address("version_compare", first.pk), {"with": second.pk}).content.decode()
    wrong = [manager_client.get(address("version_compare", first.pk), {"with": asked}) for asked in (stranger.pk, "x")]

    assert ("Since then" in now, "Since then" in both) == (True, False)
    assert "≠ 1 changed" in both
    assert ("only in “Today”" in now, "&lt;b&gt;First" in both, "<b>First" in both) == (
        True,
        True,
        False,
    )
    assert [answer.status_code for answer in wrong] == [404, 404]


@pytest.mark.parametrize("name", ["", "  ", "x" * 10_000, "nul\x00"])
def test_version_name_that_is_wrong_is_kept_in_its_field(manager_client, trip, name):
    answer = manager_client.post(address("version_add", trip.pk), {"name": name})

    assert answer.status_code == 422
    assert 'id="id_name_problem"' in answer.content.decode()
    assert name in answer.content.decode()
    assert Version.objects.count() == 0


def test_version_of_an_empty_journey_can_be_looked_at(manager_client, in_scope):
    version = name_version(sequence.create_journey(in_scope, JourneyPlan("Empty")), "First")

    assert "had no stage then" in manager_client.get(address("version_page", version.pk)).content.decode()


def compared(client, version: Version, **asked):
    return client.get(address("version_compare", version.pk), asked)


def test_version_lies_beside_today_with_what_differs(manager_client, trip):
    version = name_version(trip, "<b>First")
    change(trip, "D", level=4, seconds=120)
    sequence.append_moment(stage_of(trip, "Before"), None, title="New")

    page = compared(manager_client, version).content.decode()
    history = page_of(manager_client, trip)
    looked = manager_client.get(address("version_page", version.pk)).content.decode()

    assert "+ 1 added · − 0 left out · ↕ 0 moved · ≠ 1 changed" in page
    assert "&lt;b&gt;First</a>" in page
    assert f'<a href="{trip.get_absolute_url()}">Today</a>' in page
    assert f'<a href="{address("version_page", version.pk)}">' in page
    assert f'href="{address("version_compare", version.pk)}"' in history
    assert f'href="{address("version_compare", version.pk)}"' in looked


def test_two_versions_lie_side_by_side_the_older_one_first(manager_client, trip):
    first = name_version(trip, "First")
    removals.remove_moment(moment_of(trip, "D"))
    second = name_version(trip, "Second")
    removals.remove_moment(moment_of(trip, "E"))

    pages = [compared(manager_client, one, **{"with": other.pk}) for one, other in ((first, second), (second, first))]
    offered = manager_client.get(address("version_page", second.pk)).content.decode()

    for page in pages:
        said = page.content.decode()
        assert "+ 0 added · − 1 left out · ↕ 0 moved · ≠ 0 changed" in said
        assert said.index(">First</a>") < said.index(">Second</a>")
    assert f'<option value="{first.pk}">First' in offered
    assert f"{address('version_compare', second.pk)}?with={first.pk}" in page_of(manager_client, trip)


def test_version_that_is_no_version_of_this_journey_is_not_found(manager_client, trip, other_organisation, in_scope):
    version = name_version(trip, "First")
    sibling = name_version(sequence.create_journey(in_scope, TRIP), "Of another journey")
    with scope(organisation=other_organisation):
        foreign = name_version(sequence.create_journey(other_organisation, TRIP), "Foreign")

    asked = (sibling.pk, foreign.pk, 10**17, 10**30, "x", "-1", "\0")
    answers = [compared(manager_client, version, **{"with": pk}).status_code for pk in asked]

    assert answers == [404] * 7


def test_comparing_versions_takes_the_same_queries_for_any_size(manager_client, in_scope, django_assert_num_queries):
    stage = StagePlan("S", tuple(MomentPlan(f"M{number}", level=3) for number in range(15)))
    journeys = [sequence.create_journey(in_scope, plan) for plan in (TRIP, JourneyPlan("L", stages=(stage,) * 20))]
    versions = [(name_version(journey, "First"), name_version(journey, "Second")) for journey in journeys]
    compared(manager_client, versions[0][0])

    for first, second in versions:
        with django_assert_num_queries(8):
            compared(manager_client, first)
        with django_assert_num_queries(7):
            compared(manager_client, first, **{"with": second.pk})


def test_archiving_is_a_step_that_can_be_undone(manager_client, trip):
    manager_client.post(address("journey_archive", trip.pk), {"archive": "yes"})
    page = page_of(manager_client, trip)
    manager_client.post(address("event_undo", Event.objects.first().pk), {"from": "history"})

    assert "<b><bdi>Manager</bdi></b> archived the journey" in page
    assert "took the journey out of the archive" in page_of(manager_client, trip)
    assert Journey.objects.get(pk=trip.pk).archived_at is None
