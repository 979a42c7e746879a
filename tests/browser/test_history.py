"""Undo by hand: from the words about a change, by keyboard, and from the history page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible
from tests.browser.test_map import make_journey, type_moments

pytestmark = pytest.mark.browser


def remove_stage(page: Page) -> None:
    page.locator("summary").filter(has_text="Change the stage Before").click()
    page.get_by_role("button", name="Take off with its moments").click()
    expect(page.locator(".card")).to_have_count(0)


def test_deleted_stage_comes_back_from_the_toast_and_from_the_history(page: Page) -> None:
    make_journey(page, "Stage deleted")
    type_moments(page, "Asks", "Waits", "Is answered")
    page.keyboard.press("Escape")
    address = page.url.split("?")[0]

    remove_stage(page)
    expect(page.locator("#toast")).to_contain_text("“Before” is off the map.")
    assert_accessible(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".card h3")).to_have_text(["Asks", "Waits", "Is answered"])

    expect(page.get_by_role("button", name="Redo")).to_be_visible()
    remove_stage(page)
    page.goto(address)
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="History", exact=True).click()
    line = page.locator(".step").filter(has_text="took the stage “Before” off the map, with 3 moments").first
    assert_accessible(page)
    line.get_by_role("button", name="Undo").click()
    expect(page.locator(".notes")).to_contain_text("Undone:")
    expect(page.locator(".step").first).to_contain_text("brought the stage “Before” back")

    page.get_by_role("link", name="Back to the map").click()
    expect(page.locator(".card h3")).to_have_text(["Asks", "Waits", "Is answered"])


def test_keys_undo_and_redo_ones_own_steps_but_not_while_typing(page: Page) -> None:
    make_journey(page, "By keys")
    type_moments(page, "Asks", "Waits")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Asks").focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator(".card h3")).to_have_text(["Waits", "Asks"])
    expect(page.get_by_role("link", name="Asks")).to_be_focused()

    page.keyboard.press("Control+z")
    expect(page.locator(".card h3")).to_have_text(["Asks", "Waits"])
    expect(page.locator("#toast")).to_contain_text("Undone:")
    expect(page.get_by_role("link", name="Asks")).to_be_focused()
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(".card h3")).to_have_text(["Waits", "Asks"])

    page.get_by_label("What the customer expects").fill("To be heard.")
    expect(page.locator("#save-state")).to_have_text("Saved")
    page.get_by_label("What the customer expects").press("Control+z")
    expect(page.get_by_label("What the customer expects")).to_have_value("")
    expect(page.locator(".card h3")).to_have_text(["Waits", "Asks"])


@pytest.mark.expects_complaint("status of 409")
def test_undo_of_what_changed_since_asks_first_and_versions_are_restored(page: Page) -> None:
    make_journey(page, "Changed since")
    type_moments(page, "Asks")
    page.keyboard.press("Escape")
    address = page.url.split("?")[0]
    page.goto(address + "history/")
    page.get_by_label("Name", exact=True).fill("Before the workshop")
    page.get_by_role("button", name="Name the present state").click()
    expect(page.locator(".version-list")).to_contain_text("Before the workshop")

    page.goto(address)
    page.get_by_role("link", name="Asks").click()
    page.get_by_label("Level, our own estimate").select_option("5")
    expect(page.locator(".ladder .bubble.level-5 text")).to_have_text("5")
    page.goto(address + "history/")
    page.locator(".step").filter(has_text="added “Asks”").get_by_role("button", name="Undo").click()
    expect(page.locator(".undo-conflict")).to_contain_text("Surprising")
    assert_accessible(page)
    page.get_by_role("link", name="Leave it as it is").click()

    page.get_by_role("link", name="Before the workshop", exact=True).click()
    assert_accessible(page)
    page.get_by_role("button", name="Restore this version").click()
    expect(page.locator(".step").first).to_contain_text("restored the version “Before the workshop”")
    page.get_by_role("link", name="Back to the map").click()
    expect(page.locator(".ladder .bubble text")).to_have_text("?")


@pytest.mark.expects_complaint("status of 409")
def test_words_about_a_conflict_say_where_the_moment_is_and_can_be_left(page: Page) -> None:
    make_journey(page, "Moved twice")
    type_moments(page, "Asks", "Waits", "Is answered")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Asks").focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator("#toast")).to_contain_text("“Asks” moved.")
    other = page.context.new_page()
    other.goto(page.url.split("?")[0])
    other.get_by_role("link", name="Asks").focus()
    other.keyboard.press("Alt+ArrowRight")
    expect(other.locator(".card h3")).to_have_text(["Waits", "Is answered", "Asks"])

    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".undo-conflict")).to_contain_text("“Before”, place 3")
    assert_accessible(page)
    page.get_by_role("link", name="Leave it as it is").click()

    expect(page.locator("#toast")).to_be_empty()
    expect(page.locator(".card h3")).to_have_text(["Waits", "Is answered", "Asks"])
    expect(page.locator(".card h3 a").first).to_be_focused()


@pytest.mark.parametrize("width", [320, 390])
def test_history_fits_a_phone(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    make_journey(page, "W" * 100)
    type_moments(page, "M" * 150)
    page.goto(page.url.split("?")[0] + "history/")

    expect(page.locator(".step")).to_have_count(3)

    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert_accessible(page)
