"""The ladder of a round as a picture: the sheet's figures, what is hidden left out, in SVG and PNG alike."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from PIL import Image

from assessments.export_kinds import write_results
from assessments.result_picture import ONE_ROW_MAX, result_picture
from journeys.formats.picture import svg_of
from journeys.formats.picture_shapes import Circle, Curve, Diamond, Frame, Rect, Text
from tests.assessments.sheets import figures, judged, moment, score

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {6: "Unbelievable", 5: "Surprising", 4: "Desired", 3: "Expected", 2: "Basic", 1: "Criminal"}
GAP = "#b45309"


def texts(told) -> list[str]:
    return [shape.text for shape in result_picture(told, NAMES).shapes if isinstance(shape, Text)]


def points(told) -> list[tuple[type, float]]:
    """The points of both views, with their heights."""
    shapes = result_picture(told, NAMES).shapes
    return [
        (type(shape), shape.y)
        for shape in shapes
        if isinstance(shape, Circle | Diamond) and shape.line_width and shape.y > 148
    ]


def test_picture_says_round_legend_levels_moments_and_their_means():
    said = texts(judged())

    assert said[:2] == ["A trip with us", "Autumn · 3 Nov 2026 – 17 Nov 2026"]
    assert said[2:7] == [
        "Staff, our own view",
        "Customers",
        "Manager’s estimate",
        "Weakest moment",
        "Blind spot: staff clearly kinder than customers",
    ]
    assert said[7:13] == ["6 Unbelievable", "5 Surprising", "4 Desired", "3 Expected", "2 Basic", "1 Criminal"]
    assert said[13:15] == ["Before", "At the airport"]
    assert said[15:20] == ["12"] * 5
    assert said[20:] == [
        *("1 Searches a fare", "Staff 4", "Customers 3.8"),
        *("2 Books", "Staff 4.2", "Customers –"),
        *("3 Waits at the gate", "Staff 4.1", "Customers 1.9"),
        "The number at a point is how many answered. –: fewer than 5, or nobody answered.",
    ]


def test_points_stand_at_their_means_and_a_hidden_one_is_nowhere():
    means = [(Circle, 4.0), (Diamond, 46 / 12), (Circle, 4.25), (Circle, 49 / 12), (Diamond, 23 / 12)]

    found = points(judged())

    assert [kind for kind, _y in found] == [kind for kind, _mean in means]
    assert [round((148 + 6.5 * 34 - y) / 34, 1) for _kind, y in found] == [round(mean, 1) for _kind, mean in means]


def test_curve_breaks_where_a_moment_is_hidden():
    shown, hidden = score(0, 0, 4, 4, 4, 0), None
    told = figures(
        [
            moment(place, "M", views={"staff": it, "customers": None})
            for place, it in enumerate([shown, shown, hidden, shown, shown])
        ],
        views=["staff"],
    )

    curves = [shape for shape in result_picture(told, NAMES).shapes if isinstance(shape, Curve)]

    assert [len(curve.points) for curve in curves] == [2, 2]


def test_weakest_moment_is_framed_and_a_blind_spot_spans_both_views():
    shapes = result_picture(judged(), NAMES).shapes
    frames = [shape for shape in shapes if isinstance(shape, Frame) and shape.y > 148]
    gaps = [shape for shape in shapes if isinstance(shape, Rect) and shape.fill == GAP and shape.y > 148]

    heights = sorted(y for _kind, y in points(judged())[-2:])

    assert len(frames) == len(gaps) == 1
    assert [gaps[0].y, gaps[0].y + gaps[0].height] == pytest.approx(heights)


def test_long_journey_stands_in_rows_of_twelve():
    told = figures([moment(place, f"M {place}", stage="Before") for place in range(ONE_ROW_MAX + 1)])

    said = texts(told)

    assert said.count("6 Unbelievable") == 2
    assert [word for word in said if " M " in word] == [f"{place + 1} M {place}" for place in range(ONE_ROW_MAX + 1)]


def test_svg_is_one_file_of_shapes_and_escaped_words():
    told = judged()
    told["moments"][0]["title"] = "<script>alert(1)</script> & \x00\ud800"
    told["round"]["title"] = "</text><image href='file:///etc/passwd'/>"

    root = ElementTree.fromstring(svg_of(result_picture(told, NAMES)))

    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {
        "svg", "title", "rect", "text", "line", "path", "circle",
    }  # fmt: skip
    assert {name for element in root.iter() for name in element.attrib} & {"style", "href", "onload", "class"} == set()


def test_png_shows_points_where_the_svg_does():
    told = judged()
    image = Image.open(io.BytesIO(write_results("png", told, NAMES)))
    picture = result_picture(told, NAMES)
    [frame] = [shape for shape in picture.shapes if isinstance(shape, Frame) and shape.y > 148]
    drawn = [shape for shape in picture.shapes if isinstance(shape, Circle | Diamond) and shape.line_width]

    def color(x: float, y: float) -> tuple[int, ...]:
        return image.getpixel((int(x * 2), int(y * 2)))[:3]

    assert image.size == (int(picture.width * 2), int(picture.height * 2))
    assert [color(shape.x, shape.y) for shape in drawn] == [(255, 255, 255)] * len(drawn)
    diamonds = [shape for shape in drawn if isinstance(shape, Diamond)]
    assert [color(shape.x + shape.half, shape.y) for shape in diamonds] == [(0x1B, 0x24, 0x30)] * len(diamonds)
    corners = [(frame.x, frame.y), (frame.x + frame.width, frame.y + frame.height)]
    assert [color(x, y) for x, y in corners] == [(0x9A, 0x34, 0x12)] * 2


def test_picture_of_nothing_is_a_picture():
    assert Image.open(io.BytesIO(write_results("png", figures([]), NAMES))).format == "PNG"
