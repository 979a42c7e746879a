"""People talk about a moment; an outsider reads the map by a link until it is revoked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Product, assert_accessible, listen_to, sign_in

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def make_map(page: Page, title: str) -> str:
    """A map of one stage with two moments; gives its address."""
    sign_in(page, "manager")
    page.goto("/northern-air/journeys/new/")
    form = page.locator("#empty")
    form.get_by_label("Title").fill(title)
    form.get_by_role("button", name="Start empty").click()
    expect(page.locator("#new-stage")).to_be_focused()
    page.wait_for_load_state()
    for number, words in enumerate(("Before", "Asks", "Waits")):
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        expect(page.locator(".card")).to_have_count(number)
        expect(page.locator(".adding input[name=title]")).to_be_focused()
    page.keyboard.press("Escape")
    return page.url.split("?")[0]


def test_comment_reaches_whom_it_mentions_and_is_answered_and_resolved(
    page: Page, product: Product, browser: Browser
) -> None:
    make_map(page, "Talked about")
    page.get_by_role("link", name="Asks").click()
    expect(page.locator("#panel h2")).to_have_text("Asks")
    new = page.get_by_label("New comment")
    new.press_sequentially("Do they all hear this, @san")
    expect(page.get_by_role("option", name="Sanna Petrov")).to_be_visible()
    assert_accessible(page)
    new.press("Enter")
    expect(new).to_have_value("Do they all hear this, @Sanna Petrov ")
    page.get_by_role("link", name="Waits").click()
    expect(page.locator("#panel h2")).to_have_text("Waits")
    page.get_by_role("link", name="Asks").click()
    expect(new).to_have_value("Do they all hear this, @Sanna Petrov ")
    page.get_by_role("button", name="Comment", exact=True).click()

    expect(page.locator(".mention")).to_have_text("@Sanna Petrov")
    expect(page.locator(".comment-said")).to_contain_text("Sanna Petrov may comment on this journey from now on.")
    expect(new).to_have_value("")
    expect(new).to_be_focused()
    expect(page.locator(".card", has_text="Asks").locator(".card-comments")).to_contain_text("1 open comment")

    context = browser.new_context(base_url=product.address, viewport=PHONE, locale="en-US")
    staff = context.new_page()
    complaints = listen_to(staff)
    sign_in(staff, "staff")
    staff.get_by_role("link", name=re.compile(r"Notifications: \d+ new")).click()
    assert_accessible(staff)
    staff.get_by_role("link", name="mentioned you").first.click()
    staff.locator(".thread").get_by_text("Answer", exact=False).first.click()
    staff.locator(".answer").get_by_role("textbox").fill("Yes, every time.")
    staff.locator(".answer").get_by_role("button", name="Answer").click()
    expect(staff.locator(".replies")).to_contain_text("Yes, every time.")
    assert_accessible(staff)
    assert staff.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert complaints.all() == []
    context.close()

    page.reload()
    expect(page.get_by_role("link", name=re.compile(r"Notifications: \d+ new"))).to_be_visible()
    page.get_by_role("button", name="Resolve the comment of Maria Lindqvist").click()
    expect(page.locator(".resolved > summary")).to_have_text("1 resolved")
    expect(page.locator(".resolved")).to_contain_text("Yes, every time.")
    expect(page.locator(".card", has_text="Asks").locator(".card-comments")).to_have_text("")
    assert_accessible(page)
    page.get_by_role("link", name="Comments").click()
    expect(page.get_by_role("heading", name="All is resolved")).to_be_visible()
    assert_accessible(page)


def test_link_with_a_passcode_shows_the_map_until_it_is_revoked(page: Page, product: Product, browser: Browser) -> None:
    address = make_map(page, "Shared with the board")
    page.goto(address)
    page.get_by_role("link", name="Share").click()
    page.get_by_label("Whom is it for?").fill("The board")
    page.get_by_label("Passcode").fill("open sesame")
    assert_accessible(page)
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("It is shown only now").input_value()
    assert_accessible(page)

    context = browser.new_context(base_url=product.address, viewport=PHONE, locale="en-US")
    outsider = context.new_page()
    complaints = listen_to(outsider, ("status of 422", "status of 404"))
    outsider.goto(link)
    assert link not in outsider.url
    outsider.get_by_label("Passcode").fill("open says me")
    outsider.get_by_role("button", name="Show the map").click()
    expect(outsider.get_by_text("This is not the passcode.")).to_be_visible()
    assert_accessible(outsider)
    outsider.get_by_label("Passcode").fill("open sesame")
    outsider.get_by_role("button", name="Show the map").click()
    expect(outsider.get_by_role("heading", name="Shared with the board")).to_be_visible()
    expect(outsider.locator(".shared-moment h3")).to_have_text(["Asks", "Waits"])
    assert_accessible(outsider)
    assert outsider.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    page.get_by_role("link", name="Revoke The board").click()
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("1 link that shows nothing any more")).to_be_visible()
    outsider.reload()
    expect(outsider.get_by_role("heading", name="This link shows nothing")).to_be_visible()
    assert_accessible(outsider)
    assert complaints.all() == []
    context.close()
