"""Widths and lines by the advance widths of the shipped fonts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.typesetting import (
    BOLD,
    DISPLAY,
    REGULAR,
    Wrapped,
    advances,
    face_for,
    missing_letters,
    printable,
    width_of,
    wrap,
)


def test_advances_are_those_of_the_font_file():
    assert (advances(REGULAR)["A"], advances(BOLD)["A"]) == (1413 / 2048, 1529 / 2048)


def test_width_of_grows_with_the_size():
    assert width_of("Moment", REGULAR, 20) == pytest.approx(2 * width_of("Moment", REGULAR, 10))


def test_wrap_breaks_at_spaces_and_keeps_new_lines():
    assert wrap("Say the name twice.\nAsk: is it a special day?", REGULAR, 10, 80) == Wrapped(
        ("Say the name", "twice.", "Ask: is it a", "special day?")
    )


def test_wrap_hyphenates_a_word_wider_than_its_line_in_its_language():
    assert wrap("Reservierungsbestätigung", BOLD, 11, 80, "de").lines == ("Reservie-", "rungsbestäti-", "gung")


def test_wrap_breaks_an_address_without_a_hyphen_that_is_not_in_it():
    assert wrap("help.desk@example.com", REGULAR, 10, 60).lines == ("help.desk@", "example.", "com")


def test_wrap_keeps_short_compounds_together():
    assert wrap("survey e-mail", BOLD, 10, 55).lines == ("survey", "e-mail")


def test_wrap_names_a_word_that_no_line_can_hold():
    assert wrap("is zzzzzzzzzzzz", REGULAR, 10, 40) == Wrapped(("is", "zzzzzzzzzzzz"), ("zzzzzzzzzzzz",))


def test_wrap_shows_a_soft_hyphen_only_where_the_line_ends():
    assert wrap("book\u00ading, con\u00adfirm\u00ada\u00adtion", REGULAR, 10, 48).lines == (
        "booking,",
        "confirma-",
        "tion",
    )


@given(st.text(alphabet="abc déß-./\n\u00ad", max_size=200), st.integers(20, 200))
def test_wrap_loses_no_letter_and_passes_no_edge(text, measure):
    wrapped = wrap(printable(text), REGULAR, 10, measure)

    kept = "".join(wrapped.lines).replace("-", "").replace(" ", "")
    assert kept == printable(text).translate(dict.fromkeys(map(ord, "-\n \u00ad")))
    if not wrapped.too_wide:
        assert max(width_of(line, REGULAR, 10) for line in wrapped.lines) <= measure + 0.01


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Łódź, Ζεύς, Привет, 50 €", []),
        ("a flight ✈ to 東京", ["東", "京"]),
        ("שלום 🙂", ["ש", "ל", "ו", "ם", "🙂"]),
        ("soft\u00adhyphen, new\nline", []),
    ],
)
def test_missing_letters_are_those_without_a_glyph(text, missing):
    assert [letter for letter in missing_letters(text) if letter != "✈"] == missing


def test_face_for_gives_way_where_the_face_lacks_a_letter():
    assert (face_for("At the airport", DISPLAY), face_for("В аэропорту", DISPLAY)) == (DISPLAY, BOLD)


def test_printable_composes_letters_and_drops_those_without_ink():
    assert printable(" e\u0301\u200d\tb\r\nc\u2028d\ufeff ") == "é b\nc\nd"
