"""Journeys written as Mermaid: what Mermaid reads of them, and what we read back."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings

from journeys.formats import parse_mermaid, read_text, write_mermaid
from journeys.formats.mermaid import read_mermaid
from journeys.formats.mermaid_names import draw_name, plain_name
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from tests.conftest import FIXTURES
from tests.journeys.plans import PLANS
from tests.journeys.test_mermaid import ABSENT, MERMAN, NAIAD, UPSTREAM

NAUGHTY = FIXTURES / "naughty-strings" / "blns.json"
# What ends or begins a token of Mermaid's lexer, where a name may not have it.
_LEXED = re.compile(r"[#;:\n\r<>]|%%|^(?:journey|title|section|acctitle|accdescr|%)|^\s|\s$", re.I)


def wait(**more) -> JourneyPlan:
    """A journey of one moment."""
    return JourneyPlan("A trip", 10, stages=(StagePlan("Gate", (MomentPlan("Waits", **more),)),))


def test_write_mermaid_draws_names_and_keeps_the_rest_in_remarks():
    moment = {"channel": "waiting", "level": 6, "serves_in_front": "Ann, Bob", "experience": "A | full\nlounge."}

    written = write_mermaid(wait(**moment, decision="keep", is_make_or_break=True, contacts_per_customer=0.5))

    assert written == (
        "journey\n"
        "    title A trip\n"
        "    %% | customers: 10 | language: en\n"
        "    section Gate\n"
        "        Waits: 5: Ann, Bob\n"
        "        %% | waiting | 0.5/yr | 60 s | level 6 | make or break | keep\n"
        "        %% | sees: A \\| full\\nlounge.\n"
    )


@given(plan=PLANS)
@settings(max_examples=400, deadline=None)
def test_written_mermaid_reads_back_exactly(plan):
    parsed, findings = parse_mermaid(write_mermaid(plan))

    assert parsed == plan
    assert [finding.is_error for finding in findings] == [False] * (not plan.moments)


@given(plan=PLANS)
@settings(max_examples=200, deadline=None)
def test_written_mermaid_draws_every_name_in_order(plan):
    """Names as Mermaid reads them: those that hold no control character are drawn in full."""
    diagram = read_mermaid(write_mermaid(plan))

    drawn = [diagram.title, *diagram.sections, *(task.name for task in diagram.tasks)]
    names = [plan.title, *(stage.title for stage in plan.stages), *(moment.title for moment in plan.moments)]
    assert drawn == [draw_name(name) for name in names]
    assert [name for name in drawn if not name or _LEXED.search(re.sub(r"#\d+;", "e", name))] == []
    assert [task.section for task in diagram.tasks] == [
        draw_name(stage.title) for stage in plan.stages for _moment in stage.moments
    ]


@given(plan=PLANS)
@settings(max_examples=100, deadline=None)
def test_written_mermaid_holds_no_directive(plan):
    lines = write_mermaid(plan).splitlines(keepends=False)

    assert [line for line in lines if "%%" in line and not re.match(r"\s*%% [|=]", line)] == []
    assert [line for line in lines if "%%{" in line] == []


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("Child#1: 50 %; <b>", "Child#35;1#58; 50 %#59; #60;b#62;"),
        ("Title page", "#84;itle page"),
        ("% off", "#37; off"),
        ("%%{init}", "#37;#37;{init}"),
        (" a\nb ", "#32;a#10;b#32;"),
        ("Straße 5 % ¶", "Straße 5 % #182;"),
    ],
)
def test_draw_name_encodes_what_mermaid_would_misread(name, drawn):
    assert (draw_name(name), plain_name(drawn)) == (drawn, name)


@pytest.mark.parametrize(("changed", "level"), [("5: Ann", 6), ("4: Ann", 4), ("2: Ann", 2)])
def test_a_score_that_was_changed_since_holds(changed, level):
    text = write_mermaid(wait(level=6, serves_in_front="Ann")).replace("5: Ann", changed)

    plan, findings = parse_mermaid(text)

    assert (plan.moments[0].level, findings) == (level, [])


def test_names_that_were_changed_since_hold():
    plan = JourneyPlan("A\x01", stages=(StagePlan("B\x01", (MomentPlan("C\x01", serves_in_front="D,E", seconds=9),)),))
    changed = write_mermaid(plan).replace("\ufffd", "!").replace("D,E", "F")

    read, findings = parse_mermaid(changed)

    moment = MomentPlan("C!", serves_in_front="F", seconds=9)
    assert (read, findings) == (JourneyPlan("A!", stages=(StagePlan("B!", (moment,)),)), [])


def fixture_texts() -> list[str]:
    paths = [*UPSTREAM.glob("cases/*.mmd"), *MERMAN.glob("*.mmd")]
    peers = [case["text"] for case in json.loads(NAIAD.read_text())] if NAIAD.exists() else []
    return [*(path.read_text() for path in sorted(paths)), *peers] or [pytest.param("", marks=ABSENT)]


@pytest.mark.parametrize("text", fixture_texts())
def test_exported_fixtures_are_the_same_journeys(text):
    plan, _findings = parse_mermaid(text)

    again, findings = read_text(write_mermaid(plan))

    assert again == plan
    assert [finding for finding in findings if finding.is_error] == []


@pytest.mark.skipif(not NAUGHTY.exists(), reason="../shared/fixtures/naughty-strings is absent")
def test_naughty_strings_come_back_from_mermaid():
    strings = [text[:200] for text in json.loads(NAUGHTY.read_text()) if text and "\0" not in text]
    stages = tuple(
        StagePlan(text, (MomentPlan(text, text, text, serves_in_front=text, what_more=text),)) for text in strings
    )

    for start in range(0, len(stages), 20):
        plan = JourneyPlan("Naughty", stages=stages[start : start + 20])
        assert parse_mermaid(write_mermaid(plan)) == (plan, [])
