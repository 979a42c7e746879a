"""The habit of looking: what is sent is rated on phones, customers judge; a review is planned, held and closed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import assert_accessible, listen_to, sign_in

pytestmark = pytest.mark.browser
COMMUNICATIONS = "/northern-air/communications/"


@pytest.fixture
def phone(browser: Browser, browser_context_args: dict) -> Iterator[Page]:
    """A phone without an account, which fails its test where its browser complained."""
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    context = browser.new_context(**{**browser_context_args, **phone})
    page = context.new_page()
    complaints = listen_to(page, ("status of 422", "status of 404"))
    yield page
    assert complaints.all() == []
    context.close()


def fits(page: Page, width: int) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


def test_what_is_sent_is_rated_on_a_phone_and_the_link_ends_at_once(page, phone):
    sign_in(page, "manager")
    page.goto(COMMUNICATIONS)
    assert_accessible(page)
    row = page.get_by_role("row").filter(has_text="Delay message")
    expect(row).to_contain_text("Undermines")
    expect(row).to_contain_text("by customers")
    expect(row.locator(".gap.flattering").last).to_be_visible()
    page.get_by_role("link", name="Ask customers and staff").click()
    expect(page.get_by_role("heading", name="Ask customers and staff")).to_be_visible()
    assert_accessible(page)
    link = page.get_by_role("textbox", name="Link Customers").input_value()

    phone.goto(link)
    expect(phone.get_by_role("heading", name="What we send")).to_be_visible()
    assert link not in phone.url
    assert_accessible(phone)
    phone.get_by_role("button", name="Send it").tap()
    expect(phone.get_by_role("alert")).to_contain_text("One answer is enough.")
    bill = phone.get_by_role("region", name="Invoice")
    expect(bill.get_by_role("group", name="How was it for you?")).to_be_hidden()
    bill.get_by_role("radio", name="Quite").tap()
    bill.get_by_role("radio", name="Criminal").tap()
    expect(bill.get_by_role("radio", name="Criminal")).to_be_checked()
    never = phone.get_by_role("region", name="Newsletter").get_by_role("radio", name="I never saw it")
    never.focus()
    phone.keyboard.press("Space")
    expect(never).to_be_checked()
    phone.keyboard.press("ArrowUp")
    expect(phone.get_by_role("region", name="Newsletter").get_by_role("radio", name="Very")).to_be_checked()
    assert_accessible(phone)
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.evaluate("document.documentElement.style.fontSize = '200%'")
    assert fits(phone, 320)
    assert_accessible(phone)
    phone.get_by_role("button", name="Send it").press("Enter")
    expect(phone.get_by_role("heading", name="Thank you. Your answers are counted.")).to_be_visible()
    assert_accessible(phone)
    phone.goto(link)
    expect(phone.get_by_role("heading", name="Thank you. Your answers are counted.")).to_be_visible()
    phone.get_by_role("link", name="العربية").tap()
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")

    page.get_by_role("link", name="Revoke Customers").click()
    assert_accessible(page)
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("The link is revoked. What was said by it stays.")).to_be_visible()
    assert_accessible(page)
    phone.reload()
    expect(phone.get_by_role("heading", name="This opens nothing")).to_be_visible()
    assert_accessible(phone)
    page.get_by_role("button", name="Make the link Customers").click()
    expect(page.get_by_role("textbox", name="Link Customers")).not_to_have_value(link)


def test_a_review_is_called_for_held_and_closed(page):
    sign_in(page, "manager")
    page.goto("/northern-air/")
    expect(page.get_by_role("link", name="A review is on")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="A review is on").click()
    expect(page.get_by_role("heading", name="Review: A trip with us")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Rhythm and people").click()
    assert_accessible(page)
    page.go_back()
    page.get_by_role("button", name="Begin the minutes").click()
    expect(page.get_by_role("heading", name="Minutes")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("What was said").fill("The gate is calmer.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The gate is calmer.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Close the review").click()
    expect(page.get_by_text("The review is closed.")).to_be_visible()
    page.goto("/northern-air/reviews/")
    assert_accessible(page)
    page.goto("/northern-air/")
    expect(page.get_by_role("heading", name="What needs you")).to_be_visible()
    expect(page.get_by_role("link", name="A review is on")).to_have_count(0)
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("reviews/", "communications/", "communications/asking/", "communications/new/"):
        page.goto(f"/northern-air/{path}")
        assert_accessible(page)
        assert fits(page, 320), path
