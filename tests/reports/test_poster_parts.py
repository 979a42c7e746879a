"""Team sheets: which parts a journey has, and what a sheet of one of them says."""

from __future__ import annotations

import io

from django.urls import reverse
from django_scopes import scope
from pypdf import PdfReader

from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from reports.models import Poster, PosterKind
from reports.posters.parts import cut_plan, find_part, parts_of
from reports.posters.rendering import render_poster
from tests.reports.poster_inputs import inputs_of

BEFORE = StagePlan(
    "Before",
    (
        MomentPlan("Books", channel="phone", serves_in_front="Service centre", stands_behind="Catering; IT", level=3),
        MomentPlan("Reads", channel="email", stands_behind="it", level=4),
    ),
)
AFTER = StagePlan("After", (MomentPlan("Complains", channel="phone", serves_in_front="service  Centre", level=2),))
PLAN = JourneyPlan("A trip", customers_per_year=10_000, stages=(BEFORE, AFTER))


def test_parts_are_channels_then_who_serves_then_who_stands_behind():
    assert [(part.key, part.name, part.places) for part in parts_of(PLAN)] == [
        ("channel:phone", "Phone", (0, 2)),
        ("channel:email", "E-mail", (1,)),
        ("front:service centre", "Service centre", (0, 2)),
        ("behind:catering", "Catering", (0,)),
        ("behind:it", "IT", (0, 1)),
    ]


def test_part_is_found_by_key_or_by_name():
    assert find_part(PLAN, "behind:it") == find_part(PLAN, " it ")
    assert find_part(PLAN, "Nobody") is None


def test_cut_plan_keeps_the_moments_and_drops_empty_stages():
    kept = cut_plan(PLAN, [1])

    assert [(stage.title, [m.title for m in stage.moments]) for stage in kept.stages] == [("Before", ["Reads"])]
    assert (kept.title, kept.customers_per_year) == ("A trip", 10_000)


def test_team_sheet_says_whose_it_is_and_of_how_much():
    inputs = inputs_of(cut_plan(PLAN, [0, 2]), "A4", kind="team", subject="Service centre", of_moments=3)

    words = " ".join(PdfReader(io.BytesIO(render_poster(inputs))).pages[0].extract_text().split())

    assert "20,000 moments of truth a year: Service centre" in words
    assert "A trip: 2 of its 3 moments" in words
    assert "Complains" in words
    assert "Reads" not in words


def test_form_makes_a_team_sheet(manager_client, organisation):
    with scope(organisation=organisation):
        journey = create_journey(organisation, PLAN)
        make = reverse("poster_make", args=[organisation.slug, journey.pk])

        manager_client.post(make, {"kind": "team", "subject": "front:service centre", "size": "A4"})

        poster = Poster.objects.get()
        assert (poster.kind, poster.subject, poster.title) == (
            PosterKind.TEAM,
            "Service centre",
            "A trip: Service centre",
        )
        assert [stage["title"] for stage in poster.inputs["plan"]["stages"]] == ["Before", "After"]
        assert poster.inputs["of_moments"] == 3


def test_team_sheet_needs_a_team_of_the_map(manager_client, organisation):
    with scope(organisation=organisation):
        journey = create_journey(organisation, PLAN)
        make = reverse("poster_make", args=[organisation.slug, journey.pk])

        none = manager_client.post(make, {"kind": "team", "size": "A4"})
        foreign = manager_client.post(make, {"kind": "team", "subject": "front:others", "size": "A4"})

        assert none.context["form"].errors == {"subject": ["Choose whose moments the team sheet shows."]}
        assert (none.status_code, foreign.status_code) == (422, 422)
        assert not Poster.objects.exists()


def test_team_sheet_of_a_scenario_takes_its_targets_along(manager_client, organisation, manager):
    from journeys.models import Moment, Scenario

    with scope(organisation=organisation):
        journey = create_journey(organisation, PLAN)
        moment = Moment.objects.get(title="Complains")
        scenario = Scenario.objects.create(journey=journey, name="Call back", targets={str(moment.pk): 5})
        make = reverse("poster_make", args=[organisation.slug, journey.pk])
        chosen = {"kind": "team", "subject": "channel:phone", "size": "A4", "shows": f"scenario-{scenario.pk}"}

        manager_client.post(make, chosen)

        assert Poster.objects.get().inputs["scenario"]["targets"] == [None, 5]
