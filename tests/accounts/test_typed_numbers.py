from __future__ import annotations

import pytest

from accounts.typed_numbers import version_in, whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("0", 0),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("", None),
        (None, None),
        ("-7", None),
        ("7.5", None),
        (" 7", None),
        ("٧", None),
        ("7\0", None),
    ],
)
def test_whole_number_is_said_by_digits_alone(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(("posted", "version"), [({"version": "3"}, 3), ({"version": "9" * 10}, 5), ({}, 5)])
def test_version_is_that_of_the_form_or_else_another(posted, version):
    assert version_in(posted, 5) == version
