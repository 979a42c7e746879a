"""A round's results in a browser: read, sorted, on a phone, and staff's medians taken over into the map."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Product, assert_accessible, sign_in

pytestmark = pytest.mark.browser


def put_results(product: Product) -> tuple[str, str]:
    """The ids of a closed round with results and of its journey, put into the product's own database."""
    data = product.process.args[product.process.args.index("--data") + 1]
    environment = {**os.environ, "DATA_DIR": data, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-m", "tests.browser.results_data"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    round_id, journey_id = done.stdout.split()
    return round_id, journey_id


def test_results_are_read_sorted_and_staffs_medians_taken_over(product: Product, page: Page):
    round_id, journey_id = put_results(product)
    sign_in(page, "manager")

    page.goto(f"/northern-air/rounds/{round_id}/results/")

    expect(page.locator(".in-words li")).to_have_count(3)
    expect(page.locator(".in-words li").first).to_contain_text("The sequence is weakest at")
    expect(page.locator(".result-card h3").first).to_contain_text("1 Searches a fare")
    assert_accessible(page)
    page.get_by_text("All figures as a table").click()
    expect(page.get_by_role("cell", name="1.4 to 2.4").first).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="Most damage first").click()
    expect(page.locator(".result-card h3").first).to_contain_text("3 Waits at the gate")
    page.get_by_label("Whose view").get_by_role("link", name="Customers").click()
    expect(page.get_by_text("Customers' mean level, and how many answered.")).to_be_visible()
    expect(page.locator(".result-card h3").first).to_contain_text("3 Waits at the gate")

    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert_accessible(page)
    page.emulate_media(media="print")
    expect(page.locator(".result-strip").first).to_be_visible()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1440, "height": 900})

    page.get_by_role("link", name="Comments and ideas").click()
    expect(page.get_by_role("heading", name="Nothing to read yet")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="Volumes from staff").click()
    expect(page.get_by_text("× 20 people ÷ 10,000 customers a year")).to_be_visible()
    page.get_by_label("People who serve these moments").fill("10")
    page.get_by_role("button", name="Work it out again").click()
    expect(page.get_by_text("× 10 people ÷ 10,000 customers a year")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("row").filter(has_text="Searches a fare").get_by_role("button").click()
    expect(page.get_by_text("Taken over for 1 moment")).to_be_visible()
    expect(page.get_by_text("taken over", exact=True)).to_be_visible()
    assert_accessible(page)

    page.goto(f"/northern-air/journeys/{journey_id}/")
    page.get_by_role("link", name="Searches a fare", exact=True).click()
    expect(page.get_by_label("Contacts per customer a year")).to_have_value("2.08")
    expect(page.locator("#volume-source")).to_contain_text("staff's median")
    assert_accessible(page)
    page.get_by_label("Seconds each").fill("20")
    expect(page.locator("#volume-source")).to_contain_text("estimate, typed")
