"""Team sheets and pocket cards: the form asks what each needs, and the file is what was chosen."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import assert_accessible, sign_in

pytestmark = pytest.mark.browser


def test_form_asks_what_a_team_sheet_and_a_card_need_and_makes_the_card(page: Page) -> None:
    sign_in(page, "manager")
    page.get_by_role("link", name="A trip with us").first.click()
    page.get_by_role("link", name="Make poster").click()
    note = page.locator("#poster-fit")
    expect(page.get_by_label("Whose moments")).to_be_hidden()

    page.get_by_label("Team sheet").check(force=True)
    expect(note).to_contain_text("Choose whose moments the team sheet shows.")
    page.get_by_label("Whose moments").select_option("channel:in_person")
    expect(note).to_contain_text("It fits in one row")
    assert_accessible(page)

    page.get_by_label("Pocket card").check(force=True)
    expect(page.get_by_label("Whose moments")).to_be_hidden()
    expect(page.get_by_role("group", name="Size")).to_be_hidden()
    page.get_by_label("Which moment").select_option("Waits at the gate")
    page.get_by_label("Our pledge").fill("We speak every 15 minutes.")
    page.get_by_label("Language").select_option("Deutsch")
    expect(note).to_contain_text("It fits, in type from")
    assert_accessible(page)

    page.get_by_role("button", name="Make the poster").click()
    expect(page.get_by_text("card, A6").first).to_be_visible()
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name="Download the PDF").click(timeout=60_000)
    (card,) = PdfReader(io.BytesIO(download.value.path().read_bytes())).pages
    words = card.extract_text()
    assert "Waits at the gate" in words
    assert "Was wir noch tun werden" in words
    assert "We speak every 15 minutes." in words
