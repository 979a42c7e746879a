"""A schedule, planned in words that follow the choices, run once, and mailed as a link."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible, sign_in

pytestmark = pytest.mark.browser


def test_schedule_is_planned_run_and_paused(page: Page) -> None:
    sign_in(page, "manager")
    page.get_by_role("link", name="Posters and reports", exact=True).click()
    page.get_by_role("link", name="Schedules").click()
    assert_accessible(page)
    page.get_by_role("link", name="New schedule").click()
    page.get_by_label("Which journey").select_option("A trip with us")
    page.get_by_role("button", name="Go on").click()

    words = page.locator("#schedule-preview")
    expect(words).to_contain_text("Every first Monday of the month at 08:00")
    assert_accessible(page)
    page.get_by_label("On", exact=True).select_option("a day of the month")
    expect(page.get_by_label("Weekday")).to_be_hidden()
    page.get_by_label("Day", exact=True).select_option("last")
    expect(words).to_contain_text("On the last day of every month at 08:00")
    page.get_by_label("Every week").check(force=True)
    expect(page.get_by_label("On", exact=True)).to_be_hidden()
    page.get_by_label("Weekday").select_option("Friday")
    expect(words).to_contain_text("Every Friday at 08:00")
    expect(words).to_contain_text("To 1 person.")
    page.get_by_label("Lars Okafor").check()
    expect(words).to_contain_text("To 2 people.")
    expect(page.get_by_label("Lars Okafor")).to_be_focused()

    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved: Every Friday at 08:00.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.get_by_role("button", name="Run now").click()
    expect(page.get_by_text("is being made. Its mails leave as soon as it is ready.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()

    page.get_by_role("cell").get_by_role("link", name="English").click()
    expect(page.get_by_text("The poster is ready")).to_be_visible(timeout=60_000)
