"""Mermaid journey texts, ours and those of the mermaid project and its peers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from journeys.formats import Finding, parse_mermaid, parse_outline, read_text
from journeys.formats.mermaid import read_mermaid
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from tests.conftest import FIXTURES

UPSTREAM = FIXTURES / "mermaid-upstream"
MERMAN = FIXTURES / "mermaid-peers" / "merman"
NAIAD = FIXTURES / "mermaid-peers" / "naiad" / "cases.json"
ABSENT = pytest.mark.skipif(not UPSTREAM.exists(), reason="../shared/fixtures/mermaid-upstream and -peers are absent")


def drawn(text: str) -> dict[str, Any]:
    """What we read, in the fixtures' words."""
    diagram = read_mermaid(text)
    tasks = [
        {"section": task.section, "task": task.name, "score": task.score, "people": list(task.people)}
        for task in diagram.tasks
    ]
    return {
        "title": diagram.title,
        "accTitle": diagram.acc_title,
        "accDescr": diagram.acc_description,
        "sections": diagram.sections,
        "tasks": tasks,
    }


def expected(case: dict[str, Any]) -> dict[str, Any]:
    """What the fixture says, blanks around names taken off and its two ways of saying "not a number" made one."""
    tasks = [
        {
            "section": task["section"],
            "task": task["task"].strip(),
            "score": None if task["score"] in (None, "NaN") or task.get("scoreIsNaN") else task["score"],
            "people": task["people"],
        }
        for task in case["tasks"]
    ]
    texts = {key: (case[key] or "").strip() for key in ("title", "accTitle", "accDescr")}
    return {**texts, "sections": case["sections"], "tasks": tasks}


def cases_of(path: Path) -> list[Any]:
    """The cases of a fixture file, or one that is skipped where the fixtures are absent."""
    if not path.exists():
        return [pytest.param(None, marks=ABSENT)]
    return [pytest.param(case, id=case["id"]) for case in json.loads(path.read_text())]


def merman_names() -> list[Any]:
    return sorted(path.stem for path in MERMAN.glob("*.mmd")) or [pytest.param(None, marks=ABSENT)]


@ABSENT
def test_upstream_cases_are_all_there():
    assert (len(cases_of(UPSTREAM / "expected.json")), len(cases_of(NAIAD)), len(merman_names())) == (25, 7, 26)


@pytest.mark.parametrize("case", cases_of(UPSTREAM / "expected.json"))
def test_read_mermaid_draws_what_upstream_draws(case):
    text = (UPSTREAM / "cases" / f"{case['id']}.mmd").read_text()

    assert drawn(text) == expected(case)


@pytest.mark.parametrize("case", cases_of(NAIAD))
def test_read_mermaid_draws_what_naiad_draws(case):
    assert drawn(case["text"]) == expected(case)


@pytest.mark.parametrize("name", merman_names())
def test_read_mermaid_draws_what_merman_draws(name):
    golden = json.loads((MERMAN / f"{name}.golden.json").read_text())

    assert drawn((MERMAN / f"{name}.mmd").read_text()) == expected(golden["model"])


@pytest.mark.parametrize("case", cases_of(NAIAD))
def test_read_text_takes_them_for_mermaid(case):
    assert read_text(case["text"]) == parse_mermaid(case["text"])


def test_parse_mermaid_makes_a_journey():
    text = (
        "journey\n  title My day\n  section Go to work\n    Make tea: 5: Me\n    Do work: 1: Me, Cat\n  section Home\n"
    )

    journey = parse_mermaid(text)

    to_work = (
        MomentPlan("Make tea", serves_in_front="Me", level=5),
        MomentPlan("Do work", serves_in_front="Me, Cat", level=1),
    )
    assert journey == (JourneyPlan("My day", stages=(StagePlan("Go to work", to_work), StagePlan("Home"))), [])


