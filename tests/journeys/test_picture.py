"""The ladder picture as a file: XML whatever the names are, everything on it, nothing from outside."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given, settings

from journeys.examples import load_example
from journeys.formats.picture import write_svg
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from tests.journeys.plans import PLANS

SVG = "{http://www.w3.org/2000/svg}"


def texts(picture: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(picture).iter(f"{SVG}text")]


def test_picture_names_title_stages_levels_and_moments():
    picture = write_svg(load_example("airline-trip"))

    said = texts(picture)
    assert said[:6] == [
        "A trip with us", "Somebody who flies with us, for work or to see family",
        "Before", "At the airport", "On board", "After",
    ]  # fmt: skip
    assert said[6:12] == ["6 Unbelievable", "5 Surprising", "4 Desired", "3 Expected", "2 Basic", "1 Criminal"]
    assert said[12:18] == ["3", "Searches a", "fare", "2", "Books by", "phone"]
    assert picture.count("<circle") == 10


def test_picture_of_a_moment_that_nobody_judged_asks():
    picture = write_svg(JourneyPlan("T", stages=(StagePlan("S", (MomentPlan("M"),)),)))

    assert texts(picture)[-2:] == ["?", "M"]


@given(plan=PLANS)
@settings(max_examples=150, deadline=None)
def test_any_picture_is_xml_of_all_moments(plan):
    root = ElementTree.fromstring(write_svg(plan))

    assert len(list(root.iter(f"{SVG}circle"))) == len(plan.moments)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "rect", "text", "line", "path", "circle",
    }  # fmt: skip
