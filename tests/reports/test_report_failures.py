"""Reports that did not come to be: what their page says, and what can be done then; and those of the gallery."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.access import Role
from jobs.artifacts import path_of
from jobs.models import State
from jobs.work import work_on
from reports.models import Report
from reports.report_making import make_report
from tests.reports.made_rows import made_row, reread_made, round_of
from tests.reports.report_inputs import leader_inputs


def to(name: str, report: Report) -> str:
    return reverse(f"report_{name}", args=[report.organisation.slug, report.pk])


@pytest.fixture
def failed(organisation, journey) -> Report:
    """One with a text that can't be set; of a round that is still there."""
    inputs = leader_inputs()
    inputs["plans"][0]["what_more"] = "x" * 2_001
    report = made_row(Report, organisation, journey, state="queued", inputs=inputs, round=round_of(journey))
    work_on(Report, report.pk, make_report)
    return reread_made(report)


def test_failed_report_says_what_to_change_with_a_reference(manager_client, failed):
    page = manager_client.get(to("page", failed)).content.decode()

    assert failed.state == State.FAILED
    assert "This report could not be made" in page
    assert "In “Searches a fare” stand more than 2000 characters without a space." in page
    assert failed.reference in page
    assert f'action="{to("retry", failed)}"' in page
    assert reverse("report_make", args=[failed.organisation.slug, failed.round_id]) in page
    assert manager_client.get(to("file", failed)).status_code == 404


def test_failed_portfolio_leads_back_to_the_choice_of_journeys(manager_client, organisation, journey):
    report = made_row(Report, organisation, journey, state="failed", kind="portfolio", error_code="memory")

    page = manager_client.get(to("page", report)).content.decode()

    assert "This needed more memory than one file may use." in page
    assert page.count(reverse("portfolio_make", args=[organisation.slug])) == 2


def test_failed_report_is_made_again_as_a_job_of_its_own(manager_client, failed):
    answer = manager_client.post(to("retry", failed))

    again = Report.objects.with_scopes_disabled().order_by("pk").last()
    assert (answer.url, again.state, again.inputs) == (to("page", again), State.QUEUED, failed.inputs)
    assert (again.round_id, again.title) == (failed.round_id, "A trip with us: Autumn")
    assert reread_made(failed).state == State.FAILED


@pytest.mark.parametrize("state", ["queued", "running"])
def test_report_under_way_is_stopped_by_who_may(manager_client, client_of, make_member, organisation, journey, state):
    report = made_row(Report, organisation, journey, state=state)
    other = client_of(make_member(organisation, Role.LEADER))

    refused, stopped = other.post(to("cancel", report)), manager_client.post(to("cancel", report), follow=True)

    assert (refused.status_code, stopped.redirect_chain) == (403, [(to("page", report), 302)])
    assert reread_made(report).state == State.CANCELLED
    assert "Stopped" in stopped.content.decode()
    assert f'action="{to("retry", report)}"' in stopped.content.decode()


def test_ready_report_is_not_stopped(manager_client, organisation, journey):
    report = made_row(Report, organisation, journey)

    answer = manager_client.post(to("cancel", report), follow=True)

    assert reread_made(report).state == State.READY
    assert "It had ended already." in answer.content.decode()


def test_report_whose_file_is_gone_is_offered_again(manager_client, organisation, journey):
    report = made_row(Report, organisation, journey)
    path_of(report.artifact_name).unlink()

    page = manager_client.get(to("page", report)).content.decode()

    assert "its file is no longer on the server" in page
    assert f'action="{to("retry", report)}"' in page


def test_gallery_leads_to_a_comparison(manager_client, organisation):
    page = manager_client.get(reverse("poster_gallery", args=[organisation.slug])).content.decode()

    assert f'href="{reverse("portfolio_make", args=[organisation.slug])}"' in page
