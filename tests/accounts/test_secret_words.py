"""No word of a secret link reaches the log, not even where a request fails on its way to a view."""

from __future__ import annotations

import io
import logging
import logging.config
import sys

import pytest
from django.conf import settings
from django.test import Client

TOKEN = "tOken_" * 7 + "t"


@pytest.fixture
def written():
    """What the product's own settings write to the log."""
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(
        logging.config.DictConfigurator({}).configure_formatter(dict(settings.LOGGING["formatters"]["line"]))
    )
    logging.getLogger().addHandler(handler)
    yield handler.stream
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize(
    "path",
    [
        f"/s/{TOKEN}/x/",
        f"/s/{TOKEN[:-1]}/",
        f"/x/a/{TOKEN}/",
        f"/w/{TOKEN}x/",
        f"/do/{TOKEN}x/",
        f"/said/{TOKEN}x/",
        f"/tell/{TOKEN}/x/",
        f"/rate/{TOKEN}/x/",
        f"/invitations/{TOKEN}x/",
    ],
)
def test_address_that_leads_nowhere_names_no_token(db, written, path):
    response = Client().get(path)

    assert response.status_code == 404
    assert TOKEN[:-1] not in written.getvalue()
    assert "/..." in written.getvalue()


def test_exception_that_quotes_an_address_names_no_token(written):
    try:
        raise ValueError(f"/a/{TOKEN}/ can't be")
    except ValueError:
        logging.getLogger("django.request").exception(
            "Internal Server Error: %s", f"/a/{TOKEN}/", exc_info=sys.exc_info()
        )

    assert TOKEN not in written.getvalue()
    assert "ValueError: /a/.../ can't be" in written.getvalue()


def test_other_lines_stay_as_they_are(written):
    logging.getLogger("jobs").warning("Round %s: %s", 7, "/northern-air/rounds/7/ failed")

    assert written.getvalue().endswith("WARNING jobs: Round 7: /northern-air/rounds/7/ failed\n")
