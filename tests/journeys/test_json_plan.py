"""Journeys as JSON: ours exactly there and back, OpenJourney's in, and every problem named by its path."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.formats import Finding, parse_json, write_json
from journeys.formats.json_text import BRACKETS_MAX, COMMAS_MAX
from journeys.limits import FILE_MAX
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from tests.conftest import FIXTURES
from tests.journeys.plans import PLANS, is_storable

OPENJOURNEY = FIXTURES / "openjourney"
COUNTS = json.loads((OPENJOURNEY / "expected.json").read_text()) if OPENJOURNEY.exists() else {}
ABSENT = pytest.mark.skipif(not COUNTS, reason="../shared/fixtures/openjourney is absent")
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
NAMES = st.sampled_from(["title", "stages", "moments", "level", "nodes", "seconds", "id", "tags", "blueprint", "score"])
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=12
)


def problems(text: str) -> list[tuple[str, str]]:
    """The errors in a text: path and reason."""
    return [(finding.place, finding.text) for finding in parse_json(text)[1] if finding.is_error]


@given(plan=PLANS)
@settings(max_examples=400, deadline=None)
def test_written_json_reads_back_exactly(plan):
    assert parse_json(write_json(plan)) == (plan, [])


def test_write_json_names_what_the_schema_names():
    plan = JourneyPlan("T", 5, stages=(StagePlan("S", (MomentPlan("M", level=2, contacts_per_customer=0.5),)),))

    written = json.loads(write_json(plan))

    assert written == {
        "format": "moments-of-truth/journey", "version": 1,
        "title": "T", "customers_per_year": 5, "customer": "", "language": "en",
        "stages": [{"title": "S", "moments": [{
            "title": "M", "experience": "", "expectation": "", "channel": "other", "contacts_per_customer": 0.5,
            "seconds": 60, "serves_in_front": "", "stands_behind": "", "systems": "",
            "is_make_or_break": False, "decision": "",
            "what_more": "", "level": 2,
        }]}],
    }  # fmt: skip


def test_parse_json_needs_no_more_than_titles():
    plan, findings = parse_json('{"title": "T", "stages": [{"title": "S", "moments": [{"title": "M"}]}]}')

    assert (plan, findings) == (JourneyPlan("T", stages=(StagePlan("S", (MomentPlan("M"),)),)), [])


def test_parse_json_names_every_problem_by_its_path():
    moments = [{"title": "", "level": 9, "seconds": -1, "channel": "fax", "smell": 1}, 3, {"title": 5, "level": True}]
    text = json.dumps(
        {"version": 2, "title": "a\0", "customers_per_year": 1.5, "language": "xx", "stages": [{"moments": moments}, 7]}
    )

    plan, findings = parse_json(text)

    assert is_storable(plan)
    assert [(finding.place, finding.is_error) for finding in findings] == [
        ("version", True),
        ("title", True),
        ("customers_per_year", True),
        ("language", True),
        ("stages[0].title", True),
        ("stages[0].moments[0].smell", False),
        ("stages[0].moments[0].title", True),
        ("stages[0].moments[0].channel", True),
        ("stages[0].moments[0].seconds", True),
        ("stages[0].moments[0].level", True),
        ("stages[0].moments[1]", True),
        ("stages[0].moments[1].title", True),
        ("stages[0].moments[2].title", True),
        ("stages[0].moments[2].level", True),
        ("stages[1]", True),
        ("stages[1].title", True),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "This is not JSON, from column 1 on: Expecting value."),
        ('{"title": "a", "title": "b"}', "“title” stands twice in one object. Keep one of them."),
        ('{"title": NaN}', "“NaN” is not a number."),
        ("[" * 50_000, "Lists and objects stand too deep inside each other."),
        ("[" * (BRACKETS_MAX + 1), "This is more than one journey can hold. Take a part of it."),
        ("," * (COMMAS_MAX + 1), "This is more than one journey can hold. Take a part of it."),
        ('"' + "a" * FILE_MAX, "This is more than one journey can hold. Take a part of it."),
        ("9" * 5_000, "A number has too many digits."),
        ("[]", "This has to be an object in braces."),
    ],
    ids=["empty", "twice", "nan", "deep", "brackets", "commas", "long", "digits", "list"],
)
def test_parse_json_refuses_what_is_no_journey(text, reason):
    assert problems(text)[0][1] == reason


def test_parse_json_names_unknown_names_in_their_order():
    found = parse_json('{"title": "T", "b": 1, "a": 2, "c": 3}')[1]

    assert [(finding.place, finding.is_error) for finding in found] == [("b", False), ("a", False), ("c", False)]


def test_parse_json_keeps_limits():
    stage = {"title": "s" * 201, "moments": [{"title": "m"}] * 200}
    text = json.dumps({"title": "t", "stages": [stage, stage, *[{"title": "s"}] * 20]})

    plan, findings = parse_json(text)

    assert (len(plan.stages), len(plan.moments)) == (20, 300)
    assert [finding.place for finding in findings] == [
        "stages", "stages[0].title", "stages[1].moments[100]", "stages[1].title",
    ]  # fmt: skip


@given(value=VALUES, is_map=st.booleans())
@settings(max_examples=400, deadline=None)
def test_any_json_gives_a_storable_journey(value, is_map):
    values = {"stages": value, "nodes": value, "title": "T"} if is_map else value

    plan, _findings = parse_json(json.dumps(values))

    assert is_storable(plan)


@ABSENT
@pytest.mark.parametrize("name", sorted(COUNTS))
def test_openjourney_maps_have_the_expected_counts(name):
    expected = COUNTS[name]

    plan, findings = parse_json((OPENJOURNEY / name).read_text())

    assert (len(plan.stages), len(plan.moments)) == (expected["stages"], expected["nodes"])
    assert sum(moment.is_make_or_break for moment in plan.moments) == expected["moments_of_truth"]
    assert (
        sum(bool(moment.serves_in_front or moment.stands_behind or moment.systems) for moment in plan.moments)
        == expected["with_blueprint"]
    )
    assert expected["title"] in (None, plan.title)
    assert [finding for finding in findings if finding.is_error] == []


@ABSENT
def test_openjourney_blueprint_tells_who_serves():
    plan, findings = parse_json((OPENJOURNEY / "clinic-visit-blueprint.ojf").read_text())

    first = plan.moments[0]
    assert (plan.title, plan.customer, findings) == ("Patient Clinic Visit", "Returning Patient", [])
    assert (first.serves_in_front, first.stands_behind, first.systems, first.level) == (
        "Receptionist", "Billing Dept", "EMR Database", 4,
    )  # fmt: skip
    assert first.experience.splitlines()[:2] == ["Patient checks in at the front desk.", "neutral"]
    assert [moment.level for moment in plan.moments] == [4, 3, 5]


def test_openjourney_node_of_no_stage_is_named():
    text = '{"title": "T", "stages": [{"id": "a", "name": "A"}], "nodes": [{"stageId": "b", "title": "x"}]}'

    assert problems(text) == [("nodes[0].stageId", "There is no such stage.")]


def test_findings_of_json_have_a_line_where_it_is_no_json():
    assert parse_json('{"title":\n oops}')[1] == [
        Finding(2, "This is not JSON, from column 2 on: Expecting value.", True)
    ]
