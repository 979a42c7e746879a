"""The poster's page as HTML."""

from __future__ import annotations

import re

from reports.posters.html import page_html
from reports.posters.layout import draw
from reports.preflight import examine
from tests.reports.poster_inputs import inputs_of


def page_of(count: int) -> str:
    found = examine(inputs_of(count))
    return page_html(draw(found.layout, found.content), found.content)


def test_blocks_place_themselves_by_classes_that_moments_share():
    page = page_of(24)

    styles = set(re.findall(r'<(?:h3|p) class="([^"]+)"', page))

    assert 'style="' not in page
    assert len(styles) < page.count("<h3") + page.count("<p ")  # or no two share a computed style


def test_every_class_of_a_block_has_a_rule():
    page = page_of(10)

    named = {name for names in re.findall(r'class="([^"]+)"', page) for name in names.split()}

    assert {name for name in named if re.fullmatch(r"c\d+", name)} == set(re.findall(r"\.(c\d+){", page))
