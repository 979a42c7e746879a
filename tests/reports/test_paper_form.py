"""The paper form and the PDF to fill in: sheet, words, fields."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2 as pdfium
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from assessments.addresses import short_address
from assessments.models import OpenLink
from reports.paper.form import render_form, shortened
from reports.print_making import make_print
from reports.sizes import POINTS_PER_MM
from tests.reports.print_inputs import NONCE, print_inputs


def reader_of(*args: Any, **changes: Any) -> PdfReader:
    return PdfReader(io.BytesIO(render_form(print_inputs(*args, **changes))))


def words_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize(("paper", "sheet"), [("A4", (210, 297)), ("Letter", (216, 279))])
@pytest.mark.parametrize("count", [1, 12])
def test_form_is_one_page_up_to_twelve_moments(paper, sheet, count):
    reader = reader_of(count, paper=paper)

    box = reader.pages[0].mediabox
    assert len(reader.pages) == 1
    assert (round(float(box.width) / POINTS_PER_MM), round(float(box.height) / POINTS_PER_MM)) == sheet


@pytest.mark.parametrize("kind", ["form", "form_fillable"])
@pytest.mark.parametrize("language", ["de", "fr"])
def test_twelve_moments_take_one_page_in_languages_with_longer_words(language, kind):
    inputs = print_inputs(12, language, kind=kind, paper="Letter")

    reader = PdfReader(io.BytesIO(make_print(inputs, lambda step, percent: None)))

    assert len(reader.pages) == 1


def test_form_of_many_moments_repeats_the_head_of_its_table_on_each_page():
    reader = reader_of(40)

    heads = [page.extract_text().count("How do our customers find it?") for page in reader.pages]
    assert len(reader.pages) in (3, 4)
    assert all(heads)
    assert sum(page.extract_text().count("I do not see this") for page in reader.pages) == 40


def test_form_says_all_that_is_asked_and_promised():
    words = words_of(reader_of(2))

    for said in (
        "Northern Air",
        "A trip with us",
        "Autumn 2026 · Open until 1 Dec 2026",
        "Gate team",
        "2 Books",
        "A full lounge and no one there.",
        "Unbelievable",
        "Times a week",
        "Seconds each",
        "Eliminate",
        "What more could we do?",
        "What fewer than 5 people said is shown to nobody.",
        "Put the sheet into the box",
        short_address(OpenLink(nonce=NONCE)),
    ):
        assert said in words


def test_form_asks_no_more_than_the_round_does():
    asks = {"times": False, "seconds": False, "decision": False, "idea": False}

    words = words_of(reader_of(2, asks=asks))

    assert not [said for said in ("Times a week", "Seconds each", "Keep", "What more") if said in words]


def test_customers_read_words_for_customers():
    asks = {"times": False, "seconds": False, "decision": False, "idea": True}

    words = words_of(reader_of(2, view="customers", asks=asks))

    assert "How was it for you?" in words
    assert "What could we do better?" in words
    assert "our customers" not in words


def test_preset_group_stands_in_place_of_the_boxes():
    words = words_of(reader_of(2, group="Gate team", groups=[]))

    assert "Group Gate team" in words


def test_form_without_a_link_has_no_code():
    reader = reader_of(2, nonce="")

    assert "Rather on your phone?" not in words_of(reader)


def test_form_is_tagged_named_and_its_fonts_are_embedded():
    reader = reader_of(2)

    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert reader.metadata.title == "A trip with us · Autumn 2026"
    assert (reader.root_object["/Lang"], bool(reader.root_object["/MarkInfo"]["/Marked"])) == ("en", True)
    assert fonts
    for font in fonts:
        assert "/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"]


def test_long_titles_and_odd_characters_stand_whole():
    title = "Waits at the gate with two children and a buggy " * 4
    moments = [{"number": 1, "title": title.strip(), "experience": "\x01 <b>Loud</b> & \ud800late"}]

    words = words_of(reader_of(1, moments=moments, organisation="A\x00B & Sons <i>"))

    assert " ".join(title.split()) in words.replace("- ", "")
    assert "<b>Loud</b> & late" in words
    assert "AB & Sons <i>" in words


def test_form_of_a_grey_printer_has_ink_where_the_colour_one_has():
    page = pdfium.PdfDocument(render_form(print_inputs(3)))[0]

    grey = page.render(scale=1, grayscale=True).to_pil()

    faint = grey.point(lambda value: 255 * (170 < value < 250)).getbbox()
    assert grey.point(lambda value: 255 * (value < 100)).getbbox() is not None
    assert isinstance(grey, Image.Image)
    assert faint is not None


def test_arabic_form_runs_from_right_to_left_in_letters_of_its_own():
    reader = reader_of(2, "ar", journey="رحلة معنا")

    fonts = {font.get_object()["/BaseFont"] for font in reader.pages[0]["/Resources"]["/Font"].values()}
    assert [name for name in fonts if "Arabic" in name], fonts
    code = next(iter(reader.pages[0].images), None)
    assert code is None
    assert reader.root_object["/Lang"] == "ar"


def test_fillable_form_has_a_named_field_for_every_answer():
    fields = reader_of(2, kind="form_fillable").get_fields()

    asked = ("level", "times", "seconds", "decision", "idea")
    assert set(fields) == {"group", *(f"m{number}_{what}" for number in (1, 2) for what in asked)}
    assert [str(value) for value in fields["m1_level"]["/Opt"]] == ["1", "2", "3", "4", "5", "6", "0"]
    assert [str(value) for value in fields["m1_decision"]["/Opt"]] == ["keep", "enhance", "eliminate"]
    assert [str(value) for value in fields["group"]["/Opt"]] == ["Gate team", "Night shift"]


def test_fields_say_what_they_are_for():
    reader = reader_of(2, kind="form_fillable")

    said = {note.get_object().get("/TU") for note in reader.pages[0]["/Annots"]}

    assert "2. Books: 6 Unbelievable" in said
    assert "1. Searches a fare: Times a week" in said
    assert None not in said


def test_filled_form_gives_its_answers_back():
    writer = PdfWriter(clone_from=io.BytesIO(render_form(print_inputs(2, kind="form_fillable"))))
    writer.update_page_form_field_values(
        writer.pages[0], {"m1_level": "/3", "m1_times": "40", "m2_idea": "Speak up.", "m2_decision": "/1"}
    )
    writer.write(filled := io.BytesIO())

    fields = PdfReader(filled).get_fields()

    def chosen(name: str) -> str:
        return str(fields[name]["/Opt"][int(fields[name]["/V"].lstrip("/"))])

    assert (chosen("m1_level"), chosen("m2_decision")) == ("4", "enhance")
    assert (fields["m1_times"]["/V"], fields["m2_idea"]["/V"]) == ("40", "Speak up.")


def test_preset_group_is_filled_in_already():
    fields = reader_of(1, kind="form_fillable", group="Gate team", groups=[]).get_fields()

    assert fields["group"]["/V"] == "Gate team"


@pytest.mark.parametrize(
    ("text", "letters", "short"),
    [
        ("A full lounge.", 20, "A full lounge."),
        ("A full lounge and a blank screen.", 20, "A full lounge and a…"),
        ("Unbreakable" * 9, 10, "Unbreakabl…"),
        ("A full\n lounge", 0, ""),
    ],
)
def test_experience_is_shortened_at_a_word(text, letters, short):
    assert shortened(text, letters) == short
