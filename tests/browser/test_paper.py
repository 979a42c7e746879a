"""Paper answers typed in by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible, sign_in
from tests.browser.open_rounds import open_round_in

pytestmark = pytest.mark.browser

TEN = [f"Moment {number}" for number in range(1, 11)]


class Keys:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.name || document.activeElement.id")


def level(page: Page, number: int) -> str:
    return page.evaluate(f"document.querySelector('[name=m{number}_level]:checked')?.value ?? ''")


@pytest.mark.expects_complaint("ERR_FAILED", "htmx:")
def test_sheet_of_ten_moments_takes_eleven_keys_and_can_be_taken_back(page: Page, product) -> None:
    made = open_round_in(product, TEN, ("Gate team", "Night shift"))
    sign_in(page, "manager")
    page.goto(f"/northern-air/rounds/{made['round']}/paper/")
    page.get_by_label("Group").select_option(label="Night shift")
    page.locator("[name=m1_level]").first.focus()
    assert_accessible(page)

    keys = Keys(page)
    keys.press(*"3456120x21")
    assert focused(page) == "paper-save"
    keys.press("Enter")

    expect(page.get_by_text("Sheet 1 saved.")).to_be_visible()
    assert keys.count <= 12
    expect(page.locator("[name=m1_level]").first).to_be_focused()
    assert level(page, 1) == ""
    expect(page.get_by_label("Group").locator("option:checked")).to_have_text("Night shift")
    assert_accessible(page)

    # Taken back, it stands there again; mended by keyboard, it is saved anew.
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The sheet is taken back.")).to_be_visible()
    assert [level(page, number) for number in range(1, 11)] == list("3456120021")
    expect(page.locator("[name=m1_level]:checked")).to_be_focused()
    keys.press("6", "Backspace", "5", "Enter", "ArrowUp", "Delete")
    assert [level(page, number) for number in (1, 2)] == ["5", ""]
    keys.press("4", "Tab")
    assert focused(page) == "m3_times"
    page.keyboard.type("40")
    keys.press("Tab", "Tab", "l", "Enter")
    assert page.locator("[name=m3_decision]").input_value() == "eliminate"
    assert focused(page) == "m4_level"

    # The connection is lost: nothing typed is, not even by a reload.
    expect(page.locator("#paper-failed")).to_be_hidden()
    page.route("**/paper/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.locator("#paper-save").focus()
    keys.press("Enter")
    expect(page.get_by_text("Not saved: the server could not be reached.")).to_be_visible()
    page.reload()
    assert [level(page, number) for number in (1, 2, 3, 10)] == ["5", "4", "5", "1"]
    page.unroute("**/paper/")
    page.locator("#paper-save").focus()
    keys.press("Enter")

    expect(page.get_by_text("Sheet 1 saved.")).to_be_visible()
    page.reload()
    assert level(page, 1) == ""


def test_other_columns_stay_hidden_from_sheet_to_sheet(page: Page, product) -> None:
    made = open_round_in(product, TEN[:2])
    sign_in(page, "manager")
    page.goto(f"/northern-air/rounds/{made['round']}/paper/")

    page.get_by_label("Show the other columns").uncheck()
    page.locator("[name=m1_level]").first.focus()
    keys = Keys(page)
    keys.press("3", "4", "Enter")

    expect(page.get_by_text("Sheet 1 saved.")).to_be_visible()
    expect(page.locator("[name=m1_times]")).to_be_hidden()
    expect(page.locator("[name=m1_level]").first).to_be_focused()
    keys.press("3", "4", "Enter")
    expect(page.get_by_text("Sheet 2 saved.")).to_be_visible()
