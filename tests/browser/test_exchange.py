"""Files out of the map and in again, in a browser."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible, sign_in

pytestmark = pytest.mark.browser
TABLE = "Stage;What happens;Sekunden\nGate;Waits;300,5\nGate;Leaves;-1\nBoard;Is welcomed;15\n"


def _shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.expects_complaint("status of 422")
def test_a_table_comes_in_through_its_columns(page: Page):
    sign_in(page, "manager")
    page.get_by_role("link", name="New journey").first.click()
    _shot(page, "new")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "Gate plan.csv", "mimeType": "text/csv", "buffer": TABLE.encode("cp1252")}
    )
    page.locator("form.upload").get_by_role("button", name="Preview the file").click()
    _shot(page, "asked")
    page.get_by_label("What happens").select_option("Moment")
    page.get_by_label("Sekunden").select_option("Seconds each")
    page.get_by_role("button", name="Preview", exact=True).click()
    _shot(page, "preview")
    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    _shot(page, "preview-390")
    page.get_by_role("button", name="Create journey without 1 row").click()

    expect(page.get_by_role("heading", name="Gate plan")).to_be_visible()


def test_a_map_is_exported_from_its_menu(page: Page):
    sign_in(page, "manager")
    page.get_by_role("link", name="A trip with us").first.click()
    page.get_by_text("Export", exact=True).click()
    _shot(page, "menu")
    assert_accessible(page, has_menu_open=True)
    page.set_viewport_size({"width": 390, "height": 844})
    _shot(page, "menu-390")
    with page.expect_download() as download:
        page.get_by_role("link", name="Mermaid").click()

    assert download.value.suggested_filename == "A trip with us.mmd"
    assert download.value.path().read_text().startswith("journey\n    title A trip with us\n")
