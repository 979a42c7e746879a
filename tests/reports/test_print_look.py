"""Forms, QR posters and cards in an organisation's look."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from django.core.management import call_command
from django.urls import reverse
from django_scopes import scope
from pypdf import PdfReader

from reports.models import Look, RoundPrint
from reports.print_making import make_print
from tests.assessments.rounds import make_open_round
from tests.reports.hostile_logos import picture
from tests.reports.print_inputs import print_inputs

PURPLE = (138, 31, 106)
FORMS = [{"kind": "form", "count": 12}, {"kind": "form_fillable", "count": 3}]
SIGNS = [
    {"kind": "qr_poster", "paper": "A3", "moments": []},
    {"kind": "table_card", "paper": "A6", "moments": []},
    {"kind": "table_card", "paper": "A4", "moments": []},
]


@pytest.fixture
def round_(organisation):
    with scope(organisation=organisation):
        return make_open_round(organisation)


def drawn_look(size: tuple[int, int] = (300, 100)) -> dict[str, Any]:
    logo = base64.b64encode(picture(size=size)).decode()
    return {"logo": logo, "logo_width": size[0], "logo_height": size[1], "accent": "#8a1f6a"}


def made(count: int = 3, language: str = "en", **changes: Any) -> bytes:
    return make_print(print_inputs(count, language, **changes), lambda step, percent: None)


def pictures_of(page: Any) -> list[Any]:
    """Logos: the code is drawn with lines."""
    return [each for each in page.get_objects() if each.type == raw.FPDF_PAGEOBJ_IMAGE]


def colours_of(page: Any) -> set[tuple[int, int, int]]:
    return {colour for _, colour in page.render(scale=1).to_pil().convert("RGB").getcolors(10**7)}


def words_of(data: bytes) -> list[str]:
    return sorted(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def test_print_is_frozen_with_the_look_of_that_day(manager_client, organisation, round_):
    asked = reverse("paper_make", args=[organisation.slug, round_.pk])

    manager_client.post(asked, {"kind": "form"})
    Look.objects.with_scopes_disabled().create(organisation=organisation, accent="#8a1f6a")
    manager_client.post(asked, {"kind": "form"})

    looks = [row.inputs.get("look") for row in RoundPrint.objects.with_scopes_disabled().order_by("pk")]
    assert looks == [None, {"accent": "#8a1f6a"}]


def test_print_from_the_shell_has_the_look(organisation, round_, tmp_path):
    Look.objects.with_scopes_disabled().create(organisation=organisation, accent="#8a1f6a")
    out = tmp_path / "form.pdf"

    call_command("paper", round_.pk, out=str(out))

    assert PURPLE in colours_of(pdfium.PdfDocument(out.read_bytes())[0])


@pytest.mark.parametrize("kind", [*FORMS, *SIGNS])
def test_print_shows_logo_and_colour_on_as_many_sheets_and_keeps_its_words(kind):
    plain, ours = made(**kind), made(**kind, look=drawn_look())

    sheets = [pdfium.PdfDocument(data) for data in (plain, ours)]
    logos = [pictures_of(sheet[0]) for sheet in sheets]
    is_sheet_of_cards = (kind["kind"], kind.get("paper")) == ("table_card", "A4")
    assert [len(found) for found in logos] == [0, 4 if is_sheet_of_cards else 1]
    left, bottom, right, top = logos[1][0].get_bounds()
    assert (right - left) / (top - bottom) == pytest.approx(3, rel=0.02)
    assert [PURPLE in colours_of(sheet[0]) for sheet in sheets] == [False, True]
    assert [len(sheet) for sheet in sheets] == [1, 1]
    assert words_of(plain) == words_of(ours)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_logo_stands_at_the_far_side_of_the_title(language):
    page = pdfium.PdfDocument(made(2, language, look=drawn_look(), nonce=""))[0]

    left, _bottom, right, top = pictures_of(page)[0].get_bounds()
    edge = 12 / 25.4 * 72
    assert page.get_height() - top == pytest.approx(8 / 25.4 * 72, abs=2)
    assert (left if language == "ar" else page.get_width() - right) == pytest.approx(edge + 5 / 25.4 * 72, abs=2)


@pytest.mark.parametrize("kind", SIGNS)
@pytest.mark.parametrize("language", ["de", "ar"])
def test_sign_with_the_longest_names_is_set_closer_and_stays_whole(kind, language):
    names = {
        "organisation": "Northern Air and partners " * 4,
        "group": "Gate team of the night " * 3,
        "journey": "A journey of many words " * 8,
        "is_anonymous": False,
    }

    data = made(3, language, **kind, **names, look=drawn_look((400, 400)))

    page = PdfReader(BytesIO(data)).pages[0]
    copies = 4 if (kind["kind"], kind["paper"]) == ("table_card", "A4") else 1
    assert len(PdfReader(BytesIO(data)).pages) == 1
    assert lowest_line_of(page) > 10
    assert words_of(data).count("words") == 8 * copies


def lowest_line_of(page: Any) -> float:
    """Points between the sheet's edge and its last line."""
    found: list[float] = []

    def visit(text: str, around: list[float], within: list[float], _font: object, _size: object) -> None:
        if text.strip():
            found.append(within[5] * around[3] + around[5])

    page.extract_text(visitor_text=visit)
    return min(found)
