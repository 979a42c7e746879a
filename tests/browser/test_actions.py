"""Actions in a browser: from an idea to what became of it, the board by keyboard and pointer, the mail's link."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, Product, assert_accessible, sign_in

pytestmark = pytest.mark.browser
BETTER = r"Better: customers put the moment at 1\.6 before and at 4\.6 after, \+3 levels \(\+2\.\d to \+3\.\d\)\."
IDEA = "Speak every 15 minutes, even with no news."


def day(days: int) -> str:
    """So many days from today, as a field takes it."""
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


def put(product: Product, *what: str) -> list[str]:
    """Rows for a test, in the product's own database; their ids."""
    environment = {**os.environ, "DATA_DIR": product.process.args[-1], "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-m", "tests.browser.action_rounds", *what]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.fixture(scope="module")
def spring(product: Product) -> tuple[str, str]:
    """A journey and its round, 80 days over."""
    journey_id, round_id = put(product, "spring")
    return journey_id, round_id


def test_idea_of_a_round_becomes_an_action_is_done_and_shows_its_effect(product: Product, page: Page, spring):
    journey_id, round_id = spring
    sign_in(page, "manager")
    page.goto(f"/northern-air/rounds/{round_id}/ideas/")
    of_gate = page.locator("section").filter(has=page.get_by_role("heading", name="Waits at the gate"))
    of_gate.get_by_role("listitem").filter(has_text=IDEA).get_by_role("link", name="Make an action").click()

    expect(page.get_by_label("What will be done")).to_have_value(IDEA)
    expect(page.get_by_label("Level now")).to_have_value("2")
    expect(page.get_by_label("Level expected")).to_have_value("3")
    assert_accessible(page)
    page.get_by_label("Eliminate it").check()
    expect(page.get_by_label("Who still relies on it?")).to_be_visible()
    page.get_by_label("Enhance the moment").check()
    expect(page.get_by_label("Who still relies on it?")).to_be_hidden()
    page.get_by_label("Effort").select_option("A day or less")
    page.get_by_role("button", name="Make the action").click()
    expect(page.get_by_role("heading", name=IDEA)).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="Done …").click()
    page.get_by_label("Done on").fill(day(-40))
    page.get_by_label("What we did").fill("Gate staff say why you wait.")
    page.get_by_label("Tell it under").check()
    assert_accessible(page)
    page.get_by_role("button", name="Save as done").click()
    expect(page.locator(".effect-says")).to_contain_text("The next round will tell")
    expect(page.locator("#toast")).to_contain_text("is now: Done")
    address = page.url.partition("?")[0]

    put(product, "autumn", journey_id, round_id)
    page.goto(address)

    expect(page.locator(".effect-says")).to_have_text(re.compile(BETTER))
    before = page.get_by_role("row").filter(has_text="Before: Spring")
    after = page.get_by_role("row").filter(has_text="After: Autumn")
    expect(before.get_by_role("cell")).to_have_text(["1.6", re.compile(r"^1\.\d to [12]\.\d$"), "14"])
    expect(after.get_by_role("cell")).to_have_text(["4.6", re.compile(r"^4\.\d to [45]\.\d$"), "14"])
    assert_accessible(page)


def test_what_people_said_and_what_was_done_is_read_by_a_link(page: Page, spring):
    """Of the idea above, in its own words, since fourteen of the staff answered; and of a moment's action."""
    journey_id, _round_id = spring
    sign_in(page, "manager")
    page.goto(f"/northern-air/journeys/{journey_id}/")
    page.get_by_role("link", name="Waits at the gate", exact=True).click()
    page.locator("#panel").get_by_role("link", name="Make an action").click()
    page.get_by_label("What will be done").fill("Write on the board why we wait")
    page.get_by_role("button", name="Make the action").click()
    page.get_by_role("link", name="Done …").click()
    page.get_by_label("What people said").fill("Silence is worse than waiting.")
    page.get_by_label("What we did").fill("The board says why.")
    page.get_by_label("Tell it under").check()
    page.get_by_role("button", name="Save as done").click()
    expect(page.locator("#toast")).to_contain_text("is now: Done")

    page.goto("/northern-air/said-and-done/")
    expect(page.get_by_text("Silence is worse than waiting.").first).to_be_visible()
    page.get_by_text("Make a link").first.click()
    page.get_by_label("Whom is it for?").fill("The screen at the gate")
    page.get_by_role("button", name="Make the link").click()
    link = page.get_by_label("Address of the link The screen at the gate").input_value()
    assert_accessible(page)

    page.context.clear_cookies()
    page.goto(link)
    expect(page.get_by_text("The board says why.").first).to_be_visible()
    assert "/said/pages/" in page.url
    page.get_by_role("link", name="العربية").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("قلتم ففعلنا")
    assert_accessible(page)


