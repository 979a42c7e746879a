"""The map under a finger: a card dragged by its handle on a phone-sized screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect

from tests.browser.conftest import assert_accessible, listen_to
from tests.browser.test_map import make_journey, type_moments

pytestmark = pytest.mark.browser
AT_REST = """() => new Promise(done => {
  const card = document.querySelector(".card"), left = card.getBoundingClientRect().left;
  setTimeout(() => done(card.getBoundingClientRect().left === left), 250);
})"""
"""Whether the map no longer scrolls: a tap on what still moves meets its neighbour."""
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def phone(browser: Browser, browser_context_args: dict) -> Iterator[Page]:
    context = browser.new_context(**{**browser_context_args, **PHONE})
    page = context.new_page()
    complaints = listen_to(page)
    yield page
    heard = complaints.all()
    context.close()
    assert heard == []


def touch(finger: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})


def middle(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, handle: Locator, onto: Locator) -> None:
    """One finger from a handle to past the middle of a card, in small steps as a hand makes them."""
    finger = page.context.new_cdp_session(page)
    (left, top), (right, bottom) = middle(handle), middle(onto)
    touch(finger, "touchStart", (left, top))
    for step in range(1, 21):
        part = step / 20
        touch(finger, "touchMove", (left + (right + 20 - left) * part, top + (bottom - top) * part))
    expect(page.locator(".sortable-ghost")).to_be_visible()
    expect(page.locator(".card h3")).not_to_have_text(["Asks", "Waits", "Is answered"])
    touch(finger, "touchEnd")


def test_card_is_dragged_by_touch_on_a_phone(phone: Page) -> None:
    make_journey(phone, "Under a finger")
    type_moments(phone, "Asks", "Waits", "Is answered")
    phone.keyboard.press("Escape")
    cards = phone.locator(".card")
    cards.first.scroll_into_view_if_needed()

    with phone.expect_response("**/move/") as moved:
        drag(phone, cards.nth(0).locator(".handle"), onto=cards.nth(1))

    assert moved.value.status == 200
    expect(phone.locator(".card h3")).to_have_text(["Waits", "Asks", "Is answered"])
    phone.reload()
    expect(phone.locator(".card h3")).to_have_text(["Waits", "Asks", "Is answered"])
    assert_accessible(phone)


def test_finger_beside_the_handle_scrolls_and_opens(phone: Page) -> None:
    make_journey(phone, "Scrolled")
    titles = ["Asks", "Waits", "Is answered", "Is thanked", "Pays", "Leaves", "Comes again"]
    type_moments(phone, *titles)
    phone.keyboard.press("Escape")
    phone.locator(".card").first.scroll_into_view_if_needed()
    finger = phone.context.new_cdp_session(phone)
    left, top = middle(phone.locator(".card").nth(2).locator("h3"))

    touch(finger, "touchStart", (left, top))
    for step in range(1, 11):
        touch(finger, "touchMove", (left - 15 * step, top))
    touch(finger, "touchEnd")
    expect(phone.get_by_role("link", name="Asks")).not_to_be_in_viewport()
    expect(phone.locator(".card h3")).to_have_text(titles)
    phone.wait_for_function(AT_REST)
    phone.get_by_role("link", name="Is answered").tap()

    expect(phone.locator("#panel h2")).to_have_text("Is answered")
    expect(phone.locator("#moment-form")).to_be_in_viewport()
