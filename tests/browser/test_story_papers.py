"""Stories on paper: a wall that says what fits while one chooses, and a certificate that asks for consent."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import assert_accessible, sign_in

pytestmark = pytest.mark.browser


def download(page: Page) -> str:
    with page.expect_download(timeout=60_000) as found:
        page.get_by_role("link", name="Download the PDF").click(timeout=60_000)
    (sheet,) = PdfReader(io.BytesIO(found.value.path().read_bytes())).pages
    return " ".join(sheet.extract_text().split())


@pytest.mark.expects_complaint("status of 422")
def test_wall_follows_the_choice_and_a_certificate_asks_for_consent(page: Page) -> None:
    sign_in(page, "manager")
    page.goto("/northern-air/stories/")
    page.get_by_role("link", name="Print a wall").click()
    note = page.locator("#poster-fit")
    expect(note).to_contain_text("It fits in 2 columns")
    assert_accessible(page)

    page.get_by_label("A4").check(force=True)
    page.get_by_label("Portrait").check(force=True)
    expect(note).to_contain_text("It fits in")
    for box in page.get_by_role("group", name="Stories, in this order").get_by_role("checkbox").all()[1:]:
        box.uncheck()
    expect(note).to_contain_text("Choose 2 to 40 stories; 1 are chosen.")
    page.get_by_role("checkbox", name="Jonas Dahl").check()
    expect(note).to_contain_text("It fits in one column")
    page.get_by_role("button", name="Preview").press("Enter")
    expect(page.locator(".preview-picture")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Make the wall").click()
    expect(page.get_by_text("A4 portrait").first).to_be_visible()
    assert_accessible(page)
    words = download(page)
    assert words.startswith("Moments of impact")
    assert "Jonas Dahl, cabin crew" in words
    assert "2 stories" in words

    page.goto("/northern-air/stories/")
    page.get_by_role("article").filter(has_text="Jonas Dahl").get_by_role("heading").get_by_role("link").click()
    page.get_by_role("link", name="Thank them on paper").click()
    assert_accessible(page)
    page.get_by_label("To whom").fill("Jonas and Mia")
    page.get_by_role("button", name="Make the certificate").click()
    expect(page.get_by_text("Ask first, then tick this.")).to_be_visible()
    expect(page.get_by_label("To whom")).to_have_value("Jonas and Mia")
    assert_accessible(page)
    page.get_by_label("They agreed to be named on it").check()
    page.get_by_label("Language").select_option("Deutsch")
    page.get_by_role("button", name="Make the certificate").click()
    words = download(page)
    assert words.startswith("Danke")
    assert "Jonas and Mia" in words