@pytest.mark.expects_complaint("status of 409")
def test_board_is_worked_by_keyboard_and_by_pointer(product: Product, page: Page, browser: Browser):
    sign_in(page, "manager")
    page.goto("/northern-air/actions/?owner=&journey=")
    what = "Show how many minutes until the first bag"
    card = page.locator(".action-card").filter(has_text=what)
    column = {state: page.locator(f'.action-cards[data-state="{state}"]') for state in ("proposed", "planned", "doing")}
    expect(column["proposed"].locator(card)).to_be_visible()
    assert_accessible(page)

    card.get_by_role("link", name=what).focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(column["planned"].get_by_role("link", name=what)).to_be_focused()
    expect(page.locator("#toast")).to_contain_text("is now: Planned")
    page.keyboard.press("Alt+ArrowRight")
    expect(column["doing"].get_by_role("link", name=what)).to_be_focused()
    page.locator("#undo-action").click()
    expect(column["planned"].get_by_role("link", name=what)).to_be_visible()

    with page.expect_response(re.compile(r"/move/")):
        card.locator(".action-grip").drag_to(column["doing"].locator(".action-card").first)
    expect(column["doing"].get_by_role("link", name=what)).to_be_visible()

    other = browser.new_page(storage_state=page.context.storage_state(), base_url=product.address)
    other.goto("/northern-air/actions/")
    other_card = other.locator(".action-card").filter(has_text=what)
    other_card.locator("summary").click()
    other_card.get_by_role("button", name="Proposed").click()
    expect(other.locator('.action-cards[data-state="proposed"]').get_by_role("link", name=what)).to_be_visible()
    other.close()
    card.locator("summary").click()
    card.get_by_role("button", name="Planned").click()
    expect(page.get_by_role("alert")).to_contain_text("was changed by somebody else meanwhile and is now: Proposed")
    expect(column["proposed"].get_by_role("link", name=what)).to_be_visible()
    assert_accessible(page)

    card.locator("summary").click()
    card.get_by_role("link", name="Dropped …").click()
    page.get_by_label("Why will it not be done?").fill("The belts can not tell.")
    page.get_by_role("button", name="Drop it").click()
    expect(page.get_by_text("The belts can not tell.").first).to_be_visible()
    page.locator("#undo-action").click()
    expect(page.locator("#toast")).to_contain_text("Taken back")

    for address in ("owners/", "owners/?ended=yes", "picture/"):
        page.goto(f"/northern-air/actions/{address}")
        assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 700})
    for address in ("", "owners/", "picture/", "7/", "7/edit/"):
        page.goto(f"/northern-air/actions/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, address


def mailed_link(product: Product) -> str:
    """The link of the newest weekly mail that has left, as its reader finds it."""
    for path in sorted((Path(product.process.args[-1]) / "mail").glob("*.log"), reverse=True):
        text = path.read_text()
        if "Tell families first" in text:
            found = re.search(r"https?://\S+/do/\S+", text)
            assert found, text
            return found[0]
    return ""


def test_weekly_mail_is_answered_without_signing_in(product: Product, page: Page, spring):
    assert put(product, "late", spring[0]) == ["1"]
    for _ in range(240):
        if mailed_link(product):
            break
        page.wait_for_timeout(250)

    page.goto(mailed_link(product))

    expect(page.get_by_role("heading", name="Your overdue actions")).to_be_visible()
    assert re.search(r"/do/mails/\d+/$", page.url)
    assert_accessible(page)
    asked = page.locator("section").filter(has_text="Tell families first")
    asked.get_by_text("A new date").click()
    asked.get_by_label("New date").fill(day(9))
    asked.get_by_role("button", name="Set this date").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you")
    expect(asked.get_by_text("It has a new date.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="No such mails any more").click()
    page.get_by_role("button", name="Stop these mails").click()
    expect(page.get_by_role("heading", name="You get no such mails any more")).to_be_visible()
    assert_accessible(page)
