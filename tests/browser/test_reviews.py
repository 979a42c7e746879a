"""The habit of looking: reviews planned, held with an agenda and minutes, and closed; the table of communications."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible, sign_in

pytestmark = pytest.mark.browser
JOURNEY, REVIEWS = "A birthday table for twelve", "/northern-air/reviews/"


@pytest.mark.expects_complaint("status of 422", "status of 409")
def test_review_is_planned_held_with_its_agenda_and_closed(page: Page):
    sign_in(page, "manager")
    page.goto(REVIEWS)
    assert_accessible(page)
    page.get_by_role("link", name=JOURNEY).click()
    expect(page.get_by_text("No review is planned.")).to_be_visible()
    page.get_by_role("link", name="Plan reviews").click()
    page.get_by_label("Every month").check()
    page.get_by_label("Next review").fill("2020-01-01")
    page.get_by_role("textbox", name="Where").fill("The large table")
    page.get_by_label("Maria Lindqvist").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("This day is over.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Where")).to_have_value("The large table")
    assert_accessible(page)
    page.get_by_label("Next review").fill((datetime.now(UTC).date() + timedelta(days=20)).isoformat())
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The large table")).to_be_visible()
    for head in ("What changed", "The moment that does most damage", "Stories to read aloud", "Actions"):
        expect(page.get_by_role("heading", name=head, exact=True)).to_be_visible()
    assert_accessible(page)

    page.get_by_role("button", name="Begin the minutes").click()
    page.get_by_label("What was said").fill("The phone rings too long.")
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("What was said").fill("The cake came late.")
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_text("The minutes are saved.")).to_be_visible()
    other.close()
    page.get_by_role("button", name="Save").click()
    conflict = page.get_by_role("alert").filter(has_text="Somebody else wrote in these minutes while you did.")
    expect(conflict).to_contain_text("The cake came late.")
    expect(page.get_by_label("What was said")).to_have_value("The phone rings too long.")
    assert_accessible(page)
    page.get_by_label("What was said").fill("The phone rings too long. The cake came late.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The phone rings too long. The cake came late.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Close the review").click()
    expect(page.get_by_text("The review is closed. The next one is on")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 700})
    for address in (page.url, f"{page.url}rhythm/", REVIEWS):
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
