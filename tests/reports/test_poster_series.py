"""A journey too long for one sheet takes several that hang side by side."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from benchmarks.samples import poster_inputs
from reports.posters.fit import fit_of
from reports.posters.rendering import render_poster
from reports.preflight import check_poster, examine
from tests.reports.poster_inputs import inputs_of, short_of


@pytest.fixture(scope="module")
def reader():
    return PdfReader(io.BytesIO(render_poster(poster_inputs(300))))


def test_300_moments_take_five_sheets_that_say_which_they_are(reader):
    words = [" ".join(page.extract_text().split()) for page in reader.pages]

    assert [f"sheet {number} of 5" in said for number, said in enumerate(words, start=1)] == [True] * 5
    assert [said.count("Waits at gate") for said in words] == [62] * 5  # the header names two more
    assert "Waits at gate 299" in words[4]


def test_each_sheet_tells_its_own_moments_in_words():
    found = examine(poster_inputs(300))

    assert [layout.moments[0].title for layout, _content in found.series] == [
        f"Waits at gate {number}" for number in (0, 60, 120, 180, 240)
    ]
    assert len({layout.type.body for layout, _content in found.series}) == 1


def test_sheets_have_figures_with_words_and_one_document(reader):
    structure = str(reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()["/S"])

    assert structure == "/Document"
    assert reader.metadata.title == "A trip with us, Northern Air"


def test_fit_says_how_many_sheets():
    assert fit_of(poster_inputs(300)).words.startswith("It takes 5 sheets that hang side by side. It fits in")


def test_series_is_not_split_again():
    (problem,) = check_poster(poster_inputs(300) | {"tiles": "A4"})

    assert (problem.field, problem.is_blocking) == ("tiles", True)
    assert "5 sheets that hang side by side" in problem.text


def test_smaller_sheets_lead_to_the_largest():
    (problem,) = check_poster(inputs_of(short_of(130), "A3"))

    assert "Choose A0, which may take several sheets" in problem.text
