"""The page that Chromium prints beside a poster."""

from __future__ import annotations

from html.parser import HTMLParser

from benchmarks.plain_page import plain_page
from benchmarks.samples import a_plan, poster_inputs
from reports.posters.content import content_of


class Reader(HTMLParser):
    """Words of a page, and how often each element begins."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.begun = "", []
        self.feed(page)

    def handle_data(self, data):
        self.words += f" {data}"

    def handle_starttag(self, tag, attrs):
        self.begun.append(tag)


def test_plain_page_says_and_shows_what_the_poster_does():
    content = content_of(poster_inputs(25))

    page = Reader(plain_page(poster_inputs(25)))

    texts = [content.headline, content.headline_caption, content.sentence, content.organisation, content.journey]
    texts += [f"{m.title} {m.volume} · {m.duration} {m.decision_name} {m.what_more}" for m in content.moments]
    assert [text for text in texts if " ".join(text.split()) not in " ".join(page.words.split())] == []
    assert (page.begun.count("h3"), page.begun.count("text")) == (25, 25)
    assert page.begun.count("svg") == 25 + 3  # an icon a moment, a ladder a row


def test_sample_of_posters_carries_all_that_a_poster_shows():
    moments = a_plan(60).moments

    assert len(moments) == 60
    assert all(m.title and m.channel and m.seconds and m.level and m.decision and m.what_more for m in moments)
