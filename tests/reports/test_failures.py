"""Every way to fail tells what to change, and a reference that an operator finds in the log."""

from __future__ import annotations

import html
import logging
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs.lease import ERRORS_MAX, LOST_LEASES_MAX, Lease, give_up
from jobs.problems import ADVICE, ErrorCode
from jobs.sweeper import sweep
from reports.models import Poster
from tests.poster_rows import poster_row, reread

PAST_ITS_LEASE = {"lost_leases": LOST_LEASES_MAX - 1, "lease_until": timezone.now() - timedelta(minutes=5)}


def fail(organisation, code: ErrorCode) -> Poster:
    """A poster whose last attempt ends that way."""
    lease = {"lease_token": uuid.uuid4(), "lease_until": timezone.now() + timedelta(minutes=1)}
    fields = {"state": "running", "error_count": ERRORS_MAX - 1, **lease}
    if code == ErrorCode.LEASE:
        poster = poster_row(organisation, **{**fields, **PAST_ITS_LEASE})
        sweep()
    else:
        poster = poster_row(organisation, **fields)
        give_up(Lease(Poster, poster.pk, poster.lease_token), code)
    return reread(poster)


@pytest.mark.parametrize("code", list(ErrorCode))
def test_a_failure_says_what_to_change_with_a_reference(code, organisation, manager_client):
    failed = fail(organisation, code)

    page = html.unescape(manager_client.get(reverse("poster_page", args=["northern-air", failed.pk])).content.decode())

    assert (failed.state, failed.error_code) == ("failed", code)
    assert len(failed.reference) == 8
    assert f"Reference {failed.reference}" in page
    assert str(ADVICE[code]) in page
    assert "ry again" in ADVICE[code]


@pytest.mark.parametrize("code", list(ErrorCode))
def test_a_failure_stands_in_the_log_under_its_reference(code, organisation, caplog):
    with caplog.at_level(logging.INFO, "jobs"):
        failed = fail(organisation, code)

    assert any(failed.reference in line.getMessage() for line in caplog.records)
