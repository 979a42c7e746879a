"""A poster in each language: its own words, dates and numbers; Arabic letters in their own font, from right to left."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation
from pypdf import PdfReader

from assessments.choices import ANSWER_LANGUAGES
from reports.posters.content import content_of
from reports.posters.html import sampled_html
from reports.posters.layout import draw, lay_out
from reports.posters.rendering import render_poster
from reports.preflight import check_poster
from reports.sizes import SIZES
from reports.typesetting import missing_letters, runs_leftward
from tests.reports.poster_inputs import inputs_of, plan_of, with_moment
from tests.reports.poster_rounds import round_inputs

SAID = {
    "en": ("moments of truth a year", "10,000,000 customers", "1 Jul 2026, version 4", "3.4", "1.9\u202fM"),
    "de": ("Momente der Wahrheit im Jahr", "10.000.000 Kunden", "1. Juli 2026, Version 4", "3,4", "1,9\u202fMio."),
    "fr": ("moments de vérité par an", "10\xa0000\xa0000 clients", "1 juillet 2026, version 4", "3,4", "1,9\u202fM"),
    "es": (
        "momentos de la verdad al año",
        "10\xa0000\xa0000 clientes",
        "1 de julio de 2026, versión 4",
        "3,4",
        "1,9\u202fM",
    ),
    "sv": ("sanningens ögonblick om året", "10\xa0000\xa0000 kunder", "1 juli 2026, version 4", "3,4", "1,9\u202fmn"),
    "ar": ("لحظة حقيقة في السنة", "10.000.000 عميل", "1 يوليو 2026، الإصدار 4", "3,4", "1,9\u202fم"),
}
ENGLISH = (
    "What more",
    "a year",
    "our own",
    "Keep",
    "Enhance",
    "customers",
    " level ",
    "answered",
    "Volume a",
    "version 4 ",
)


def page_of(inputs: dict[str, Any]) -> Any:
    with_words = inputs | {"pledge": "0", "impact": "1", "impact_who": "2"}
    with translation.override(inputs["language"]):
        content = content_of(with_words)
        return draw(lay_out(content, SIZES["A3"]), content), content


def words_of(page: Any) -> str:
    lines = ("".join(run.text for run in line) for text in page.texts for line in text.lines)
    return " ".join(lines)


@pytest.mark.parametrize("language", ANSWER_LANGUAGES)
def test_poster_speaks_its_language_with_its_numbers_and_dates(language):
    page, _content = page_of(round_inputs(language=language))

    words = words_of(page)

    headline, customers, date, mean, risk = SAID[language]
    for told in (headline, customers, date, risk):
        assert told in words
    assert mean in page.alternative


@pytest.mark.parametrize("language", [spoken for spoken in ANSWER_LANGUAGES if spoken != "en"])
def test_poster_has_no_english_word_of_its_own_in_another_language(language):
    plan = plan_of(10)
    for stage, place in ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (3, 0), (3, 1)):
        plan = with_moment(plan, stage, place, title=f"{stage}{place}", what_more="0")
    page, _content = page_of(round_inputs(language=language) | {"plan": plan.to_dict()})

    words = words_of(page)

    assert [word for word in ENGLISH if word in words.replace("version 4", "")] == []


def test_journeys_own_words_stay_in_another_language():
    words = " ".join(PdfReader(io.BytesIO(render_poster(inputs_of(language="sv")))).pages[0].extract_text().split())

    assert "Waits at the gate" in words
    assert "Speak every 15 minutes." in words


def test_arabic_poster_embeds_the_arabic_font_and_tells_its_language():
    reader = PdfReader(io.BytesIO(render_poster(round_inputs(language="ar"))))

    fonts = {font.get_object()["/BaseFont"] for font in reader.pages[0]["/Resources"]["/Font"].get_object().values()}
    assert any("NotoSansArabic" in name.replace("-", "") for name in fonts)
    assert reader.trailer["/Root"]["/Lang"] == "ar"


def test_poster_without_arabic_letters_does_not_carry_their_font():
    reader = PdfReader(io.BytesIO(render_poster(inputs_of())))

    fonts = {font.get_object()["/BaseFont"] for font in reader.pages[0]["/Resources"]["/Font"].get_object().values()}
    assert not any("Arabic" in name for name in fonts)


def test_arabic_text_runs_leftward_and_other_text_does_not():
    plan = with_moment(replace(plan_of(10), language="ar"), 1, 1, title="الانتظار عند البوابة")
    page, content = page_of(inputs_of(plan))

    leftward = {text.words for text in sampled_html([page], content).texts[0] if text.runs_leftward}

    assert leftward == {"الانتظار عند البوابة"}


@pytest.mark.parametrize(("text", "is_leftward"), [("العربية", True), ("12 العربية", True), ("Gate العربية", False)])
def test_direction_is_that_of_the_first_letter_that_has_one(text, is_leftward):
    assert runs_leftward(text) is is_leftward


def test_letters_of_every_shipped_font_are_no_problem_and_others_are_named():
    plan = with_moment(plan_of(10), 1, 1, title="Ждёт Περιμένει ينتظر 待つ")

    (problem,) = check_poster(inputs_of(plan))

    assert missing_letters("Ждёт Περιμένει ينتظر") == []
    assert "待 (U+5F85), つ (U+3064)" in problem.text
