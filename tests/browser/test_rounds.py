"""A manager asks a team: from the map to an open round, its links and mails, its end and its second beginning."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible, sign_in

pytestmark = pytest.mark.browser
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def look_at(page: Page) -> None:
    """Nothing is out of reach or cut off, at a desk and on a phone."""
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.set_viewport_size(DESK)


def plan_round(page: Page, title: str) -> None:
    """A draft with two groups, begun at the map of the demo's journey."""
    sign_in(page, "manager")
    page.get_by_role("link", name="A trip with us").first.click()
    page.locator("summary", has_text="More").click()
    page.get_by_role("link", name="Ask staff and customers").click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Staff", exact=True).check()
    page.get_by_label("Groups").fill("Gate team, 24\nLounge, 4")


def test_round_goes_from_the_map_to_its_second_opening(page: Page) -> None:
    plan_round(page, "Autumn")
    page.get_by_label("Staff and customers").check()
    page.locator("summary", has_text="Moments that customers are asked about").click()
    look_at(page)
    page.get_by_role("button", name="Make the draft").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Autumn")
    look_at(page)

    page.get_by_role("link", name="Open the round").click()
    expect(page.get_by_text("Lounge (4)")).to_be_visible()
    look_at(page)
    page.get_by_role("button", name="Open the round").click()
    expect(page.locator(".badge.state-open")).to_be_visible()
    look_at(page)

    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    page.get_by_role("link", name="Close the round").click()
    page.get_by_role("button", name="Close the round").click()
    expect(page.locator(".badge.state-closed")).to_be_visible()
    page.get_by_role("link", name="Open again").click()
    page.get_by_label("Why is it opened again?").fill("The night shift was on holiday.")
    look_at(page)
    page.get_by_role("button", name="Open it again").click()

    expect(page.locator(".badge.state-open")).to_be_visible()
    log = page.locator(".log li")
    expect(log.first).to_contain_text("Opened again by Maria Lindqvist: The night shift was on holiday.")
    expect(log.filter(has_text="Closed by")).to_have_count(1)
    page.get_by_role("link", name="Rounds").first.click()
    look_at(page)


def test_links_are_copied_shown_and_renewed_and_people_are_invited(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    plan_round(page, "Winter")
    page.get_by_role("button", name="Make the draft").click()
    page.get_by_role("link", name="Open the round").click()
    page.get_by_role("button", name="Open the round").click()
    page.get_by_role("link", name="Links and QR codes").first.click()
    gate = page.locator(".link-rows > li", has_text="Gate team")
    look_at(page)
    gate.get_by_role("button", name="Copy").first.click()
    expect(gate.get_by_role("button", name="Copied")).to_be_visible()
    address = gate.get_by_label("Link", exact=True).input_value()
    assert re.fullmatch(r"http://[^/]+/a/[\w-]{43}/", address)
    assert page.evaluate("navigator.clipboard.readText()") == address

    gate.get_by_role("link", name="Show on a screen").click()
    expect(page.get_by_role("img", name="QR code of Gate team")).to_be_visible()
    look_at(page)
    page.get_by_role("link", name="Back to the links").click()
    gate.get_by_text("Limit, renew, revoke").click()
    gate.get_by_role("link", name="New link").click()
    look_at(page)
    page.get_by_role("button", name="Make a new link").click()
    expect(gate.get_by_label("Link", exact=True)).not_to_have_value(address)

    page.get_by_role("link", name="Winter").click()
    page.get_by_role("link", name="Personal mails").click()
    page.get_by_label("Addresses").fill("anna@example.org, Anna Berg, Gate team\nnobody")
    page.get_by_role("button", name="Look at what is read").click()
    expect(page.get_by_text("There is no e-mail address in it.")).to_be_visible()
    look_at(page)
    page.get_by_role("button", name="Add 1 person").click()
    page.get_by_role("button", name="Invite 1 person now").click()
    expect(page.get_by_text("1 invitation leaves now.")).to_be_visible()
    look_at(page)
