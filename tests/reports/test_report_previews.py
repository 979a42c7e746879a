"""The first page of a report as a picture, asked for beside its forms."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from django_scopes import scope
from PIL import Image

from assessments.models import RoundMoment
from journeys.models import Moment
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from reports.models import Preview, Report
from reports.preview_making import make_preview
from tests.reports.report_inputs import leader_inputs, portfolio_inputs

HTMX = {"HX-Request": "true"}
ASKED = {"language": "de", "paper": "Letter", "preview": "1"}


@pytest.fixture
def address(organisation, round_) -> str:
    return reverse("report_make", args=[organisation.slug, round_.pk])


def previews() -> list[Preview]:
    return list(Preview.objects.with_scopes_disabled().order_by("pk"))


def test_preview_of_a_report_is_asked_for_beside_its_form(manager_client, address):
    answers = [manager_client.post(address, {**ASKED, **more}, headers=HTMX) for more in ({}, {"is_archive": "on"})]

    (preview,) = previews()
    assert (preview.part, preview.inputs["inputs"]["kind"], preview.inputs["inputs"]["paper"]) == (
        "report", "leader", "Letter",
    )  # fmt: skip
    assert [preview.get_absolute_url() + "progress/" in answer.content.decode() for answer in answers] == [True, True]
    assert not Report.objects.with_scopes_disabled().exists()


def test_preview_of_a_portfolio_is_asked_for_beside_its_form(manager_client, organisation, round_):
    plan = JourneyPlan("A visit", stages=(StagePlan("Before", (MomentPlan("Enters", level=2),)),))
    with scope(organisation=organisation):
        journeys = [round_.journey_id, create_journey(organisation, plan).pk]
    portfolio = reverse("portfolio_make", args=[organisation.slug])

    manager_client.post(portfolio, {**ASKED, "journeys": journeys}, headers=HTMX)
    refused = manager_client.post(portfolio, {**ASKED, "journeys": journeys[:1]}, headers=HTMX)

    (preview,) = previews()
    assert (preview.part, preview.inputs["inputs"]["kind"]) == ("report", "portfolio")
    assert refused.status_code == 422
    assert "<b>Journeys:</b> Choose two journeys or more." in refused.content.decode()
    assert "<html" not in refused.content.decode()


def test_preview_without_a_script_leads_to_its_page(manager_client, address):
    answer = manager_client.post(address, {**ASKED, "submission": "x"})

    (preview,) = previews()
    assert answer.url == preview.get_absolute_url()


def test_report_is_made_after_its_preview_from_the_same_form(manager_client, address):
    said = {**ASKED, "submission": "x"}
    manager_client.post(address, said)

    answer = manager_client.post(address, {name: said[name] for name in said if name != "preview"})

    assert answer.url == Report.objects.with_scopes_disabled().get().get_absolute_url()


def test_preview_of_what_cannot_be_set_says_why_not(manager_client, address, organisation, round_):
    with scope(organisation=organisation):
        moment = RoundMoment.objects.filter(round=round_).first()
        Moment.objects.filter(pk=moment.moment_id).update(what_more="x" * 2_001)

    answer = manager_client.post(address, ASKED, headers=HTMX)

    assert (answer.status_code, previews()) == (422, [])
    assert "more than 2000 characters without a space" in answer.content.decode()


def test_another_choice_takes_the_preview_away(manager_client, address):
    fragment = manager_client.get(address, headers=HTMX)

    assert (fragment.content.decode().strip(), "HX-Request" in fragment["Vary"]) == ("", True)
    assert 'id="preview-button"' in manager_client.get(address).content.decode()


def test_preview_is_asked_for_without_the_submission_key_which_would_undo_it(manager_client, address):
    button = manager_client.get(address).content.decode().partition('id="preview-button"')[2].partition(">")[0]

    assert 'hx-params="not submission"' in button


@pytest.mark.parametrize("inputs", [leader_inputs(), portfolio_inputs()], ids=["leader", "portfolio"])
def test_maker_draws_page_one(inputs):
    picture = Image.open(BytesIO(make_preview({"part": "report", "inputs": inputs}, lambda _step, _percent: None)))

    assert (picture.format, picture.size) == ("PNG", (900, 1273))
    assert picture.convert("L").getextrema()[0] < 100
