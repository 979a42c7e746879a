"""Text that would like to be more than text."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from reports import pdf
from reports.posters.rendering import render_poster
from tests.reports.poster_inputs import inputs_of

HOSTILE = [
    '<img src="file:///etc/passwd">',
    "</p></body><h1>50</h1>",
    "</style><style>*{display:none}",
    '"><script>alert(1)</script>',
    "url(file:///etc/passwd)",
    "<!--",
    "]]><svg onload=alert(1)>",
    "&lt;b&gt; &#65; &amp;",
    "{{ settings.SECRET_KEY }} {% now %}",
    "%(number)s %s %d {number}",
    "' onmouseover='x",
    "\\22 \\3c",
]


@pytest.fixture
def fetchers(monkeypatch):
    """Every fetcher that a rendering makes."""
    made = []

    class Watched(pdf.HouseFetcher):
        def __init__(self, *args):
            super().__init__(*args)
            self.asked = []
            made.append(self)

        def fetch(self, url, headers=None):
            self.asked.append(url)
            return super().fetch(url, headers)

    monkeypatch.setattr(pdf.setting, "HouseFetcher", Watched)
    return made


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_text_and_opens_nothing(text, fetchers):
    moment = MomentPlan(title=text, what_more=text, level=2)
    plan = JourneyPlan(text, 10, customer=text, stages=(StagePlan(text, (moment,)),))
    pdf.house_style()

    reader = PdfReader(io.BytesIO(render_poster(inputs_of(plan, organisation=text))))

    (page,) = reader.pages
    words, said = _squeezed(page.extract_text()), _squeezed(text)
    assert words.count(said) >= 5  # journey, organisation, stage, title, what more
    assert [url for fetcher in fetchers for url in fetcher.asked] == []
    assert "/Annots" not in page
    assert reader.attachments == {}
    assert reader.metadata.title == f"{text}, {text}"


def _squeezed(text: str) -> str:
    return "".join(text.split())


def test_hostile_address_is_printed_and_never_fetched(fetchers):
    address = "file:///etc/passwd?\"'<>&"
    pdf.house_style()

    reader = PdfReader(io.BytesIO(render_poster(inputs_of(3, address=address))))

    assert _squeezed(address) in _squeezed(reader.pages[0].extract_text())
    assert [url for fetcher in fetchers for url in fetcher.asked] == []
