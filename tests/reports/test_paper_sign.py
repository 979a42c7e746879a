"""QR posters and table cards: their sheets, their code, their words."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest
import segno
from pypdf import PdfReader

from assessments.addresses import answer_address
from assessments.models import OpenLink
from reports.paper.sign import render_sign
from reports.paper.text import qr_picture
from reports.print_making import make_print
from reports.sizes import POINTS_PER_MM
from tests.reports.print_inputs import NONCE, print_inputs

SIGNS = [("qr_poster", "A4", (210, 297), 1), ("qr_poster", "A3", (297, 420), 1), ("table_card", "A6", (105, 148), 1)]


@pytest.mark.parametrize(("kind", "paper", "sheet", "copies"), [*SIGNS, ("table_card", "A4", (210, 297), 4)])
def test_sign_is_one_sheet_with_all_its_words(kind, paper, sheet, copies):
    inputs = print_inputs(10, kind=kind, paper=paper, moments=[], group="Gate team")

    reader = PdfReader(io.BytesIO(render_sign(inputs)))

    box, words = reader.pages[0].mediabox, " ".join(reader.pages[0].extract_text().split())
    assert (round(float(box.width) / POINTS_PER_MM), round(float(box.height) / POINTS_PER_MM)) == sheet
    assert len(reader.pages) == 1
    for said in ("How do our customers find it?", "About 2 minutes · 10 moments", "Open until 1 Dec 2026", "Gate team"):
        assert words.count(said) == copies
    assert words.count("What fewer than 5 people said is shown to nobody.") == copies


@pytest.mark.parametrize("language", ["de", "ar"])
def test_card_stands_whole_and_in_the_middle_in_languages_that_run_otherwise(language):
    data = make_print(print_inputs(10, language, kind="table_card", paper="A6", moments=[]), lambda step, percent: None)

    pages = pdfium.PdfDocument(data)
    dark = pages[0].render(scale=2, grayscale=True).to_pil().point(lambda value: 255 * (value < 40))
    left, _top, right, _bottom = dark.crop((0, dark.height * 2 // 5, dark.width, dark.height // 2)).getbbox()
    assert len(pages) == 1
    assert abs(left - (dark.width - right)) <= 4
    assert left > dark.width // 5


@pytest.mark.parametrize("changes", [{}, {"view": "customers", "closes_on": ""}, {"journey": "A trip of words " * 12}])
def test_sheet_of_cards_has_one_in_each_quarter(changes):
    data = render_sign(print_inputs(10, kind="table_card", paper="A4", moments=[], **changes))

    picture = pdfium.PdfDocument(data)[0].render(scale=1, grayscale=True).to_pil()
    wide, tall = picture.width // 2, picture.height // 2
    quarters = [picture.crop((x, y, x + wide, y + tall)) for x in (0, wide) for y in (0, tall)]
    dark = [sum(quarter.histogram()[:80]) for quarter in quarters]
    assert min(dark) > 3_000
    assert max(dark) < min(dark) * 1.02


def test_code_is_drawn_as_lines_with_a_quiet_zone_of_four_modules():
    rows = [list(row) for row in segno.make(answer_address(OpenLink(nonce=NONCE)), error="m", micro=False).matrix]

    drawn = qr_picture(answer_address(OpenLink(nonce=NONCE)))

    side = len(rows) + 8
    assert f'viewBox="0 0 {side} {side}"' in drawn
    assert drawn.count("h1v1h-1z") == sum(map(sum, rows))
    assert "M4,4h1v1h-1z" in drawn
    assert "M3," not in drawn


def test_modules_on_a3_are_over_a_millimetre_wide():
    data = render_sign(print_inputs(10, kind="qr_poster", paper="A3", moments=[]))

    scale = 4  # pixels a point
    picture = pdfium.PdfDocument(data)[0].render(scale=scale, grayscale=True).to_pil()
    dark = picture.point(lambda value: 255 * (value < 40))
    rows = len(list(segno.make(answer_address(OpenLink(nonce=NONCE)), error="m", micro=False).matrix))
    wide = [
        dark.crop((0, y, dark.width, y + 1)).getbbox() for y in range(dark.height * 45 // 100, dark.height * 55 // 100)
    ]
    side_mm = (max(box[2] for box in wide) - min(box[0] for box in wide)) / scale / POINTS_PER_MM
    assert side_mm / rows > 1
    assert side_mm > 100


def test_same_inputs_give_the_same_bytes():
    inputs = print_inputs(3, kind="table_card", paper="A6", moments=[])

    assert render_sign(inputs) == render_sign(inputs)
