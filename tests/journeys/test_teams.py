"""Teams: names in moments become teams, each with a page of the moments that it shapes."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from journeys.models import Journey
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import change_journey, create_journey
from journeys.teams import list_teams, split_names

PLAN = JourneyPlan(
    "A trip",
    customers_per_year=1000,
    stages=(
        StagePlan(
            "Airport",
            (
                MomentPlan("Waits", contacts_per_customer=2, seconds=1800, level=2, decision="enhance",
                           serves_in_front="Gate staff", stands_behind="Operations ; Catering", what_more="Speak."),
                MomentPlan("Boards", seconds=36, level=5, serves_in_front="gate  STAFF, operations"),
            ),
        ),
        StagePlan("After", (MomentPlan("Leaves"), MomentPlan("Writes", stands_behind="OPERATIONS", level=1))),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("Gate staff", ["Gate staff"]),
        (" a ,b;c\nd", ["a", "b", "c", "d"]),
        ("Ops, OPS ,ops  x", ["Ops", "ops x"]),
        (",;, ,", []),
        ("営業、物流", ["営業", "物流"]),
        ("Research & development / labs", ["Research & development / labs"]),
    ],
)
def test_names_are_parted_by_commas_and_semicolons(text, names):
    assert split_names(text) == names


def test_team_has_its_moments_across_journeys_and_their_sums(in_scope):
    create_journey(in_scope, PLAN)
    create_journey(
        in_scope, JourneyPlan("B", 10, stages=(StagePlan("S", (MomentPlan("M", stands_behind="catering"),)),))
    )

    teams = list_teams(in_scope)

    assert [(team.name, len(team.journeys), len(team.damaging)) for team in teams] == [
        ("Operations", 1, 2), ("Catering", 2, 1), ("Gate staff", 1, 1),
    ]  # fmt: skip
    operations = teams[0]
    assert [(row.moment.title, row.is_front, row.is_behind) for row in operations.moments] == [
        ("Waits", False, True), ("Boards", True, False), ("Writes", False, True),
    ]  # fmt: skip
    assert (operations.contacts_per_year, operations.damaging_contacts_per_year) == (4000, 3000)
    assert operations.hours_per_year == pytest.approx(1000 + 10 + 1000 / 60)


def test_team_of_an_archived_journey_is_not_shown(in_scope):
    change_journey(create_journey(in_scope, PLAN), archived_at=timezone.now())

    assert list_teams(in_scope) == []


def test_team_pages_show_what_a_team_shapes(in_scope, manager_client):
    journey = create_journey(in_scope, PLAN)
    moment = journey.stages.first().moments.first()

    listed = manager_client.get(reverse("team_list", args=["northern-air"])).content.decode()
    page = manager_client.get(reverse("team_page", args=["northern-air"]), {"name": "  oPerations "}).content.decode()

    assert "?name=Operations" in listed
    assert "in front and behind" in listed
    assert '<h1 dir="auto">Operations</h1>' in page
    assert "3,000 times a year a customer leaves one of them with less trust than before." in page
    assert f'href="{journey.get_absolute_url()}?moment={moment.pk}"' in page
    assert "Speak." in page


def test_team_that_nobody_names_is_not_found(in_scope, other_organisation, manager_client):
    with scope(organisation=other_organisation):
        create_journey(other_organisation, PLAN)

    answers = [
        manager_client.get(reverse("team_page", args=["northern-air"]), {"name": name}) for name in ("Operations", "\0")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_team_list_without_teams_says_how_to_name_one(organisation, manager_client):
    page = manager_client.get(reverse("team_list", args=["northern-air"])).content.decode()

    assert "No team is named yet" in page


@pytest.mark.parametrize("name", ["team_list", "team_page"])
def test_team_pages_take_the_same_queries_for_1_and_50_journeys(
    name, in_scope, manager_client, django_assert_num_queries
):
    create_journey(in_scope, PLAN)
    address = reverse(name, args=["northern-air"])
    manager_client.get(address, {"name": "operations"})

    with django_assert_num_queries(5):
        manager_client.get(address, {"name": "operations"})
    for _number in range(49):
        create_journey(in_scope, PLAN)
    with django_assert_num_queries(5):
        manager_client.get(address, {"name": "operations"})
    assert Journey.objects.count() == 50


def test_panel_links_the_teams_of_its_moment(in_scope, manager_client, client_of, make_member, organisation):
    moment = create_journey(in_scope, PLAN).stages.first().moments.first()
    staff = client_of(make_member(organisation, "staff"))
    address = reverse("moment_panel", args=["northern-air", moment.pk])

    pages = [client.get(address, headers={"HX-Request": "true"}).content.decode() for client in (manager_client, staff)]

    link = reverse("team_page", args=["northern-air"])
    for page in pages:
        assert [f'href="{link}?name={name}"' in page for name in ("Gate%20staff", "Operations", "Catering")] == [
            True
        ] * 3
