"""The map by hand: by keyboard alone, with undo, with two people, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import assert_accessible, sign_in

pytestmark = pytest.mark.browser


def make_journey(page: Page, title: str) -> None:
    """An empty journey, its map open."""
    sign_in(page, "manager")
    page.goto("/northern-air/journeys/new/")
    form = page.locator("#empty")
    form.get_by_label("Title").fill(title)
    form.get_by_role("button", name="Start empty").click()
    expect(page.locator("#new-stage")).to_be_focused()
    page.wait_for_load_state()  # its scripts listen from now on


def type_moments(page: Page, *titles: str) -> None:
    """A first stage and its moments, typed one after the other."""
    page.keyboard.type("Before")
    page.keyboard.press("Enter")
    for number, title in enumerate(titles):
        expect(page.locator(".adding input[name=title]")).to_be_focused()
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        expect(page.locator(".card")).to_have_count(number + 1)


def test_map_is_built_by_keyboard_alone(page: Page) -> None:
    make_journey(page, "By keyboard")
    assert_accessible(page)

    type_moments(page, "Asks", "Waits", "Is answered")
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Asks").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator(".card h3")).to_have_text(["Asks", "Is answered", "Waits"])
    expect(page.get_by_role("link", name="Waits")).to_be_focused()
    page.keyboard.press("n")
    page.keyboard.type("Says goodbye")
    page.keyboard.press("Enter")

    expect(page.locator(".card h3")).to_have_text(["Asks", "Is answered", "Waits", "Says goodbye"])
    expect(page.locator("#panel h2")).to_have_text("Says goodbye")


def test_map_of_24_moments_is_built_by_keyboard_alone(page: Page) -> None:
    make_journey(page, "Twenty-four")
    names = [f"M{number}" for number in range(24)]
    for stage in range(4):
        page.keyboard.type(f"Stage {stage}")
        page.keyboard.press("Enter")
        expect(page.locator(".adding[open]")).to_have_count(1)
        expect(page.locator(".adding[open] input[name=title]")).to_be_focused()
        for name in names[stage * 6 : stage * 6 + 6]:
            page.keyboard.type(name)
            page.keyboard.press("Enter")
        expect(page.locator(".card")).to_have_count(stage * 6 + 6)
        page.keyboard.press("Escape")
        expect(page.get_by_role("link", name=names[stage * 6 + 5], exact=True)).to_be_focused()
        page.locator(".more-stages summary").press("Enter")
        page.keyboard.press("Tab")
    expect(page.locator(".card h3")).to_have_text(names)
    page.keyboard.press("Escape")

    page.get_by_role("link", name="M5", exact=True).focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator(".stage").nth(1).locator(".card h3")).to_have_text(["M5", *names[6:12]])
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="M12", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#moment-form input[name=title]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="M12", exact=True)).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="M12", exact=True)).to_be_focused()


def test_slow_answer_leaves_the_new_moments_place_alone(page: Page) -> None:
    make_journey(page, "Slow line")
    type_moments(page, "Asks", "Waits")
    held: list[Route] = []
    page.route("**/panel/", lambda route: held.append(route))
    page.get_by_role("link", name="Waits").focus()
    with page.expect_request("**/panel/"):
        page.keyboard.press("Escape")
    page.get_by_role("link", name="Asks").focus()
    page.keyboard.press("n")
    page.keyboard.type("Is greeted")
    held[0].continue_()
    expect(page.locator("#panel h2")).to_have_text("About this journey")

    page.keyboard.press("Enter")

    expect(page.locator(".card h3")).to_have_text(["Asks", "Is greeted", "Waits"])


def test_removed_moment_comes_back_and_focus_stays(page: Page) -> None:
    make_journey(page, "With undo")
    type_moments(page, "Asks", "Waits", "Is answered")
    page.get_by_role("link", name="Waits").focus()

    page.keyboard.press("Delete")
    expect(page.locator(".card h3")).to_have_text(["Asks", "Is answered"])
    expect(page.get_by_role("link", name="Is answered")).to_be_focused()
    assert_accessible(page)
    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".card h3")).to_have_text(["Asks", "Waits", "Is answered"])


def test_level_and_volume_move_the_curve_and_the_numbers_while_typing(page: Page) -> None:
    make_journey(page, "While typing")
    page.get_by_label("Customers a year").fill("1,000")
    expect(page.locator(".map .page-head")).to_contain_text("1,000 customers a year")
    page.locator("#new-stage").focus()
    type_moments(page, "Asks", "Waits")

    page.get_by_label("Contacts per customer a year").fill("2.5")
    expect(page.locator(".headline")).to_contain_text("3,500")
    page.get_by_label("Level, our own estimate").select_option("5")

    expect(page.locator(".ladder .bubble.level-5 text")).to_have_text("5")
    expect(page.locator("#save-state")).to_have_text("Saved")
    assert_accessible(page)


def test_text_typed_just_before_leaving_is_kept(page: Page) -> None:
    make_journey(page, "Left at once")
    type_moments(page, "Asks")
    page.get_by_label("What the customer expects").fill("To be heard.")
    with page.expect_request("**/edit/"):
        page.get_by_role("link", name="Posters").click()
    page.wait_for_url("**/posters/")

    page.goto("/northern-air/journeys/")
    page.get_by_role("link", name="Left at once").click()
    page.get_by_role("link", name="Asks").click()

    expect(page.get_by_label("What the customer expects")).to_have_value("To be heard.")


@pytest.mark.expects_complaint("status of 409")
def test_second_writer_chooses_between_both_texts(page: Page) -> None:
    make_journey(page, "Two writers")
    type_moments(page, "Asks")
    other = page.context.new_page()
    other.goto(page.url)
    page.route("**/changes/?*", lambda route: None)  # as if the news had not come yet
    other.get_by_label("What more will we do?").fill("Theirs.")
    expect(other.locator("#moment-version")).to_have_value("2")

    page.get_by_label("What more will we do?").fill("Mine.")
    expect(page.locator("#stale")).to_contain_text("Theirs.")
    assert_accessible(page)
    page.get_by_role("button", name="Keep mine").click()

    expect(page.locator("#stale")).to_be_empty()
    other.reload()
    expect(other.get_by_label("What more will we do?")).to_have_value("Mine.")


@pytest.mark.expects_complaint("status of 422")
def test_wrong_figure_is_named_beside_its_field_and_stays(page: Page) -> None:
    make_journey(page, "Wrong figure")
    type_moments(page, "Asks")

    page.get_by_label("Seconds each").fill("a while")
    expect(page.locator("#id_seconds_problem")).to_contain_text("Type a number")
    expect(page.locator("#save-state")).to_contain_text("Not saved")
    assert_accessible(page)
    expect(page.get_by_label("Seconds each")).to_have_value("a while")
    page.get_by_label("Seconds each").fill("2 min")

    expect(page.locator("#id_seconds_problem")).to_be_empty()
    expect(page.locator(".headline")).to_contain_text("120 s")


@pytest.mark.parametrize("width", [320, 390])
def test_map_fits_a_phone(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    sign_in(page, "manager")
    page.get_by_role("link", name="A birthday table for twelve").click()
    assert_accessible(page)

    page.locator(".card h3 a").first.click()
    expect(page.locator("#moment-form")).to_be_in_viewport()

    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert_accessible(page)


def test_map_works_without_script(browser, browser_context_args) -> None:
    page = browser.new_context(**browser_context_args, java_script_enabled=False).new_page()
    make = "/northern-air/journeys/new/"
    page.goto("/accounts/login/?next=" + make)
    page.get_by_label("E-mail").fill("manager@demo.example")
    page.get_by_label("Password", exact=True).fill("moments-of-truth")
    page.get_by_role("button", name="Sign in").click()

    page.locator("#empty").get_by_label("Title").fill("Without script")
    page.get_by_role("button", name="Start empty").click()
    page.get_by_label("New stage").fill("Before")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_label("New moment").fill("Asks")
    page.get_by_role("button", name="Add moment").click()
    page.get_by_label("Seconds each").fill("30")
    page.get_by_role("button", name="Save").click()

    expect(page.locator(".headline")).to_contain_text("30 s")
    expect(page.locator(".card h3")).to_have_text(["Asks"])


@pytest.mark.expects_complaint("net::ERR_FAILED", "htmx:afterRequest", "htmx:sendError")
def test_text_typed_while_the_network_is_away_is_saved_when_it_is_back(page: Page) -> None:
    make_journey(page, "Without network")
    type_moments(page, "Asks")
    page.route("**/edit/", lambda route: route.abort())

    page.get_by_label("What the customer expects").fill("To be heard.")
    expect(page.locator("#save-state")).to_contain_text("Not saved")
    page.unroute("**/edit/")

    expect(page.locator("#save-state")).to_have_text("Saved", timeout=15_000)
    page.reload()
    expect(page.get_by_label("What the customer expects")).to_have_value("To be heard.")