@pytest.mark.parametrize(
    "text",
    [
        "```mermaid\njourney\ntitle T\nsection S\nA: 3\n```",
        "\ufeffjourney\r\ntitle T\r\nsection S\r\nA: 3\r\n",
        "---\ntitle: ignored\n---\n%%{init: {\n 'theme': 'dark' }\n}%%\njourney\n%% a remark\ntitle T\nsection S\nA: 3",
        "---\ntitle: 'T'\nconfig:\n  title: no\n---\njourney\nsection S\nA: 3",
        "journey title T\n# a remark\nSECTION S\n\tA: 3",
        "journey\raccTitle: T\rsection S\rA: 3",
    ],
    ids=["fence", "bom-crlf", "front-matter", "front-title", "one-line-header", "cr-acc-title"],
)
def test_parse_mermaid_reads_every_wrapping(text):
    journey = read_text(text)

    assert journey == (JourneyPlan("T", stages=(StagePlan("S", (MomentPlan("A", level=3),)),)), [])


def test_parse_mermaid_names_what_is_doubtful():
    tasks = "section S\nHalf: 3.5\nsize: 2rem\nno colon\n: 4\nGo: 3: Child#1"
    text = f"journey\ntitle T\naccDescr: A day\nFirst: 6: Me\n{tasks}"

    plan, findings = parse_mermaid(text)

    assert findings == [
        Finding(3, "The description is left out: a journey has no place for it.", False),
        Finding(4, "“6” is not a score from 1 to 5, so the level is left open.", False),
        Finding(6, "“3.5” is not a score from 1 to 5, so the level is left open.", False),
        Finding(7, "“2rem” is not a score from 1 to 5, so the level is left open.", False),
        Finding(8, "“” is not a score from 1 to 5, so the level is left open.", False),
        Finding(9, "This task has no name. Write it before the colon.", True),
        Finding(10, "“#1” was left out: # begins a remark. Write #35; for the character itself.", False),
    ]
    assert [stage.title for stage in plan.stages] == ["Sequence", "S"]
    assert [moment.title for moment in plan.moments] == ["First", "Half", "size", "no colon", "Untitled moment", "Go"]
    assert plan.moments[2].what_more == "2rem"


def test_parse_mermaid_refuses_another_diagram():
    plan, findings = read_text("```mermaid\nflowchart TD\nA --> B\n```")

    assert Finding(1, "Only Mermaid's journey diagrams can be read. Begin with the word journey.", True) in findings
    assert plan.title == "Untitled journey"


def test_parse_mermaid_says_that_there_is_nothing_in_it():
    assert read_text("journey") == (
        JourneyPlan("Untitled journey"),
        [
            Finding(1, "The diagram has no title. Write one: title A trip with us", False),
            Finding(1, "There is no task in this diagram yet. Write one as: Make tea: 5: Me", False),
        ],
    )


def test_parse_mermaid_decodes_entities_and_breaks():
    plan, _findings = parse_mermaid("journey\ntitle a #35;1 #quot;b#quot; #0; #x;\nsection One<br/>two<br>three\nA: 3")

    assert (plan.title, plan.stages[0].title) == ('a #1 "b" #0; #x;', "One two three")


def test_parse_mermaid_keeps_limits():
    rows = "\n".join(f"Task {number}: 3" for number in range(301))

    plan, findings = parse_mermaid(f"journey\ntitle {'t' * 201}\nsection S\n{rows}")

    assert (len(plan.title), len(plan.moments)) == (200, 300)
    assert [(finding.line, finding.is_error) for finding in findings] == [(2, True), (304, True)]


def test_unclosed_description_stays_on_its_line():
    diagram = read_mermaid("journey\naccDescr {unterminated\nsection After\nHealthy task: 5")

    assert (diagram.acc_description, diagram.sections, [task.name for task in diagram.tasks]) == (
        "unterminated",
        ["After"],
        ["Healthy task"],
    )


@ABSENT
def test_peers_syntax_corpus_gives_findings_never_errors():
    corpus = (MERMAN / "tree-sitter-journey-corpus.txt").read_text()
    texts = re.findall(r"={18}\n.*?\n={18}\n\n(.*?)\n---\n", corpus, re.S)

    readings = [parse_mermaid(text) for text in texts]

    assert len(readings) == 7
    assert [finding for _plan, findings in readings for finding in findings if finding.is_error] == []


@pytest.mark.parametrize("head", ["Journey\n- Calls: us | phone", "journey to work\n- a", "# T\njourney\n- a: 3", ""])
def test_outlines_are_not_taken_for_mermaid(head):
    assert read_text(head) == parse_outline(head)
