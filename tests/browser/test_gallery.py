"""What was made, with pictures: seen before it is made, kept, renamed, deleted and brought back; and the look."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible, sign_in
from tests.reports.hostile_logos import svg

pytestmark = pytest.mark.browser


def test_file_is_seen_before_it_is_made_and_then_looked_after(page: Page) -> None:
    sign_in(page, "manager")
    page.get_by_role("link", name="A trip with us").first.click()
    page.get_by_role("link", name="Make poster").click()
    page.get_by_label("Letter", exact=True).check(force=True)
    expect(page.locator("#poster-fit")).to_contain_text("It fits")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("img", name="The first page as it would be printed")).to_be_visible(timeout=60_000)
    assert page.locator(".preview-picture").evaluate("picture => picture.naturalWidth") == 900
    expect(page.get_by_role("button", name="Preview")).to_be_focused()
    assert_accessible(page)

    page.get_by_label("Grey").check(force=True)
    expect(page.locator(".preview-picture")).to_have_count(0)
    page.get_by_role("button", name="Make the poster").click()
    expect(page.get_by_role("link", name="Download the PDF")).to_be_visible(timeout=60_000)

    page.get_by_role("link", name="Posters and reports").click()
    card = page.locator(".made").filter(has_text="Letter landscape, grey")
    expect(card.get_by_role("img", name="First page, Wall poster")).to_be_visible()
    assert card.locator("img").evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 480
    assert_accessible(page)

    card.get_by_role("button", name="Keep A trip with us").click()
    expect(card.get_by_role("button", name="Kept A trip with us")).to_be_focused()
    card.locator(".menu > summary").click()
    card.get_by_role("link", name="Rename").click()
    page.get_by_label("Name").fill("For the canteen")
    page.get_by_role("button", name="Save").click()

    expect(page.locator("html.scripted")).to_be_attached()
    page.get_by_label("Title").fill("canteen")
    expect(page.locator(".made")).to_have_count(1)
    expect(page).to_have_url(page.url.split("?")[0] + "?q=canteen&what=&journey=&round=")
    renamed = page.locator(".made").filter(has_text="For the canteen")
    renamed.locator(".menu > summary").click()
    renamed.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Deleted: “For the canteen”, Wall poster.")).to_be_visible()
    expect(page.get_by_text("Nothing like that")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator(".made").filter(has_text="For the canteen")).to_be_visible()

    page.set_viewport_size({"width": 320, "height": 800})
    expect(page.locator(".made").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert_accessible(page)


@pytest.mark.expects_complaint("status of 422")
def test_look_is_chosen_and_seen_at_once(page: Page) -> None:
    sign_in(page, "manager")
    page.goto("/northern-air/settings/")
    page.get_by_role("link", name="Choose the look").click()
    number = page.locator(".look-number")
    colour = page.get_by_role("textbox", name="Colour")

    colour.fill("#12508f")
    expect(number).to_have_attribute("fill", "#12508f")
    colour.fill("#ffd700")
    expect(page.locator("#look-preview .error")).to_contain_text("has a contrast of 1.4 to 1")
    assert_accessible(page)

    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Take #8b7500").click()
    expect(number).to_have_attribute("fill", "#8b7500")

    logo = {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": svg()}
    page.get_by_label("Logo optional").set_input_files(logo)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("img", name="The logo as it is now")).to_be_visible(timeout=60_000)
    assert_accessible(page)
    page.get_by_label("Take the logo away").check()
    colour.fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("img", name="The logo as it is now")).to_have_count(0)
