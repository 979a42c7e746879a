"""What if, by keyboard, by mouse and by finger; and the way there from the map."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import assert_accessible, listen_to, sign_in

pytestmark = pytest.mark.browser


def open_what_if(page: Page) -> None:
    """The what-if of the demo's trip, from its map."""
    sign_in(page, "manager")
    page.get_by_role("link", name="A trip with us").first.click()  # the demo's
    page.get_by_role("link", name="What if").click()
    expect(page.get_by_role("heading", name="What if")).to_be_visible()


def circle(page: Page, title: str) -> Locator:
    return page.get_by_role("slider", name=title)


def target_of(page: Page, figure: str) -> Locator:
    return page.locator("#outcome tr", has_text=figure).locator("td b")


def test_what_if_by_keyboard_is_kept_and_opened_again(page: Page) -> None:
    open_what_if(page)
    assert_accessible(page)
    balance = target_of(page, "Loyalty balance").inner_text()

    page.get_by_role("slider", name="Searches a fare").focus()
    page.keyboard.press("ArrowRight")
    expect(circle(page, "Books by phone")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(circle(page, "Books by phone")).to_have_attribute("aria-valuetext", "4 Desired (as today: 2 Basic)")
    expect(target_of(page, "Loyalty balance")).not_to_have_text(balance)
    expect(page.locator("#target-curve")).to_have_attribute("d", re.compile("^M"))
    expect(page).to_have_url(re.compile(r"to-\d+=4"))
    expect(circle(page, "Books by phone")).to_be_focused()
    changed = target_of(page, "Loyalty balance").inner_text()
    page.keyboard.press("Delete")
    expect(target_of(page, "Loyalty balance")).to_have_text(balance)
    page.get_by_role("button", name="Undo").click()
    expect(target_of(page, "Loyalty balance")).to_have_text(changed)
    assert_accessible(page)

    page.get_by_label("Name").fill("Answer at once")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="Answer at once")).to_be_visible()
    expect(circle(page, "Books by phone")).to_have_attribute("aria-valuenow", "4")
    page.get_by_role("link", name="Make a poster of it").click()
    expect(page.get_by_label("What it shows").locator("option:checked")).to_have_text("Today and “Answer at once”")


def drag(page: Page, mark: Locator, levels: int) -> None:
    """By the mouse, so many levels up."""
    box, ladder = mark.locator(".then circle").bounding_box(), page.locator("#what-if-ladder").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - levels * ladder["height"] / 6, steps=6)
    page.mouse.up()


def test_what_if_by_drag_keeps_what_is_seen_before_its_figures_come(page: Page) -> None:
    open_what_if(page)
    risk = target_of(page, "Customers at risk").inner_text()

    drag(page, circle(page, "Books by phone"), 2)
    expect(circle(page, "Books by phone")).to_have_attribute("aria-valuenow", "4")
    expect(target_of(page, "Customers at risk")).not_to_have_text(risk)
    page.get_by_role("button", name="Undo").click()
    expect(circle(page, "Books by phone")).to_have_attribute("aria-valuenow", "2")
    expect(target_of(page, "Customers at risk")).to_have_text(risk)
    held: list[Route] = []
    page.route("**/what-if/?*play=1*", lambda route: held.append(route))
    drag(page, circle(page, "Books by phone"), 3)
    page.get_by_label("Name").fill("Dragged")
    page.get_by_role("button", name="Keep it").click()

    expect(page.get_by_role("heading", name="Dragged")).to_be_visible()
    expect(circle(page, "Books by phone")).to_have_attribute("aria-valuenow", "5")


@pytest.mark.expects_complaint("status of 422")
def test_what_if_by_finger_table_and_own_figure(product, browser: Browser) -> None:
    context = browser.new_context(
        base_url=product.address, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en-US"
    )
    page = context.new_page()
    complaints = listen_to(page, ("status of 422",))
    open_what_if(page)
    mark = circle(page, "Books by phone")
    mark.scroll_into_view_if_needed()
    touch_up(page, mark, 2)
    expect(mark).to_have_attribute("aria-valuenow", "4")

    page.get_by_text("Choose levels in a table").click()
    page.get_by_role("combobox", name="Books by phone").select_option("6 Unbelievable")
    expect(mark).to_have_attribute("aria-valuenow", "6")
    page.get_by_label("Our own figure, in percent").fill("700")
    expect(page.locator("#leave-own-error")).not_to_be_empty()
    page.get_by_label("Our own figure, in percent").fill("10")
    expect(page.locator("#leave-own-error")).to_be_empty()
    expect(page.locator("#assumptions")).to_contain_text("10% of the customers who meet a poor moment leave.")

    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert complaints.all() == []
    context.close()


def touch_up(page: Page, mark: Locator, levels: int) -> None:
    """By a finger, so many levels up."""
    box, ladder = mark.locator(".then circle").bounding_box(), page.locator("#what-if-ladder").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)

    def send(kind: str, *points: dict[str, float]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", {"x": x, "y": y})
    for step in range(1, 7):
        send("touchMove", {"x": x, "y": y - step * levels * ladder["height"] / 36})
    send("touchEnd")


def test_reading_aids_open_their_moment_by_one_click(page: Page) -> None:
    sign_in(page, "manager")
    page.get_by_role("link", name="A trip with us").first.click()  # the demo's

    page.get_by_role("link", name="Longest wait").click()
    expect(page.locator("#panel h2")).to_have_text("Waits at the gate")
    page.get_by_role("link", name="Least value a second").click()
    expect(page.locator("#panel h2")).to_have_text("Books by phone")
    page.get_by_text("How these are found").click()

    assert_accessible(page)
