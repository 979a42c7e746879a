"""Reports in an organisation's look: frozen with it wherever they are asked for, drawn with it."""

from __future__ import annotations

import base64
import secrets
from io import BytesIO

import pypdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from django.core.management import call_command
from django.urls import reverse
from django_scopes import scope

from reports.look import look_of
from reports.models import Look, Report, Schedule, ScheduleKind
from reports.report_making import make_report
from reports.schedulable import kind_of
from tests.reports.hostile_logos import picture
from tests.reports.report_inputs import leader_inputs, portfolio_inputs

CHOSEN = {"language": "en", "paper": "A4"}
PURPLE = (138, 31, 106)


@pytest.fixture
def look(organisation) -> dict[str, str]:
    Look.objects.with_scopes_disabled().create(organisation=organisation, accent="#8a1f6a")
    return {"accent": "#8a1f6a"}


def drawn_look(size: tuple[int, int]) -> dict[str, object]:
    logo = base64.b64encode(picture(size=size)).decode()
    return {"logo": logo, "logo_width": size[0], "logo_height": size[1], "accent": "#8a1f6a"}


def made(inputs) -> bytes:
    return make_report(inputs, lambda _step, _percent: None)


def colours_of(page) -> set[tuple[int, int, int]]:
    return {colour for _, colour in page.render(scale=1).to_pil().convert("RGB").getcolors(10**7)}


def test_report_of_a_round_and_of_journeys_is_frozen_with_the_look(
    manager_client, organisation, round_, other_journey, look
):
    journeys = {"journeys": [round_.journey_id, other_journey.pk]}

    manager_client.post(reverse("report_make", args=[organisation.slug, round_.pk]), CHOSEN)
    manager_client.post(reverse("portfolio_make", args=[organisation.slug]), {**CHOSEN, **journeys})

    found = Report.objects.with_scopes_disabled().order_by("pk")
    assert [(report.kind, report.inputs["look"]) for report in found] == [("leader", look), ("portfolio", look)]


def test_report_of_a_house_without_a_look_says_nothing_of_it(manager_client, organisation, round_):
    manager_client.post(reverse("report_make", args=[organisation.slug, round_.pk]), CHOSEN)

    assert "look" not in Report.objects.with_scopes_disabled().get().inputs


def test_scheduled_report_is_frozen_with_the_look(organisation, round_, look):
    schedule = Schedule(organisation=organisation, journey=round_.journey, kind=ScheduleKind.REPORT, options={})

    with scope(organisation=organisation):
        inputs = kind_of(schedule).freeze(schedule, round_, "de")

    assert (inputs["look"], inputs["language"]) == (look, "de")


def test_report_from_the_shell_has_the_look(round_, look, tmp_path):
    out = tmp_path / "report.pdf"

    call_command("report", round=round_.pk, out=str(out))

    assert PURPLE in colours_of(pdfium.PdfDocument(out.read_bytes())[0])


@pytest.mark.parametrize(
    ("inputs_of", "size"), [(leader_inputs, (60, 200)), (leader_inputs, (600, 60)), (portfolio_inputs, (300, 100))]
)
def test_page_one_shows_logo_and_colour_and_keeps_its_words(inputs_of, size):
    plain, ours = made(inputs_of()), made(inputs_of(look=drawn_look(size)))

    pages = [pdfium.PdfDocument(data)[0] for data in (plain, ours)]
    pictures = [[it for it in page.get_objects() if it.type == raw.FPDF_PAGEOBJ_IMAGE] for page in pages]
    assert [len(found) for found in pictures] == [0, 1]
    left, bottom, right, top = pictures[1][0].get_bounds()
    assert (right - left) / (top - bottom) == pytest.approx(size[0] / size[1], rel=0.02)
    assert right == pytest.approx(pages[1].get_width() - 20 / 25.4 * 72, abs=1)
    assert max(right - left, (top - bottom) * 50 / 16) == pytest.approx(50 / 25.4 * 72, abs=1)
    assert [PURPLE in colours_of(page) for page in pages] == [False, True]
    assert words_of_page_one(plain) == words_of_page_one(ours)


def words_of_page_one(data: bytes) -> list[str]:
    return sorted(pypdf.PdfReader(BytesIO(data)).pages[0].extract_text().split())


def test_logo_is_called_by_the_house_and_no_text_of_a_report():
    logo = picture(size=(300, 100)) + secrets.token_bytes(60_000)  # more than the longest word of a text
    look = {**drawn_look((300, 100)), "logo": base64.b64encode(logo).decode()}

    data = made(leader_inputs(look=look, is_archive=True))

    assert "Northern Air" in alternatives(data)


def alternatives(data: bytes) -> set[str]:
    """Alternative texts of the figures."""
    found, waiting = set(), [pypdf.PdfReader(BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found |= {str(node["/Alt"])} if "/Alt" in node else set()
            waiting += [node["/K"]] if "/K" in node else []
    return found


def test_same_look_gives_the_same_file(in_scope, look):
    inputs = leader_inputs(look=look_of(in_scope))

    assert made(inputs) == made(inputs) != made(leader_inputs())
