"""What the values of any scale are proposed to mean, and which column belongs to which moment."""

from __future__ import annotations

import pytest

from assessments.mapping import Asked, guess_uses
from assessments.scales import guess_scale, level_of, normal, number_of, propose_levels


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        ("12345", "1-5"),
        ("012345", "1-5"),
        ("123456", "1-6"),
        ("1234567", "1-7"),
        (["0", "3", "10"], "0-10"),
        (["1", "8"], "0-10"),
        (["1", "5", "99"], "1-5"),
        (["1", "5", "9"], "1-5"),
        (["7", "8", "9"], "0-10"),
        (["0", "1"], "0-1"),
        (["0", "55", "100"], "0-100"),
        (["good", "bad"], "words"),
        (["5 - very good", "1 - very bad"], "1-5"),
        ([], "words"),
    ],
)
def test_scale_is_guessed_by_the_range_of_its_numbers(values, scale):
    assert guess_scale(values) == scale


@pytest.mark.parametrize(
    ("scale", "numbers", "levels"),
    [
        ("1-5", range(7), [None, 1, 2, 3, 4, 5, None]),
        ("1-6", range(8), [None, 1, 2, 3, 4, 5, 6, None]),
        ("1-7", range(1, 8), [1, 2, 2, 3, 4, 5, 6]),
        ("0-10", range(11), [1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5]),
        ("0-100", [0, 39, 40, 69, 70, 90, 100, 101], [1, 1, 2, 2, 3, 4, 5, None]),
        ("1-5", [3.5, 4.9, 0.5], [3, 4, None]),
    ],
)
def test_numbers_have_the_level_of_their_scale(scale, numbers, levels):
    assert [level_of(number, scale) for number in numbers] == levels


def test_zero_is_a_level_on_a_scale_from_zero_alone_and_both_ask_to_be_looked_at():
    short, long = propose_levels(["0", "1", "5"]), propose_levels(["0", "5", "10"])

    assert (short["0"].level, bool(short["0"].doubt)) == (None, True)
    assert (long["0"].level, bool(long["0"].doubt)) == (1, True)
    assert not short["1"].doubt


def test_words_of_surveys_and_levels_are_known_and_others_have_to_be_said():
    proposed = propose_levels(["very good", "zufrieden", "n/a", "criminal", "mycket bra", "so lala"])

    assert {value: (meant.level, meant.is_sure) for value, meant in proposed.items()} == {
        "very good": (5, True),
        "zufrieden": (4, True),
        "n/a": (None, True),
        "criminal": (1, True),
        "mycket bra": (5, True),
        "so lala": (None, False),
    }


def test_own_words_go_before_known_ones():
    assert propose_levels(["good"], own_words={"good": 6})["good"].level == 6


@pytest.mark.parametrize(
    ("typed", "value"),
    [(" 3.0 ", "3"), ("3,0", "3"), ("03", "3"), ("Very  Good", "very good"), ('"4"', "4"), (" ", "")],
)
def test_value_has_one_way_of_writing(typed, value):
    assert normal(typed) == value


@pytest.mark.parametrize(
    ("value", "number"), [("5", 5), ("5 - very good", 5), ("4/5", 4), ("★★★☆☆", 3), ("4 stars", 4), ("very good", None)]
)
def test_number_is_found_at_the_beginning(value, number):
    assert number_of(value) == number


ASKED = [
    Asked(11, 1, ("Searches a fare", "Sucht einen Tarif")),
    Asked(12, 2, ("Staff service",)),
    Asked(13, 3, ("Waits at the gate",)),
    Asked(14, 4, ("Moment 1",)),
    Asked(15, 5, ("Moment 2",)),
]


@pytest.mark.parametrize(
    ("heading", "use"),
    [
        ("Searches a fare", "level:11"),
        ("sucht_einen_tarif", "level:11"),
        ("staff_service_rating", "level:12"),
        ("Q7. Waits at the gate (1-5)", "level:13"),
        ("Waiting at the gate", "level:13"),
        ("Comment: Waits at the gate", "idea:13"),
        ("Staff service - times a week", "times:12"),
        ("Moment 2", "level:15"),
        ("m3_idea", "idea:13"),
        ("m9_level", ""),
        ("Branch", "group"),
        ("Colour", ""),
        ("", ""),
    ],
)
def test_column_finds_its_moment_by_its_heading(heading, use):
    assert guess_uses([heading], ASKED) == [use]


def test_moment_has_one_column_of_levels_the_one_most_like_it():
    assert guess_uses(["Waiting at the gate", "Waits at the gate", "team", "group"], ASKED) == [
        "",
        "level:13",
        "",
        "group",
    ]
