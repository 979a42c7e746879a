"""The ladder picture as a file: XML whatever the names are, everything on it, nothing from outside."""

from __future__ import annotations

import io
from xml.etree import ElementTree

from hypothesis import given, settings
from PIL import Image

from journeys.examples import load_example
from journeys.formats.picture import write_svg
from journeys.formats.picture_png import PIXELS_MAX, SCALE, write_png
from journeys.formats.picture_shapes import INK, Circle, Curve, Rect, picture_of
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


def painted(plan: JourneyPlan) -> Image.Image:
    return Image.open(io.BytesIO(write_png(plan)))


def color_at(image: Image.Image, x: float, y: float, scale: float = SCALE) -> str:
    return "#" + bytes(image.getpixel((int(x * scale), int(y * scale)))).hex()


def test_png_shows_each_circle_and_band_where_the_svg_does():
    plan = load_example("airline-trip")
    shapes = picture_of(plan).shapes
    circles = [shape for shape in shapes if isinstance(shape, Circle)]
    stripes = [shape for shape in shapes if isinstance(shape, Rect) and shape.width == 4]

    image = painted(plan)

    assert image.size == (round(picture_of(plan).width * SCALE), round(picture_of(plan).height * SCALE))
    assert [color_at(image, circle.x - 0.7 * circle.radius, circle.y) for circle in circles] == [
        circle.fill for circle in circles
    ]
    assert [color_at(image, circle.x, circle.y + circle.radius) for circle in circles] == [INK] * 10
    assert [color_at(image, shape.x + 2, shape.y + 17) for shape in stripes] == [shape.fill for shape in stripes]


def test_png_paints_the_curve_between_two_moments():
    levels = (MomentPlan("A", level=2), MomentPlan("B", level=4))
    plan = JourneyPlan("T", stages=(StagePlan("S", levels),))
    (curve,) = (shape for shape in picture_of(plan).shapes if isinstance(shape, Curve))
    middle = tuple(sum(ends) / 2 for ends in zip(*curve.points, strict=True))

    image = painted(plan)

    assert color_at(image, *middle) == INK
    assert color_at(image, middle[0], middle[1] - 10) != INK


def test_png_writes_every_name_in_a_font_that_has_its_letters():
    plain, greek, nothing = (
        painted(JourneyPlan(title, stages=(StagePlan("S", (MomentPlan("M", level=3),)),)))
        for title in ("Trip", "Ταξίδι", "\u200b")
    )
    box = (40, 40, 400, 100)

    colors = [len(image.crop(box).getcolors(9999)) for image in (plain, greek, nothing)]

    assert colors[0] > 10
    assert colors[1] > 10
    assert colors[2] == 1
    assert plain.crop(box).tobytes() != greek.crop(box).tobytes()


def test_largest_png_keeps_its_size():
    stage = StagePlan("S", tuple(MomentPlan("M", level=number % 6 + 1) for number in range(15)))

    image = painted(JourneyPlan("T", stages=(stage,) * 20))

    assert 0.98 * PIXELS_MAX < image.width * image.height <= PIXELS_MAX


@given(plan=PLANS)
@settings(max_examples=20, deadline=None)
def test_any_plan_makes_a_png(plan):
    image = painted(plan)

    assert (image.format, image.width) == ("PNG", int(picture_of(plan).width * SCALE))
