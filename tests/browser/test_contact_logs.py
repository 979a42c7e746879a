"""A contact log from the file to the map: dropped, its columns confirmed, counted, its names said, taken over."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import HOME, Product, assert_accessible, sign_in
from tests.browser.test_map import make_journey, type_moments

pytestmark = pytest.mark.browser
NAMES = ("Books by phone", "Dropping the bag", "Hotline", "Test call")
DROP = """([form, name, text]) => {
  const dropped = new DataTransfer();
  dropped.items.add(new File([text], name, { type: "text/csv" }));
  form.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
}"""


def a_log(name: str) -> str:
    """Calls on weekdays of half a year, and a row that can't be read."""
    rows = ["Customer;Begin;End;Queue;Channel"]
    for number in range(900):
        began = datetime(2025, 1, 6, 9, tzinfo=UTC) + timedelta(
            days=7 * (number % 26) + number % 5, minutes=number % 400
        )
        ended = began + timedelta(seconds=30 + number % 90)
        queue = NAMES[number % len(NAMES)]
        rows.append(f"{name}{number % 200};{began:%d.%m.%Y %H:%M:%S};{ended:%d.%m.%Y %H:%M:%S};{queue};Phone")
    return "\n".join([*rows, f"{name}7;soon;;Hotline;Phone", ""])


def open_logs(page: Page, journey: str) -> None:
    page.goto(HOME)
    page.get_by_role("link", name=journey).first.click()
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Contact logs").click()


def test_log_that_is_dropped_changes_the_map(page: Page, product: Product):
    make_journey(page, "Logged")  # the demo's figures are what other tests look at
    type_moments(page, "Books by phone", "Drops the bag", "Asks for help")
    open_logs(page, "Logged")
    expect(page.get_by_role("heading", name="How often, and how long? Let a log say it.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Add the first log").click()
    assert_accessible(page)

    page.evaluate(DROP, [page.locator("#contact-form").element_handle(), "calls.csv", a_log("C")])
    expect(page.get_by_role("heading", name="What are the columns?")).to_be_visible()
    expect(page.get_by_label("Start", exact=True)).to_have_value("Begin")
    expect(page.get_by_label("Touchpoint or activity")).to_have_value("Queue")
    expect(page.get_by_label("Time zone of the times in this file")).to_have_value("Europe/Oslo")
    assert_accessible(page)

    with product.resting_workers():
        page.get_by_role("button", name="Count the contacts").click()
        expect(page.get_by_role("heading", name=re.compile("in the queue"))).to_be_visible()
        expect(page.get_by_role("progressbar")).to_be_visible()
        assert_accessible(page)
    expect(page.get_by_text("901 rows read, 900 counted.")).to_be_visible()
    page.get_by_text("a time that can't be read").click()
    expect(page.get_by_text("••• | soon |")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name=re.compile("Say what 3 names stand for")).click()
    expect(page.get_by_label("Dropping the bag").locator("option:checked")).to_have_text("Drops the bag")
    page.get_by_label("Hotline").select_option(label="Asks for help")
    page.get_by_label("Test call").select_option(label="ignore: no contact with a customer")
    assert_accessible(page)
    page.get_by_role("button", name="Keep").click()

    measured = page.get_by_role("row", name=re.compile("Asks for help"))
    expect(measured).to_contain_text("225 contacts")
    assert_accessible(page)
    page.get_by_role("button", name="Take over all 3 into the map").click()
    expect(page.get_by_text("Taken over for 3 moments")).to_be_visible()
    expect(measured).to_contain_text("on the map")

    page.get_by_role("link", name="Logged").first.click()
    page.get_by_role("link", name=re.compile("Asks for help")).first.click()
    expect(page.get_by_text(re.compile("Contacts and seconds: measured in a contact log"))).to_be_visible()


@pytest.mark.expects_complaint("ERR_FAILED")
def test_log_whose_sending_is_interrupted_goes_on(page: Page):
    sign_in(page, "manager")
    open_logs(page, "A trip with us")
    page.get_by_role("link", name=re.compile("Add (a|the first) log")).click()
    rows = a_log("D")
    content = (rows + rows.partition("\n")[2] * 130).encode()
    assert len(content) > 5 * 1024 * 1024
    cut: list[str] = []

    def cut_twice(route):
        if route.request.method == "POST" and len(cut) < 2:
            cut.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/piece/**", cut_twice)
    file = {"name": "long.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Send the file").click()

    expect(page.get_by_text("No connection. Trying again …")).to_be_visible()
    expect(page.get_by_role("heading", name="What are the columns?")).to_be_visible()
    assert len(cut) == 2
