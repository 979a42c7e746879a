"""A leader report, from the results of a round to the gallery."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Product, assert_accessible, sign_in
from tests.browser.test_results import put_results

pytestmark = pytest.mark.browser


def test_report_is_seen_made_downloaded_and_found_in_the_gallery(product: Product, page: Page) -> None:
    round_id, _journey_id = put_results(product)
    sign_in(page, "leader")
    page.goto(f"/northern-air/rounds/{round_id}/results/")
    page.get_by_role("link", name="Report", exact=True).click()
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("img", name="The first page as it would be printed")).to_be_visible(timeout=60_000)
    assert page.locator(".preview-picture").evaluate("it => it.decode().then(() => it.naturalWidth)") == 900
    expect(page.get_by_role("button", name="Preview")).to_be_focused()
    assert_accessible(page)

    page.get_by_label("Paper").select_option("Letter")
    expect(page.locator(".preview-picture")).to_have_count(0)
    expect(page.locator("#preview")).to_contain_text("You have chosen differently since")
    assert_accessible(page)
    page.get_by_role("button", name="Make the report").click()
    expect(page.get_by_role("heading", name="The report is ready")).to_be_visible(timeout=60_000)
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the PDF").click()
    assert download.value.suggested_filename == "A-trip-with-us-Autumn-leader-Letter-en.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF-1.7")

    page.get_by_role("link", name="Posters and reports").click()
    card = page.locator(".made").filter(has_text="Leader report").first
    expect(card.get_by_role("img", name="First page, Leader report")).to_be_visible()
    assert card.locator("img").evaluate("it => it.decode().then(() => it.naturalWidth > 0)")
    assert_accessible(page)
    card.locator(".menu > summary").click()
    card.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator(".made").filter(has_text="Leader report").first).to_be_visible()

    page.get_by_role("link", name="Compare journeys").click()
    expect(page.get_by_role("heading", name="Portfolio report")).to_be_visible()
    page.locator(".check span").first.evaluate("it => { it.textContent = 'x'.repeat(200) }")
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert_accessible(page)
