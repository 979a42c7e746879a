"""Nothing typed is lost: in a stage that others take off the map, in a field the server refuses, in a comment."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible
from tests.browser.test_map import make_journey, type_moments

pytestmark = pytest.mark.browser
WITHIN_MS = 3000  # from the moment at which the change is stored


def add_stage(page: Page, title: str) -> None:
    page.keyboard.press("Escape")
    page.locator(".more-stages summary").press("Enter")
    page.locator("#new-stage").fill(title)
    page.keyboard.press("Enter")
    expect(page.locator(".stage h2", has_text=title)).to_be_visible()


def remove_stage(page: Page, title: str) -> None:
    page.locator("summary").filter(has_text=f"Change the stage {title}").click()
    page.locator("details[open]").get_by_role("button", name="Take off with its moments").click()
    expect(page.locator(".stage h2", has_text=title)).to_have_count(0)


def test_words_typed_in_a_stage_that_goes_go_on_in_the_next(page: Page) -> None:
    make_journey(page, "Going stage")
    type_moments(page, "Asks")
    add_stage(page, "After")
    other = page.context.new_page()
    other.goto(page.url.split("?")[0])
    title = page.locator(".stage", has_text="After").locator(".adding input[name=title]")
    expect(title).to_be_focused()
    page.keyboard.type("Is gree")

    remove_stage(other, "After")

    kept = page.locator(".stage", has_text="Before").locator(".adding input[name=title]")
    expect(kept).to_be_focused(timeout=WITHIN_MS)
    expect(kept).to_have_value("Is gree")
    expect(page.locator("#toast")).to_contain_text("Your words wait in “Before”.")
    assert_accessible(page)
    page.keyboard.press("End")
    page.keyboard.type("ted")
    page.keyboard.press("Enter")
    expect(page.locator(".card h3")).to_have_text(["Asks", "Is greeted"])
    expect(page.locator(".adding input[name=title]").first).to_have_value("")
    page.keyboard.type("Half a wor")

    remove_stage(other, "Before")

    expect(page.locator("#toast textarea")).to_have_value("Half a wor", timeout=WITHIN_MS)
    assert_accessible(page)


@pytest.mark.expects_complaint("status of 422")
def test_refused_value_comes_back_with_its_moment(page: Page) -> None:
    make_journey(page, "Refused")
    type_moments(page, "Asks", "Waits")
    page.get_by_label("Seconds each").fill("five and a half")
    expect(page.locator("#save-state")).to_contain_text("see the field marked in red")

    page.get_by_role("link", name="Asks").click()

    expect(page.locator("#panel h2")).to_have_text("Asks")
    expect(page.locator("#toast")).to_contain_text("“Waits” is not saved")
    assert_accessible(page)
    page.get_by_role("button", name="Go back to it").click()
    expect(page.get_by_label("Seconds each")).to_have_value("five and a half")
    expect(page.locator("#save-state")).to_contain_text("see the field marked in red")
    expect(page.locator("#id_seconds_problem")).not_to_be_empty()
    page.get_by_label("Seconds each").fill("330")
    expect(page.locator("#save-state")).to_have_text("Saved")
    page.reload()
    expect(page.get_by_label("Seconds each")).to_have_value("330")


def test_comment_of_somebody_else_appears_beside_what_one_types(page: Page) -> None:
    make_journey(page, "Both talk")
    type_moments(page, "Asks")
    other = page.context.new_page()
    other.goto(page.url)
    mine = page.get_by_label("New comment")
    mine.press_sequentially("I saw that th")
    for number, focused in enumerate((mine, page.get_by_role("textbox", name="Title", exact=True))):
        focused.focus()
        other.get_by_label("New comment").fill(f"Number {number}")
        other.get_by_role("button", name="Comment", exact=True).click()

        expect(page.locator(".threads")).to_contain_text(f"Number {number}", timeout=WITHIN_MS)
        expect(mine).to_have_value("I saw that th")
        expect(focused).to_be_focused()
    expect(page.locator(".card .card-comments")).to_contain_text("2 open comments")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".threads > li")).to_have_count(3)
    expect(mine).to_have_value("")
