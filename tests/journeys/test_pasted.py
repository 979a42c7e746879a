"""What people copy out of spreadsheets, word processors and wikis: rows of cells and lists inside lists."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.formats import read_text, write_outline
from journeys.formats.pasted_table import is_table
from tests.journeys.plans import PLANS, TRICKY, is_storable


def stages(text: str) -> list[tuple[str, list[str]]]:
    return [(stage.title, [moment.title for moment in stage.moments]) for stage in read_text(text)[0].stages]


@pytest.mark.parametrize(
    "text",
    [
        "1. Before\n   a. Searches\n   b. Books\n2. After\n   a. Leaves\n",
        "1.\tBefore\n\ta.\tSearches\n\tb.\tBooks\n2.\tAfter\n\ta.\tLeaves\n",
        "- Before\n  - Searches\n  - Books\n- After\n  - Leaves\n",
        "* Before\n\t* Searches\n\t* Books\n\n* After\n\t* Leaves",
        "1 Before\n1.1 Searches\n1.2 Books\n2 After\n2.1 Leaves\n",
        "1. Before\n1.1. Searches\n1.2. Books\n2. After\n2.1. Leaves\n",
        "• Before\r\n    ◦ Searches\r\n    ◦ Books\r\n• After\r\n    ▪ Leaves\r\n",
        "Stage,Moment\nBefore,Searches\nBefore,Books\nAfter,Leaves\n",
        "Stage;Moment\nBefore;Searches\nBefore;Books\nAfter;Leaves\n",
        "Stage\tMoment\nBefore\tSearches\n\tBooks\nAfter\tLeaves\n",
        "Before\tSearches\nBefore\tBooks\nAfter\tLeaves\n",
        "Before\tSearches\n\tBooks\nAfter\tLeaves\n",
        "1\tBefore\tSearches\n2\tBefore\tBooks\n3\tAfter\tLeaves\n",
    ],
)
def test_lists_and_tables_are_stages_with_moments(text):
    assert stages(text) == [("Before", ["Searches", "Books"]), ("After", ["Leaves"])]


def test_line_above_a_nested_list_is_its_title_and_deeper_items_are_texts():
    plan, findings = read_text("Our trip\n\n1. Before\n   - Books | phone | 2 min\n      - Say the name.\n   - Pays\n")

    assert (plan.title, findings) == ("Our trip", [])
    assert [(m.title, m.channel, m.seconds, m.what_more) for m in plan.moments] == [
        ("Books", "phone", 120.0, "Say the name."), ("Pays", "other", 60.0, ""),
    ]  # fmt: skip


def test_stages_above_flat_lists_stay_as_they_were():
    assert stages("Before\n- Searches\n  - Books\nAfter\n1. Leaves\n") == [
        ("Before", ["Searches", "Books"]), ("After", ["Leaves"]),
    ]  # fmt: skip


def test_cells_without_a_heading_say_what_they_are():
    plan, findings = read_text("15 s\tSearches\tweb\tlevel 3\n2 min\tBooks\tphone\tlevel 2\n")

    assert [(m.title, m.channel, m.seconds, m.level) for m in plan.moments] == [
        ("Searches", "web", 15.0, 3), ("Books", "phone", 120.0, 2),
    ]  # fmt: skip
    assert [(finding.line, finding.text[:29], finding.is_error) for finding in findings] == [
        (1, "No heading names the columns,", False)
    ]


def test_column_with_an_unknown_name_holds_the_moments_and_is_pointed_out():
    plan, findings = read_text("Phase\tWhat happens\tLevel\nBefore\tSearches\t3\nAfter\tLeaves\t2\n")

    assert [moment.title for moment in plan.moments] == ["Searches", "Leaves"]
    assert [finding.text for finding in findings] == [
        "The column “What happens” was read as the moments. Call it Moment to be sure."
    ]


def test_row_that_can_not_be_used_is_named_by_its_line():
    plan, findings = read_text('Moment\tSeconds\n"two\nlines"\t15\nBooks\t-1\n')

    assert [moment.title for moment in plan.moments] == ["two\nlines"]
    assert [(finding.line, finding.is_error) for finding in findings] == [(4, True)]


def test_quotes_that_are_only_letters_lose_no_line():
    assert stages('"Open\tweb\nBooks\tphone') == [("Sequence", ['"Open', "Books"])]


@pytest.mark.parametrize("text", ["Hello, world\nfoo, bar\n", "# Stage, Moment\n- a\n", "Before\n\t- Searches | web\n"])
def test_prose_and_outlines_are_no_tables(text):
    assert not is_table(text)


@given(plan=PLANS)
@settings(max_examples=150, deadline=None)
def test_written_outline_is_never_taken_for_a_list_or_a_table(plan):
    read = read_text(write_outline(plan))[0]

    assert read.stages == plan.stages


PIECES = TRICKY | st.sampled_from(
    ["\t", "\n", "\n  ", ";", ",", "Stage", "Moment", "1.", "1.1 ", "a.", '"', "\0", "\ud800", "level 9"]
)


@given(text=st.lists(PIECES, max_size=30).map("".join) | st.text())
@settings(max_examples=400, deadline=None)
def test_any_text_makes_something_that_can_be_stored(text):
    assert is_storable(read_text(text)[0])
