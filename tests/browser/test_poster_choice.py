"""Choosing a poster's paper: the note follows the choice, and the file is what was chosen."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import assert_accessible, sign_in

pytestmark = pytest.mark.browser


def test_note_follows_the_choice_and_the_file_is_what_was_chosen(page: Page) -> None:
    sign_in(page, "manager")
    page.get_by_role("link", name="A trip with us").first.click()
    page.get_by_role("link", name="Make poster").click()
    note = page.locator("#poster-fit")
    expect(note).to_contain_text("It fits in one row, in type from")
    assert_accessible(page)

    page.get_by_label("What it shows").select_option("Our own estimate of today")
    page.get_by_label("A2").check(force=True)
    expect(note).to_contain_text("names and levels 24 pt, for two metres")
    page.get_by_label("Portrait").check(force=True)
    expect(note).to_contain_text("It fits in 2 rows")
    page.get_by_label("A3").check(force=True)
    expect(note).not_to_contain_text("names and levels")
    page.get_by_label("Printed on").select_option("A3 sheets")
    expect(note).to_contain_text("A poster in A3 is not larger than its sheets.")
    page.get_by_label("A2").check(force=True)
    expect(note).to_contain_text("4 sheets, 2 rows of 2, and one that shows how to glue them.")
    page.get_by_label("Grey").check(force=True)
    expect(page.get_by_label("Grey")).to_be_focused()
    assert_accessible(page)

    page.get_by_role("button", name="Make the poster").click()
    expect(page.get_by_text("A2 portrait, grey, on A3 sheets").first).to_be_visible()
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name="Download the PDF").click(timeout=60_000)
    assert download.value.suggested_filename.startswith("A-trip-with-us-A2-portrait-grey-on-A3-v")
    assert len(PdfReader(io.BytesIO(download.value.path().read_bytes())).pages) == 5
