"""What any text and any journey do to the readers and the writer."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.formats import parse_mermaid, parse_outline, read_text, write_outline
from journeys.formats.escapes import escape, split_parts, unescape
from journeys.formats.findings import FINDINGS_MAX
from journeys.limits import OUTLINE_MAX
from tests.conftest import FIXTURES
from tests.journeys.plans import PLANS, TRICKY, is_storable

NAUGHTY = FIXTURES / "naughty-strings" / "blns.json"
PIECES = st.sampled_from(
    ["- ", "\n", " | ", "    ", "# ", "//", ":", "\\", "level ", "/yr", " s", "customers: ", "-", "9"]
)
OUTLINES = st.lists(PIECES | TRICKY | st.text(max_size=5), max_size=40).map("".join)


@given(plan=PLANS)
@settings(max_examples=400, deadline=None)
def test_written_outline_reads_back_exactly(plan):
    title_only = not plan.moments

    parsed, findings = parse_outline(write_outline(plan))

    assert parsed == plan
    assert [finding.is_error for finding in findings] == [False] * title_only


@given(text=OUTLINES | st.text())
@settings(max_examples=400, deadline=None)
def test_any_text_gives_a_storable_journey(text):
    plan, findings = parse_outline(text)

    assert is_storable(plan)
    assert len(findings) <= FINDINGS_MAX + 1
    assert all(1 <= finding.line <= text.count("\n") + text.count("\r") + 1 for finding in findings)


@given(body=OUTLINES | st.text())
@settings(max_examples=200, deadline=None)
def test_any_text_after_the_mermaid_header_gives_a_storable_journey(body):
    plan, _findings = parse_mermaid(f"journey\n{body}")

    assert is_storable(plan)


@given(text=st.text() | TRICKY)
def test_an_escaped_text_is_one_part_and_comes_back(text):
    raw = escape(text)

    assert split_parts(raw) == [raw]
    assert unescape(raw) == text.replace("\0", "\\u{0}") or "\\u{0}" in raw


@pytest.mark.skipif(not NAUGHTY.exists(), reason="../shared/fixtures/naughty-strings is absent")
def test_naughty_strings_are_titles_and_texts_like_others():
    strings = [text.strip() for text in json.loads(NAUGHTY.read_text()) if text.strip() and "\0" not in text]

    for text in strings:
        plan, _findings = parse_outline(
            f"# {escape(text)}\n{escape('Stage ' + text)}\n- {escape(text)} | more: {escape(text)}"
        )

        assert (plan.title, plan.moments[0].title, plan.moments[0].what_more) == (text[:200], text[:200], text)


LONG = ["|", "a|", "\\|", " ", "\n", "- a\n", "- \n", "# a\n", "9/6|", "1,", "1 ", "a:", "%%{", "accDescr{}", "}", "#"]


@pytest.mark.parametrize(
    "unit", [*LONG, "a: 9: b,\n", "\ud800\n", "\0\n", "\\u{", " \\", "1e", "sees:", "level ", "web|"]
)
@pytest.mark.parametrize("head", ["- ", "journey\n", "customers: "])
def test_longest_texts_of_one_thing_are_read_like_others(head, unit):
    """A pattern that backtracks would not come to an end here."""
    text = (head + unit * OUTLINE_MAX)[:OUTLINE_MAX]

    plan, _findings = read_text(text)

    assert is_storable(plan)
