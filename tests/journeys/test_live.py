"""Several people on one map: what changed is asked for cheaply, and who is here is said by each open page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from accounts.access import Role
from journeys.models import Journey, Moment, Presence
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.presence import SILENT_AFTER, Somebody, arrive, leave, others_on
from journeys.sequence import append_stage, create_journey
from journeys.unchanged import TICKET, TICKET_SECONDS

SIGN_IN_QUERIES = 3  # session, person, membership with its organisation


def address(name: str, journey: Journey) -> str:
    return reverse(name, args=["northern-air", journey.pk])


def ask(client, journey: Journey, version: int, people_version: int, moment: str = ""):
    headers = {"If-None-Match": f'"{version}-0-{people_version}"', "HX-Request": "true"}
    return client.get(address("journey_changes", journey), {"moment": moment}, headers=headers)


def moment(title: str) -> Moment:
    return Moment.objects.get(title=title)


def test_unchanged_map_costs_one_read_beyond_the_sign_in(manager_client, in_scope, django_assert_num_queries):
    moments = tuple(MomentPlan(f"M{number}") for number in range(50))
    journey = create_journey(in_scope, JourneyPlan("Sized", stages=(StagePlan("S", moments),)))
    ask(manager_client, journey, 1, 1)

    with django_assert_num_queries(SIGN_IN_QUERIES + 1):
        response = ask(manager_client, journey, 1, 1)

    assert (response.status_code, response.content) == (304, b"")


def test_changed_map_comes_with_panel_and_people(manager_client, trip):
    append_stage(trip, "Long after")

    response = ask(manager_client, trip, 1, 1, moment=str(moment("D").pk))

    page = response.content.decode()
    assert response["ETag"] == '"2-0-1"'
    assert 'data-version="2"' in page
    assert "Long after" in page
    assert f'id="panel" class="panel" data-moment="{moment("D").pk}"' in page
    assert 'id="presence"' in page


def test_when_only_people_changed_the_map_is_not_sent(manager_client, make_member, organisation, trip):
    leader = make_member(organisation, Role.LEADER)
    arrive(trip, leader, "a1", moment("D").pk, is_editor=False)

    response = ask(manager_client, trip, 1, 1)

    page = response.content.decode()
    assert response["ETag"] == '"1-0-2"'
    assert "Leader reads “D”" in page
    assert 'id="map"' not in page


@pytest.mark.parametrize("seen", ["", "nonsense", '"x-0-1"', 'W/"1-0-1"x', '"99999999999999999999-0-1"'])
def test_question_with_a_strange_tag_gets_everything(manager_client, trip, seen):
    response = manager_client.get(address("journey_changes", trip), headers={"If-None-Match": seen})

    assert response.status_code == 200
    assert b'id="map"' in response.content


@pytest.mark.parametrize("asked", ["", "0", "-1", "x", "99999999999999999999", "9999999999"])
def test_question_about_a_strange_moment_gets_the_journeys_panel(manager_client, trip, asked):
    response = ask(manager_client, trip, 0, 0, moment=asked)

    assert response.status_code == 200
    assert 'data-moment=""' in response.content.decode()


def test_page_says_where_its_reader_is(manager_client, manager, make_member, organisation, trip):
    leader = make_member(organisation, Role.LEADER)
    place = {"tab": "a1", "moment": moment("D").pk}

    response = manager_client.post(address("presence_set", trip), place)

    assert response.status_code == 204
    assert others_on(trip, leader) == [Somebody("Manager", "M", moment("D").pk, "D", is_editor=True)]
    assert others_on(trip, manager) == []


def test_only_news_of_people_changes_the_tag(manager_client, trip):
    url, place = address("presence_set", trip), {"tab": "a1", "moment": moment("D").pk}

    def versions_after(data: dict[str, object]) -> tuple[int, int]:
        assert manager_client.post(url, data).status_code == 204
        trip.refresh_from_db()
        return trip.version, trip.people_version

    came = versions_after(place)
    stayed = versions_after(place)
    turned = versions_after({**place, "moment": ""})
    left = versions_after({**place, "leaving": "yes"})
    left_again = versions_after({**place, "leaving": "yes"})

    assert [came, stayed, turned, left, left_again] == [(1, 2), (1, 2), (1, 3), (1, 4), (1, 4)]


@pytest.mark.parametrize(
    "data", [{}, {"tab": ""}, {"tab": "a" * 33}, {"tab": "A b"}, {"tab": "a\x00"}, {"tab": "a", "moment": "x"}]
)
def test_strange_place_is_refused(manager_client, trip, data):
    response = manager_client.post(address("presence_set", trip), data)

    assert response.status_code == 422
    assert not Presence.objects.exists()


def test_who_falls_silent_is_gone_and_forgotten(make_member, manager, organisation, trip, time_machine):
    leader = make_member(organisation, Role.LEADER)
    time_machine.move_to("2026-11-21T10:00:00Z", tick=False)
    arrive(trip, leader, "a1", None, is_editor=False)
    time_machine.shift(SILENT_AFTER)
    seen_before = others_on(trip, manager)
    time_machine.shift(timedelta(seconds=1))
    seen_after = others_on(trip, manager)

    arrive(trip, manager, "b1", None, is_editor=True)

    assert [person.name for person in seen_before] == ["Leader"]
    assert seen_after == []
    assert list(Presence.objects.values_list("tab", flat=True)) == ["b1"]


def test_person_with_two_windows_is_shown_once_at_their_moment(make_member, manager, organisation, trip):
    leader = make_member(organisation, Role.LEADER)
    arrive(trip, leader, "a1", moment("D").pk, is_editor=False)
    arrive(trip, leader, "a2", None, is_editor=False)

    people = others_on(trip, manager)
    leave(trip, leader, "a1")

    assert people == [Somebody("Leader", "L", moment("D").pk, "D", is_editor=False)]
    assert others_on(trip, manager) == [Somebody("Leader", "L", None, "", is_editor=False)]


def test_moment_of_another_organisation_is_never_named(manager, make_member, other_organisation, organisation, trip):
    with scope(organisation=other_organisation):
        plan = JourneyPlan("Theirs", stages=(StagePlan("S", (MomentPlan("Secret"),)),))
        foreign = Moment.objects.get(stage__journey=create_journey(other_organisation, plan))
    leader = make_member(organisation, Role.LEADER)

    arrive(trip, leader, "a1", foreign.pk, is_editor=False)

    assert others_on(trip, manager) == [Somebody("Leader", "L", None, "", is_editor=False)]


def test_others_take_two_queries_however_many(make_member, manager, organisation, trip, django_assert_num_queries):
    for number in range(12):
        person = make_member(organisation, Role.STAFF, f"staff{number}@example.org")
        arrive(trip, person, "a1", moment("D").pk, is_editor=False)

    with django_assert_num_queries(2):
        people = others_on(trip, manager)

    assert len(people) == 12


def ask_with(client, journey: Journey, ticket: str, version: int = 1):
    headers = {"If-None-Match": f'"{version}-0-1"', TICKET: ticket}
    return client.get(address("journey_changes", journey), headers=headers)


def test_ticket_spares_an_unchanged_map_all_but_one_read(manager_client, trip, django_assert_num_queries):
    ticket = ask(manager_client, trip, 1, 1)[TICKET]

    with django_assert_num_queries(1):
        response = ask_with(manager_client, trip, ticket)

    assert (response.status_code, response.content) == (304, b"")


def test_ticket_never_hides_a_change(manager_client, trip):
    ticket = ask(manager_client, trip, 1, 1)[TICKET]
    append_stage(trip, "Long after")

    response = ask_with(manager_client, trip, ticket)

    assert response["ETag"] == '"2-0-1"'
    assert "Long after" in response.content.decode()


def test_ticket_shows_nothing_to_who_was_removed(manager_client, manager, trip):
    ticket = ask(manager_client, trip, 1, 1)[TICKET]
    append_stage(trip, "Long after")
    manager.memberships.all().delete()

    response = ask_with(manager_client, trip, ticket)

    assert response.status_code == 404


def test_ticket_holds_for_its_session_and_map_alone(manager_client, client, make_member, client_of, in_scope, trip):
    ticket = ask(manager_client, trip, 1, 1)[TICKET]
    leader_client = client_of(make_member(in_scope, Role.LEADER))
    other = create_journey(in_scope, JourneyPlan("Other"))

    stolen, signed_out = ask_with(leader_client, trip, ticket), ask_with(client, trip, ticket)
    elsewhere = ask_with(manager_client, other, ticket)

    assert [response.has_header(TICKET) for response in (stolen, elsewhere)] == [True, True]
    assert signed_out.status_code == 302


@pytest.mark.parametrize("change", [lambda t: t + "0", lambda t: "9" + t, lambda t: "x", lambda t: ".", lambda t: "é"])
def test_made_up_ticket_is_as_good_as_none(client, trip, manager_client, change):
    ticket = change(ask(manager_client, trip, 1, 1)[TICKET])

    assert ask_with(manager_client, trip, ticket).has_header(TICKET)


def test_ticket_runs_out(manager_client, trip, time_machine):
    time_machine.move_to(timezone.now().replace(microsecond=0), tick=False)
    ticket = ask(manager_client, trip, 1, 1)[TICKET]
    time_machine.shift(TICKET_SECONDS)
    still = ask_with(manager_client, trip, ticket)
    time_machine.shift(1)

    assert [response.has_header(TICKET) for response in (still, ask_with(manager_client, trip, ticket))] == [
        False,
        True,
    ]
