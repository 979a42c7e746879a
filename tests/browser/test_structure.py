"""Pasting on an empty map, variants side by side, a moment in more detail: in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible, sign_in

pytestmark = pytest.mark.browser
PASTED = "Stage\tMoment\tChannel\nBefore\tSearches\tweb\nBefore\tBooks\tphone\nAfter\tGets the bag\tdelivery"
PASTE = """text => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    const event = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
    document.activeElement.dispatchEvent(event);
}"""


@pytest.mark.expects_complaint("status of 422")
def test_rows_pasted_on_an_empty_map_become_its_moments_and_a_variant_lies_beside_it(page: Page):
    sign_in(page, "manager")
    page.get_by_role("link", name="New journey").first.click()
    page.locator("#empty").get_by_label("Title").fill("Pasted trip")
    page.get_by_role("button", name="Start empty").click()
    expect(page.get_by_label("New stage")).to_be_focused()
    assert_accessible(page)

    page.evaluate(PASTE, PASTED)
    expect(page.get_by_role("button", name="Put on the map")).to_be_visible()
    expect(page.locator("textarea[name=outline]")).to_have_value(PASTED)
    assert_accessible(page)
    page.get_by_role("button", name="Put on the map").click()

    expect(page.locator(".card h3")).to_have_text(["Searches", "Books", "Gets the bag"])
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Copy as a variant").click()
    assert_accessible(page)
    page.get_by_label("Title").fill("Pasted trip for families")
    page.get_by_role("button", name="Make the copy").click()
    page.get_by_role("link", name="Books").click()
    page.get_by_label("Who stands behind").fill("Operations; catering")
    expect(page.locator("#moment-teams").get_by_role("link", name="catering")).to_be_visible()
    page.get_by_label("A more detailed journey of this moment").select_option("Pasted trip")
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.locator(".card-detail")).to_contain_text("3 moments in detail")
    assert_accessible(page)

    page.locator("#moment-teams").get_by_role("link", name="Operations").click()
    expect(page.get_by_role("heading", name="Operations", exact=True)).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Books").click()
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Lay beside another journey").click()
    page.get_by_role("button", name="Show both").click()
    expect(page.get_by_text("≠ 1 changed")).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390

    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("link", name="Pasted trip", exact=True).click()
    page.get_by_role("link", name="Searches").click()
    page.get_by_label("A more detailed journey of this moment").select_option("Pasted trip for families")
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.get_by_text("This would lead round in a circle")).to_be_visible()
    assert_accessible(page)
