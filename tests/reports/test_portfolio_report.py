"""The portfolio report as a PDF."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest

from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from reports.portfolio.page import ranking_of, sentences_of
from reports.portfolio.sides import side_of_plan, side_of_sheet
from reports.report_making import make_report
from tests.assessments.sheets import judged
from tests.reports.report_inputs import judged_moment, portfolio_inputs, side


def made(inputs: dict[str, Any]) -> bytes:
    return make_report(inputs, lambda _step, _percent: None)


@pytest.fixture(scope="module")
def reader() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made(portfolio_inputs(is_archive=True))))


def test_journeys_stand_side_by_side_and_estimates_are_marked(reader):
    said = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)

    assert [item.title for item in reader.outline] == [
        "In plain words", "Contents", "The ladders", "Where it costs most", "Method and assumptions", "Glossary",
    ]  # fmt: skip
    assert "A call Customers, Autumn 20 K +12 +4 to +20 1,400 1,200 to 1,600 2.1 Waits" in said
    assert "A visit manager's estimate 20 K −20 – 2 Enters" in said
    assert "A manager's estimate is one person's level" in said


def test_data_is_enclosed(reader):
    rows = reader.attachments["journeys.csv"][0].decode("utf-8-sig").splitlines()

    assert rows[1:3] == ["A call,customers,Autumn,1,Dials,Before,10000,3.4,40,500",
                         "A call,customers,Autumn,2,Waits,Before,10000,2.1,40,4200"]  # fmt: skip
    assert len(rows) == 5


def test_ranking_is_common_and_shares_are_of_all():
    rows = ranking_of(portfolio_inputs()["journeys"])["rows"]

    assert [(row["title"], row["journey"], row["damage"], row["share"]) for row in rows] == [
        ("Enters", "A visit", "10 K".replace(" ", "\u202f"), "68%"),
        ("Waits", "A call", "4,200", "29%"),
        ("Dials", "A call", "500", "3%"),
    ]


def test_share_is_never_none_of_it():
    sides = [side("A call", moments=[judged_moment("Waits", 2.1, 4_200_000.0), judged_moment("Dials", 3.4, 104.0)])]

    rows = ranking_of(sides)["rows"]

    assert [(row["title"], row["share"]) for row in rows] == [("Waits", "100%"), ("Dials", "< 0.1%")]


def test_sentences_say_where_risk_weakness_and_cost_lie():
    said = [words.replace("\u2068", "").replace("\u2069", "") for words in sentences_of(portfolio_inputs()["journeys"])]

    assert said == [
        "Most customers are at risk in “A call”: about 1,400 a year (Customers).",
        "The weakest moment of all is “Enters” in “A visit”: level 2 of 6 (manager's estimate).",
        "“Enters” in “A visit” costs most: about 10\u202fK damaged contacts a year, 68% of all.",
    ]


def test_journeys_without_levels_say_what_to_do():
    bare = side("New", balance=None, at_risk=None, moments=[judged_moment("Dials", None, None)])

    assert sentences_of([bare]) == [
        "None of these journeys has levels yet: judge their moments, or ask staff and customers in a round."
    ]


def test_side_of_a_sheet_is_told_by_customers():
    found = side_of_sheet("A trip", judged())

    assert (found["view"], found["n"], found["balance"]["value"]) == ("customers", 12, 12.0)
    assert [moment["level"] for moment in found["moments"]] == [pytest.approx(3.8333, abs=1e-3), None,
                                                               pytest.approx(1.9167, abs=1e-3)]  # fmt: skip
    assert found["moments"][2]["damage_per_year"] == pytest.approx(7_500)


def test_side_of_a_plan_counts_damaging_levels_in_full():
    plan = JourneyPlan("A call", 1_000, stages=(StagePlan("S", (MomentPlan("a", level=2), MomentPlan("b", level=4))),))

    found = side_of_plan(plan)

    assert found["balance"] == {"value": 0.0, "low": None, "high": None}
    assert [moment["damage_per_year"] for moment in found["moments"]] == [1_000.0, 0.0]
    assert found["at_risk"]["value"] == pytest.approx(1_000 * (1 - 2.718281828**-1) * 0.32)
