"""The what-if page and the scenarios that are kept: with htmx and without, by the right people and by the wrong."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django_scopes import scope

from accounts.access import Role
from journeys import scenarios
from journeys.models import Journey, Moment, Scenario
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from journeys.views.what_if_page import page_address

HTMX = {"HX-Request": "true"}


def address(name: str, *args: int) -> str:
    return reverse(name, args=["northern-air", *args])


def pk(title: str) -> int:
    return Moment.objects.get(title=title).pk


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def better(trip, manager) -> Scenario:
    return scenarios.create_scenario(trip, manager, "A better D", {pk("D"): 4}, 50)


def test_page_shows_today_beside_the_target(manager_client, trip):
    response = manager_client.get(address("journey_what_if", trip.pk), {"play": 1, f"to-{pk('D')}": 4, "leave": "50"})

    rows = [(row.label, row.today, row.target, row.difference) for row in response.context["rows"]]
    assert rows == [
        ("Loyalty balance", "0", "+100", "100 points higher"),
        ("Indifference", "0%", "0%", "no change"),
        ("Customers who meet a poor moment, a year", "6.3\u202fM", "0", "6.3\u202fM fewer"),
        ("Customers at risk a year", "3.2\u202fM", "0", "3.2\u202fM fewer"),
    ]
    assert "50% of the customers who meet a poor moment leave. Source: Zendesk 2020" in words(response)
    assert "Contacts count as random (Poisson) and as independent between moments." in words(response)
    assert "3 moments have no level" in words(response)


def test_page_without_targets_draws_one_curve(manager_client, trip):
    picture = manager_client.get(address("journey_what_if", trip.pk)).context["picture"]

    assert picture.target_path == ""
    assert [(mark.level, mark.target, mark.y) for mark in picture.marks if mark.moment.level] == [
        (2, None, 216.0),
        (5, None, 72.0),
    ]


def test_target_moves_its_circle_and_leaves_the_outline_of_today(manager_client, trip):
    picture = manager_client.get(address("journey_what_if", trip.pk), {f"to-{pk('D')}": 6}).context["picture"]

    mark = next(mark for mark in picture.marks if mark.moment.title == "D")
    assert (mark.y_today, mark.y, mark.says_today, mark.says_target) == (216.0, 24.0, "2 Basic", "6 Unbelievable")
    assert picture.target_path != picture.today_path


def test_target_for_a_moment_without_level_brings_it_in(manager_client, trip):
    response = manager_client.get(address("journey_what_if", trip.pk), {f"to-{pk('A')}": 1})

    assert [row.target for row in response.context["rows"]][:2] == ["\u221233", "0%"]
    assert "2 moments have no level" in words(response)


@pytest.mark.parametrize("text", ["7", "0", "x", "44", "4\x00", "٤", ""])
def test_levels_that_are_none_are_passed_over(manager_client, trip, text):
    response = manager_client.get(address("journey_what_if", trip.pk), {f"to-{pk('D')}": text})

    assert response.status_code == 200
    assert response.context["picture"].target_path == ""


def test_htmx_gets_the_figures_and_an_address_to_come_back_to(manager_client, trip):
    asked = {"play": 1, f"to-{pk('D')}": 4, f"to-{pk('E')}": 5, "leave": "own", "leave_own": "12,5"}

    response = manager_client.get(address("journey_what_if", trip.pk), asked, headers=HTMX)

    assert next(template.name for template in response.templates) == "journeys/_what_if_played.html"
    expected = f"?play=1&to-{pk('D')}=4&leave=own&leave_own=12.5"
    assert response["HX-Replace-Url"] == address("journey_what_if", trip.pk) + expected
    assert "12.5% of the customers who meet a poor moment leave. Source: a figure of our own." in words(response)
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("own", ["", "101", "-1", "much", "9" * 10_000, "\x00"])
def test_own_leave_rate_has_to_be_a_percentage(manager_client, trip, own):
    asked = {"leave": "own", "leave_own": own}

    page = manager_client.get(address("journey_what_if", trip.pk), asked)
    fragment = manager_client.get(address("journey_what_if", trip.pk), asked, headers=HTMX)

    assert (page.status_code, fragment.status_code) == (422, 422)
    assert page.context["form"].has_error("leave_own")
    assert "32% of the customers" in words(page)


def test_one_moment_goes_back_to_today_without_a_script(manager_client, trip):
    asked = {"play": 1, f"to-{pk('D')}": 4, f"to-{pk('E')}": 6, "back": pk("D")}

    picture = manager_client.get(address("journey_what_if", trip.pk), asked).context["picture"]

    assert {mark.moment.title: mark.target for mark in picture.marks if mark.target} == {"E": 6}


def test_stages_stand_over_their_columns(manager_client, trip):
    picture = manager_client.get(address("journey_what_if", trip.pk)).context["picture"]

    assert [(stretch.title, stretch.width / picture.column_width) for stretch in picture.stretches] == [
        ("Before", 3),
        ("At the airport", 2),
        ("After", 1),
    ]


def test_page_of_an_empty_map_teaches(manager_client, in_scope):
    journey = create_journey(in_scope, JourneyPlan("Empty"))

    assert "Nothing to try yet" in words(manager_client.get(address("journey_what_if", journey.pk)))


def test_page_takes_the_same_few_queries_for_any_size(manager_client, in_scope, django_assert_max_num_queries):
    moments = tuple(MomentPlan(f"M{number}", level=number % 6 + 1) for number in range(75))
    journey = create_journey(in_scope, JourneyPlan("Large", stages=(StagePlan("S", moments),) * 4))
    manager_client.get(address("journey_what_if", journey.pk))

    with django_assert_max_num_queries(8):
        page = manager_client.get(address("journey_what_if", journey.pk))

    assert len(page.context["picture"].marks) == 300


def test_scenario_is_kept_once_and_opened(manager_client, manager, trip):
    data = {"name": "A better D", "targets": f"{pk('D')}:4", "leave": "50", "submission": "abc"}

    first = manager_client.post(address("scenario_add", trip.pk), data)
    second = manager_client.post(address("scenario_add", trip.pk), data)

    saved = Scenario.objects.get()
    assert first.url == second.url == address("journey_what_if", trip.pk) + f"?scenario={saved.pk}"
    assert (saved.name, saved.targets, saved.leave_rate_percent, saved.made_by) == (
        "A better D",
        {str(pk("D")): 4},
        50,
        manager,
    )
    opened = manager_client.get(first.url)
    assert opened.context["targets_text"] == f"{pk('D')}:4"
    assert "1 moment moves, Manager" in words(opened)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 201}, "Ensure this value has at most 200 characters (it has 201)."),
        ({"name": "a\x00b"}, "Null characters are not allowed."),
        ({"targets": ""}, "Give at least one moment another level first."),
        ({"targets": "1:9,x:4,:,7"}, "Give at least one moment another level first."),
    ],
)
def test_scenario_is_refused_beside_its_field(manager_client, trip, changes, error):
    data = {"name": "Mine", "targets": f"{pk('D')}:4", "leave": "32"} | changes

    response = manager_client.post(address("scenario_add", trip.pk), data)

    assert response.status_code == 422
    assert response.context["form"].errors["name"] == [error]
    assert error in response.content.decode()
    assert not Scenario.objects.exists()


def test_refused_scenario_keeps_what_was_tried(manager_client, trip):
    data = {"name": "", "targets": f"{pk('D')}:4", "leave": "own", "leave_own": "7"}

    response = manager_client.post(address("scenario_add", trip.pk), data)

    assert response.context["targets_text"] == f"{pk('D')}:4"
    assert "7% of the customers" in words(response)


def test_scenario_needs_a_name_of_its_own(manager_client, trip, better):
    data = {"name": better.name, "targets": f"{pk('E')}:6", "leave": "32"}

    response = manager_client.post(address("scenario_add", trip.pk), data)

    assert response.status_code == 422
    assert "There is a scenario of this name already." in words(response)


def test_journey_keeps_so_many_scenarios(manager_client, manager, trip, monkeypatch):
    monkeypatch.setattr(scenarios, "SCENARIOS_MAX", 1)
    scenarios.create_scenario(trip, manager, "One", {pk("D"): 4}, 32)

    data = {"name": "Two", "targets": f"{pk('D')}:4"}
    response = manager_client.post(address("scenario_add", trip.pk), data)

    assert response.status_code == 422
    assert "at most 1 scenarios" in words(response)


def test_scenario_is_renamed_and_changed(manager_client, trip, better):
    data = {"name": "Better still", "targets": f"{pk('D')}:6,{pk('A')}:3", "leave": "32", "version": better.version}

    response = manager_client.post(address("scenario_edit", better.pk), data)

    assert response.status_code == 302
    better.refresh_from_db()
    assert (better.name, better.targets, better.leave_rate_percent, better.version) == (
        "Better still",
        {str(pk("A")): 3, str(pk("D")): 6},
        32,
        2,
    )


def test_stale_write_of_a_scenario_keeps_both(manager_client, trip, better):
    scenarios.change_scenario(better, 1, "Theirs", {pk("D"): 5}, 32)
    data = {"name": "Mine", "targets": f"{pk('D')}:6", "leave": "32", "version": "1"}

    response = manager_client.post(address("scenario_edit", better.pk), data)

    assert response.status_code == 409
    assert "Somebody else changed this scenario meanwhile." in words(response)
    assert response.context["targets_text"] == f"{pk('D')}:6"
    better.refresh_from_db()
    assert better.name == "Theirs"


def test_deleted_scenario_can_be_kept_again(manager_client, trip, better):
    response = manager_client.post(address("scenario_remove", better.pk), follow=True)

    assert not Scenario.objects.exists()
    assert response.context["targets_text"] == f"{pk('D')}:4"
    assert response.context["form"].data["name"] == "A better D"
    assert "keep it again if that was a mistake" in words(response)
    assert "50% of the customers" in words(response)


def test_scenario_passes_over_moments_that_are_gone(manager_client, trip, better):
    scenarios.change_scenario(better, 1, better.name, {pk("D"): 4, pk("E"): 6}, 32)
    Moment.objects.get(title="E").delete()

    response = manager_client.get(page_address(trip, scenario=better))

    assert "1 moment of this scenario is no longer on the map; it is left out." in words(response)
    assert response.context["targets_text"] == f"{pk('D')}:4"


def test_scenario_of_another_journey_is_not_opened(manager_client, in_scope, better):
    other = create_journey(in_scope, JourneyPlan("Other", stages=(StagePlan("S", (MomentPlan("M"),)),)))

    response = manager_client.get(address("journey_what_if", other.pk), {"scenario": better.pk})

    assert response.context["scenario"] is None


def test_leader_plays_but_keeps_nothing(client_of, make_member, organisation, trip, better):
    leader = client_of(make_member(organisation, Role.LEADER))

    page = leader.get(address("journey_what_if", trip.pk), {"scenario": better.pk})

    assert "A better D" in words(page)
    assert 'id="keep"' not in words(page)
    assert leader.post(address("scenario_add", trip.pk), {"name": "x"}).status_code == 403


def test_text_of_people_is_escaped(manager_client, in_scope, manager):
    plan = JourneyPlan("<b>J</b>", stages=(StagePlan("S", (MomentPlan('"><script>', level=2), MomentPlan("M"))),))
    journey = create_journey(in_scope, plan)
    scenarios.create_scenario(journey, manager, "<i>N</i>", {pk("M"): 4}, 32)

    page = manager_client.get(address("journey_what_if", journey.pk)).content.decode()

    assert "<b>J" not in page
    assert "<i>N" not in page
    assert '"><script>' not in page


def test_map_offers_what_if_risk_and_reading_aids(manager_client, trip):
    page = words(manager_client.get(address("journey_map", trip.pk)))

    assert address("journey_what_if", trip.pk) in page
    assert "<dd>2 M</dd><dt>customers at risk a year, our own estimate at 32% (PwC 2018)</dt>" in page
    assert f'href="?moment={pk("D")}#panel"' in page
    assert "Longest moment" not in page


def test_map_without_levels_claims_no_risk(manager_client, in_scope):
    plan = JourneyPlan("No level", 1000, stages=(StagePlan("S", (MomentPlan("A"), MomentPlan("B"))),))
    page = words(manager_client.get(create_journey(in_scope, plan).get_absolute_url()))

    assert "at risk" not in page
    assert "Weakest moment" not in page


def test_scenarios_are_scoped(trip, better, other_organisation):
    with scope(organisation=other_organisation):
        assert not Scenario.objects.exists()
    assert Journey.objects.get(pk=trip.pk).scenarios.get() == better
