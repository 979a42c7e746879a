"""Several people on one map: what others do appears by itself and takes nothing from anybody's hands."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import assert_accessible, listen_to, sign_in
from tests.browser.test_map import make_journey, type_moments

pytestmark = pytest.mark.browser
WITHIN_MS = 3000  # from the moment at which the change is stored


@pytest.fixture
def open_as(browser: Browser, browser_context_args: dict) -> Iterator[Callable[[str, str], Page]]:
    """open_as(role, address) gives another person's browser there; it may have no complaint either."""
    contexts, complaints = [], []

    def open_page(role: str, address: str) -> Page:
        contexts.append(browser.new_context(**browser_context_args))
        page = contexts[-1].new_page()
        complaints.append(listen_to(page))
        sign_in(page, role)
        page.goto(address)
        return page

    yield open_page
    heard = [words for listener in complaints for words in listener.all()]
    for context in contexts:
        context.close()
    assert heard == []


def test_two_browsers_on_one_map(page: Page, open_as) -> None:
    make_journey(page, "Together")
    type_moments(page, "Asks", "Waits")
    reader = open_as("leader", page.url)
    expect(page.locator("#presence")).to_contain_text("Lars Okafor reads “Waits”")
    expect(reader.locator("#presence")).to_contain_text("Maria Lindqvist is at “Waits”")
    expect(reader.locator(".card", has_text="Waits").locator(".here")).to_have_text("ML")

    page.locator(".adding input[name=title]").fill("Is answered")
    page.keyboard.press("Enter")

    expect(reader.locator(".card h3")).to_have_text(["Asks", "Waits", "Is answered"], timeout=WITHIN_MS)
    expect(reader.locator("#news")).to_have_text("Maria Lindqvist added “Is answered”")
    expect(reader.locator("#presence")).to_contain_text("Maria Lindqvist is at “Is answered”")
    expect(page.locator("#news")).to_be_empty()
    assert_accessible(reader)
    assert_accessible(page)
    reader.get_by_role("link", name="Posters").click()
    expect(page.locator("#presence")).to_be_empty(timeout=WITHIN_MS)


def test_what_others_do_takes_nothing_from_ones_hands(page: Page) -> None:
    make_journey(page, "Hands off")
    type_moments(page, "Asks", "Waits", "Is answered")
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_role("link", name="Asks").focus()
    page.keyboard.press("n")
    page.keyboard.type("Is gree")
    page.evaluate("document.activeElement.setSelectionRange(2, 2)")

    other.get_by_role("link", name="Is answered").focus()
    other.keyboard.press("Delete")
    expect(page.locator(".card h3")).to_have_text(["Asks", "Waits"], timeout=WITHIN_MS)
    expect(page.locator("#news")).to_have_text("“Is answered” was taken off the map by somebody else.")

    field = page.locator(".adding input[name=title]")
    expect(field).to_be_focused()
    expect(field).to_have_value("Is gree")
    assert page.evaluate("document.activeElement.selectionStart") == 2
    page.keyboard.press("End")
    page.keyboard.type("ted")
    page.keyboard.press("Enter")
    expect(page.locator(".card h3")).to_have_text(["Asks", "Is greeted", "Waits"])
    expect(other.locator(".card h3")).to_have_text(["Asks", "Is greeted", "Waits"], timeout=WITHIN_MS)


@pytest.mark.expects_complaint("status of 409")
def test_open_moment_is_refreshed_until_somebody_types_in_it(page: Page) -> None:
    make_journey(page, "Same moment")
    type_moments(page, "Asks")
    other = page.context.new_page()
    other.goto(page.url)
    mine, theirs = page.get_by_label("What more will we do?"), other.get_by_label("What more will we do?")

    theirs.fill("Call back.")
    expect(other.locator("#moment-version")).to_have_value("2")
    expect(mine).to_have_value("Call back.", timeout=WITHIN_MS)
    held: list[Route] = []
    page.route("**/edit/", lambda route: held.append(route))
    with page.expect_request("**/edit/"):
        mine.fill("Call back within an hour.")
    theirs.fill("Call back today.")
    expect(other.locator("#moment-version")).to_have_value("3")
    held[0].continue_()
    page.unroute("**/edit/")

    expect(page.locator("#stale")).to_contain_text("Call back today.")
    expect(mine).to_have_value("Call back within an hour.")
    assert_accessible(page)
    page.get_by_role("link", name="Asks").click()
    expect(page.get_by_role("button", name="Keep mine")).to_be_focused()
    page.get_by_role("button", name="Keep mine").click()
    expect(page.locator("#stale")).to_be_empty()
    expect(theirs).to_have_value("Call back within an hour.", timeout=WITHIN_MS)


def test_names_typed_faster_than_the_line_all_arrive_in_order(page: Page) -> None:
    make_journey(page, "Fast hands")
    type_moments(page, "One")
    held: list[Route] = []
    page.route("**/moments/add/", lambda route: route.continue_() if held else held.append(route))
    for title in ("Two", "Three", "Four"):
        page.keyboard.type(title)
        page.keyboard.press("Enter")
    page.keyboard.type("Fi")
    held[0].continue_()

    expect(page.locator(".card h3")).to_have_text(["One", "Two", "Three", "Four"])
    expect(page.locator(".adding input[name=title]")).to_have_value("Fi")
    expect(page.locator(".adding input[name=title]")).to_be_focused()
