"""A long map by hand: small answers, the overview, a filter, lanes, and the table."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible, sign_in

pytestmark = pytest.mark.browser


def open_long_map(page: Page, title: str) -> None:
    """A map of 60 moments in 4 stages that came from a file."""
    stages = [
        {
            "title": f"Stage {stage}",
            "moments": [
                {"title": f"Moment {stage}.{number}", "level": number % 6 + 1, "channel": "phone" if number else "web"}
                for number in range(15)
            ],
        }
        for stage in range(4)
    ]
    journey = {"title": title, "customers_per_year": 1000, "stages": stages}
    sign_in(page, "manager")
    page.goto("/northern-air/journeys/new/")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "long.json", "mimeType": "application/json", "buffer": json.dumps(journey).encode()}
    )
    page.locator("form.upload").get_by_role("button", name="Preview the file").click()
    page.get_by_role("button", name="Create journey").click()
    expect(page.locator(".card")).to_have_count(60)
    page.wait_for_load_state()


def test_long_map_stays_itself_after_small_answers(page: Page) -> None:
    open_long_map(page, "Long")
    assert_accessible(page)
    page.locator("#overview").click(position={"x": 500, "y": 40})
    link = page.get_by_role("link", name="Moment 1.14")
    expect(link).to_be_in_viewport()

    link.focus()
    with page.expect_response("**/move/") as answer:
        page.keyboard.press("Alt+ArrowRight")
    expect(page.locator("#map-version")).to_have_attribute("data-version", "2")
    expect(page.locator(".stage").nth(2).locator(".card h3").first).to_have_text("Moment 1.14")
    expect(link).to_be_focused()
    assert answer.value.header_value("HX-Reswap") == "none"

    page.keyboard.press("n")
    page.keyboard.type("Brand new")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Brand new")
    expect(page.locator(".card")).to_have_count(61)
    expect(page.locator(".adding[open] input[name=title]")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("#panel").get_by_label("Level").select_option("6")
    expect(page.locator(".card.chosen .figures")).to_contain_text("Level 6")
    expect(page.locator("#save-state")).to_have_text("Saved")
    page.get_by_role("link", name="Brand new").focus()
    page.keyboard.press("Delete")
    expect(page.locator(".card")).to_have_count(60)
    expect(page.get_by_role("button", name="Undo")).to_be_visible()

    as_answered = page.locator(".card h3").all_inner_texts()
    circles = page.locator(".bubble circle").evaluate_all("all => all.map(circle => circle.getAttribute('cy'))")
    page.reload()
    assert page.locator(".card h3").all_inner_texts() == as_answered
    assert page.locator(".bubble circle").evaluate_all("all => all.map(c => c.getAttribute('cy'))") == circles


def test_filter_and_lanes_stay_and_circles_stand_over_their_cards(page: Page) -> None:
    open_long_map(page, "Filtered")
    page.locator(".filter summary").click()
    page.locator("#filter-form").get_by_label("Web").check()
    page.get_by_role("button", name="Show these").click()
    expect(page.locator("#filter-count")).to_have_text("4 of 60 moments")
    expect(page.locator(".card")).to_have_count(4)
    page.get_by_role("link", name="Show lanes").click()
    expect(page.get_by_role("rowheader", name="Front stage")).to_be_visible()
    page.get_by_role("link", name="Moment 2.0").click()
    page.locator("#panel").get_by_label("Who serves in front").fill("Desk")
    page.keyboard.press("Tab")
    expect(page.get_by_role("cell", name="Desk")).to_be_visible()
    assert_accessible(page)

    page.reload()

    expect(page.locator(".card")).to_have_count(4)
    expect(page.get_by_role("cell", name="Desk")).to_be_visible()
    apart = page.evaluate("""() => [...document.querySelectorAll(".card")].map((card) => {
      const middle = (box) => box.left + box.width / 2;
      const circle = document.querySelector(`[data-open="${card.dataset.moment}"] circle`);
      return Math.abs(middle(card.getBoundingClientRect()) - middle(circle.getBoundingClientRect()));
    })""")
    assert max(apart) < 1


def test_table_is_changed_by_pointer_and_by_keyboard(page: Page) -> None:
    open_long_map(page, "Tabled")
    page.get_by_role("link", name="Table", exact=True).click()
    page.wait_for_url("**/table/")
    assert_accessible(page)
    rows = page.locator("table.moments tbody tr")
    expect(rows).to_have_count(60)

    rows.nth(1).locator("[data-field=seconds]").click()
    expect(page.get_by_label("Seconds each")).to_be_focused()
    assert_accessible(page)
    page.get_by_label("Seconds each").fill("2 min")
    page.keyboard.press("Enter")
    expect(rows.nth(1).locator("[data-field=seconds]")).to_have_text("120")
    expect(page.locator("#" + rows.nth(1).locator("a").get_attribute("id"))).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(rows.nth(2).get_by_label("Title")).to_be_focused()
    page.keyboard.type("Not kept")
    page.keyboard.press("Escape")
    expect(rows.nth(2).locator("th")).to_contain_text("Moment 0.2")

    page.get_by_role("link", name="Level").click()
    expect(page.get_by_role("columnheader", name="Level")).to_have_attribute("aria-sort", "ascending")
    expect(rows.first.locator("[data-field=level]")).to_contain_text("1 Criminal")
