"""The levels told apart: on a grey printer, in the grey poster, and by people who see fewer colours."""

from __future__ import annotations

import io
from itertools import combinations, pairwise

import pytest
from pypdf import PdfReader

from reports.posters.ink import colours
from reports.posters.rendering import render_poster
from tests.reports.poster_inputs import inputs_of
from tests.reports.test_poster_picture import circles_of, every_level, lightness, picture_of

# Machado, Oliveira and Fernandes 2009, complete loss; rows give red, green and blue of linear light
SIGHT = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
SEEN_APART = 10  # CIE 1976 difference: well above what two patches side by side need (2.3)


def fills(is_grey: bool = False) -> list[tuple[int, int, int]]:
    return [tuple(bytes.fromhex(colours(is_grey)[f"level-{level}"][1:])) for level in range(1, 7)]


def linear(colour):
    parts = [value / 255 for value in colour]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def lab(light):
    """CIE L*a*b* of linear sRGB light, D65."""
    red, green, blue = light
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("sight", SIGHT)
def test_fills_stay_apart_for_eyes_that_see_fewer_colours(sight):
    seen = []
    for colour in fills():
        light = linear(colour)
        dimmed = [sum(a * b for a, b in zip(row, light, strict=True)) for row in SIGHT[sight]]
        seen.append(lab([min(1, max(0, part)) for part in dimmed]))

    apart = [sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 for one, other in combinations(seen, 2)]

    assert min(apart) > SEEN_APART


def test_grey_poster_has_no_colour():
    picture = picture_of(inputs_of(every_level(decision="enhance"), is_grey=True))

    coloured = [colour for _, colour in picture.getcolors(1_000_000) if max(colour) - min(colour) > 1]
    assert coloured == []


def test_grey_poster_rises_in_even_steps_from_the_lowest_level():
    inputs = inputs_of(every_level(), is_grey=True)

    picture, circles = picture_of(inputs), circles_of(inputs)

    greys = [lightness(picture.getpixel((round(x - 0.8 * radius), round(y)))) for x, y, radius in circles]
    steps = [b - a for a, b in pairwise(greys)]
    assert min(steps) > 30
    assert max(steps) < 50


def test_figures_in_grey_circles_can_be_read():
    for level, fill in enumerate(fills(is_grey=True), start=1):
        figure = tuple(bytes.fromhex(colours(True)[f"on-level-{level}"][1:]))
        light, dark = sorted((linear(fill)[0], linear(figure)[0]), reverse=True)

        assert (light + 0.05) / (dark + 0.05) > 4.5


@pytest.mark.parametrize("is_grey", [False, True])
def test_levels_are_always_told_by_number_and_word_too(is_grey):
    inputs = inputs_of(every_level(), is_grey=is_grey)

    words = " ".join(PdfReader(io.BytesIO(render_poster(inputs))).pages[0].extract_text().split())

    for said in ("6 Unbelievable", "5 Surprising", "4 Desired", "3 Expected", "2 Basic", "1 Criminal"):
        assert said in words
    picture, circles = picture_of(inputs), circles_of(inputs)
    for x, y, radius in circles:
        reach = round(radius * 0.5)
        inside = picture.crop((round(x) - reach, round(y) - reach, round(x) + reach, round(y) + reach))
        assert len(inside.getcolors(10_000)) > 2  # the figure stands in its circle


def test_grey_poster_is_another_file():
    assert render_poster(inputs_of(3)) != render_poster(inputs_of(3, is_grey=True))
