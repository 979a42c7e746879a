"""The poster of a what-if scenario: both curves, the figures of both, and what they rest on."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from journeys import scenarios
from journeys.models import Moment
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from reports.models import Poster
from reports.posters.content import content_of
from reports.posters.curve import RING, Scale, Spot
from reports.posters.footer import small_print
from reports.posters.layout import draw, in_words
from reports.posters.page import Drawing, Look
from reports.posters.rendering import render_poster
from reports.posters.target import AIR, draw_target, part_spots
from reports.preflight import check_poster, examine
from tests.reports.poster_inputs import inputs_of, plan_of


def scale_of(largest: float) -> Scale:
    return Scale(largest=largest, least=10.5, digit=14, pen=2, middle=60, band=20)


def scenario_inputs(count: int = 10, size: str = "A3", name: str = "Look up", **changes: Any) -> dict[str, Any]:
    """The trip, each damaging moment moved to Desired."""
    plan = plan_of(count)
    targets = [4 if moment.level in (1, 2) else None for moment in plan.moments]
    return inputs_of(plan, size) | {
        "scenario": {"name": name, "targets": targets, "leave_rate_percent": 32.0} | changes
    }


def test_scenario_poster_says_today_and_target():
    content = content_of(scenario_inputs())

    assert [figure for figure, _caption, _colour in content.figures] == ["+5 \u2192 +51", "49% \u2192 49%"]
    assert content.remark[0] == "What if: Look up."
    assert content.remark[1] == "Customers at risk a year: 2.2\u202fM \u2192 0, 2.2\u202fM fewer."
    assert [(moment.level, moment.target) for moment in content.moments if moment.target] == [(2, 4), (2, 4), (1, 4)]


def test_scenario_poster_prints_its_name_risk_and_assumptions_small():
    printed = small_print(content_of(scenario_inputs(leave_rate_percent=12.5)))

    for words in ("Look up", "Customers at risk a year", "Poisson", "12.5%", "a figure of our own", "our own estimate"):
        assert words in printed


def test_scenario_poster_without_customers_claims_no_risk():
    inputs = scenario_inputs()
    inputs["plan"]["customers_per_year"] = 0

    assert "at risk" not in small_print(content_of(inputs))


def test_target_equal_to_today_is_no_target():
    plan = JourneyPlan("J", 10, stages=(StagePlan("S", (MomentPlan("A", level=4), MomentPlan("B"))),))
    scenario = {"name": "N", "targets": [4, 5], "leave_rate_percent": 32.0}

    content = content_of(inputs_of(plan) | {"scenario": scenario})

    assert [moment.target for moment in content.moments] == [None, 5]


def test_scenario_poster_tells_both_levels_in_words():
    words = in_words(content_of(scenario_inputs()))

    assert "Waits at the gate: 2 Basic, target 4 Desired, make-or-break" in words
    assert "Searches a fare: 3 Expected;" in words


def test_scenario_poster_draws_a_solid_and_a_dashed_curve():
    found = examine(scenario_inputs())
    page = draw(found.layout, found.content)

    curves = [look for layer, look in page.drawing.shapes if layer == 2 and look.stroke == "ink" and look.width > 2]
    assert {bool(look.dash) for look in curves} == {True, False}


@pytest.mark.parametrize("size", ["A4", "A3"])
@pytest.mark.parametrize("count", [5, 10])
def test_scenario_poster_is_the_same_bytes_each_time(count, size):
    inputs = scenario_inputs(count, size)

    assert render_poster(inputs) == render_poster(inputs) != render_poster(inputs_of(count, size))


def test_circles_of_neighbouring_levels_step_aside():
    spot = Spot(x=100, level=3, share=1, is_make_or_break=True, target=4)

    pair = part_spots([spot], scale_of(15))[0]

    apart = ((pair.target.x - pair.today.x) ** 2 + 20**2) ** 0.5
    assert round(apart, 6) == 2 * 15 + AIR + RING
    assert (pair.today.x + pair.target.x) / 2 == 100


def test_circles_of_far_levels_stand_above_each_other():
    spot = Spot(x=100, level=1, share=1, is_make_or_break=False, target=6)

    pair = part_spots([spot], scale_of(15))[0]

    assert (pair.today.x, pair.target.x, pair.target.level) == (100, 100, 6)


def test_target_curve_fills_only_what_moves():
    spots = [Spot(10, 3, 1, False), Spot(60, 2, 1, False, target=5), Spot(110, None, 1, False)]
    drawing = Drawing()

    draw_target(drawing, part_spots(spots, scale_of(12)), scale_of(12))

    fills = [look.fill for layer, look in drawing.shapes if layer == 4]
    assert fills == ["level-5"]
    assert [look for layer, look in drawing.shapes if layer == 2] == [Look(stroke="ink", width=2, dash="5.2 4.4")]


def test_preflight_names_what_cannot_be_printed_of_a_scenarios_name():
    problems = [problem.text for problem in check_poster(scenario_inputs(name="Smile 🂡"))]

    assert problems == [
        "No font of the poster has these characters of the scenario's name: 🂡 (U+1F0A1). Write it without them."
    ]


def test_very_long_name_is_said_not_to_fit_or_printed_whole():
    inputs = scenario_inputs(name="word " * 39 + "end")

    found = examine(inputs)

    assert found.layout is not None
    printed = " ".join(found.layout.footer.small_print.lines)
    assert "word end”" in printed


@pytest.fixture
def trip(in_scope):
    return create_journey(in_scope, plan_of(5))


def make(client, journey, **data: Any):
    return client.post(reverse("poster_make", args=["northern-air", journey.pk]), {"size": "A3", **data})


def test_chosen_scenario_is_frozen_into_the_poster(manager_client, manager, trip):
    first = Moment.objects.get(title="Searches a fare")
    scenario = scenarios.create_scenario(trip, manager, "Clear prices", {first.pk: 5, 10**9: 4}, 50)

    make(manager_client, trip, shows=f"scenario-{scenario.pk}")
    make(manager_client, trip)
    scenario.delete()

    plain, tried = Poster.objects.order_by("title")
    assert tried.inputs["scenario"] == {
        "name": "Clear prices",
        "targets": [5, None, None, None, None],
        "leave_rate_percent": 50,
    }
    assert (plain.title, tried.title) == ("A trip with us", "A trip with us: Clear prices")
    assert "scenario" not in plain.inputs


def test_form_offers_scenarios_where_there_are_any(manager_client, manager, trip):
    address = reverse("poster_list", args=["northern-air", trip.pk])
    without = manager_client.get(address).content.decode()
    scenario = scenarios.create_scenario(trip, manager, "Clear prices", {trip.pk: 5}, 50)

    chosen = manager_client.get(address, {"scenario": scenario.pk}).content.decode()

    assert "What it shows" not in without
    assert f'<option value="scenario-{scenario.pk}" selected>Today and “Clear prices”</option>' in chosen


def test_scenario_of_another_journey_is_refused(manager_client, manager, trip, in_scope):
    other = create_journey(in_scope, plan_of(3))
    foreign = scenarios.create_scenario(other, manager, "Foreign", {1: 5}, 50)
    scenarios.create_scenario(trip, manager, "Own", {1: 5}, 50)

    response = make(manager_client, trip, shows=f"scenario-{foreign.pk}")

    assert response.status_code == 422
    assert "shows" in response.context["form"].errors
    assert not Poster.objects.exists()
