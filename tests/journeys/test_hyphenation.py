"""Soft hyphens in long words."""

from __future__ import annotations

import pytest

from journeys.hyphenation import SOFT_HYPHEN, with_soft_hyphens


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Gets the confirmation", "en", "Gets the con-firm-a-tion"),
        ("Kundenbetreuung", "de", "Kun-den-be-treu-ung"),
        ("Waits at the gate", "en", "Waits at the gate"),
        ("confirmation", "tlh", "confirmation"),
        ("0123456789ABCDEF", "en", "0123456789ABCDEF"),
    ],
)
def test_with_soft_hyphens_breaks_long_words_alone(text, language, expected):
    assert with_soft_hyphens(text, language).replace(SOFT_HYPHEN, "-") == expected
