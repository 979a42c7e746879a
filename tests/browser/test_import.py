"""An earlier survey brought in from a file, in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible, sign_in
from tests.browser.open_rounds import open_round_in

pytestmark = pytest.mark.browser

TABLE = b"Books a seat,waiting at the gate,Remark,Branch\n5,0,Slow page,Oslo\n3,so lala,,Bergen\n4,2,,Oslo\n"


def test_survey_becomes_a_closed_round_that_shows_its_scale(page: Page, product) -> None:
    made = open_round_in(product, ["Books a seat", "Waits at the gate"])
    sign_in(page, "manager")
    page.goto(f"/northern-air/journeys/{made['journey']}/answers/import/")
    assert_accessible(page)
    page.get_by_label("File").set_input_files({"name": "Survey.csv", "mimeType": "text/csv", "buffer": TABLE})
    page.get_by_role("button", name="Read the file").click()

    expect(page.get_by_label("waiting at the gate")).to_contain_text("Level of 2. Waits at the gate")
    assert page.get_by_label("waiting at the gate").locator("option:checked").inner_text().endswith("Waits at the gate")
    assert_accessible(page)
    page.get_by_label("Remark").select_option(label="Idea about 1. Books a seat")
    page.get_by_role("button", name="On to the scale").click()

    page.get_by_label("so lala", exact=True).select_option(label="3 Expected")
    assert_accessible(page)
    page.get_by_role("button", name="On to the last look").click()

    expect(page.get_by_text("3 rows become 3 responses.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Take these answers over").click()

    expect(page.get_by_role("heading", name="Survey", level=1)).to_be_visible()
    page.get_by_text("3 answers came from “Survey.csv”").click()
    expect(page.get_by_role("row", name="so lala 3")).to_be_visible()
    expect(page.get_by_role("row", name="0 no level")).to_be_visible()
    assert_accessible(page)
