"""The main job end to end: map a journey, see its numbers, put it on the wall."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import assert_accessible, listen_to, sign_in

pytestmark = pytest.mark.browser

OUTLINE = """# A trip with us
customers: 1000
Before
- Searches a fare | web | 1/yr | 15 s | level 3
- Books by phone | phone | 1/yr | 15 s | level 2 | enhance | Say the name twice.
At the airport
- Drops the bag | in person | 1/yr | 15 s | level 4 | keep
- Waits at the gate | waiting | 1/yr | 15 s | level 2 | enhance | Speak every 15 minutes, even with no news.
After
- Collects the bag | delivery | 1/yr | 15 s | level 5
"""
TITLES = ["Searches a fare", "Books by phone", "Drops the bag", "Waits at the gate", "Collects the bag"]


def titles(page: Page) -> list[str]:
    return page.locator(".card h3").all_inner_texts()


def test_journey_is_mapped_and_hangs_on_the_wall(page: Page, new_context) -> None:
    sign_in(page, "manager")
    assert_accessible(page)
    paste_outline(page)
    set_customers(page)
    move_by_keyboard(page)
    move_by_drag(page)
    make_poster(page)

    pdf = download_as_leader(new_context().new_page())

    assert_is_the_poster(pdf)


def paste_outline(page: Page) -> None:
    page.get_by_role("link", name="New journey").click()
    assert_accessible(page)
    page.get_by_role("textbox", name="outline").fill(OUTLINE)
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.get_by_text("Waits at the gate").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Create journey").click()
    page.wait_for_url("**/journeys/*/")
    assert titles(page) == TITLES
    assert_accessible(page)


def set_customers(page: Page) -> None:
    page.get_by_label("Customers a year").fill("10,000,000")
    headline = page.locator(".headline")
    expect(headline).to_contain_text("50,000,000")
    expect(headline).to_contain_text("15 s")
    expect(headline).to_contain_text("75 s")


def move_by_keyboard(page: Page) -> None:
    page.get_by_role("link", name="Books by phone", exact=True).focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator(".card h3").nth(1)).to_have_text("Books by phone")
    expect(page.locator(".stage").nth(1).locator(".card h3").first).to_have_text("Books by phone")
    expect(page.get_by_role("link", name="Books by phone", exact=True)).to_be_focused()
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator(".stage").nth(0).locator(".card")).to_have_count(2)
    assert titles(page) == TITLES


def move_by_drag(page: Page) -> None:
    handle = page.locator(".card").nth(0).locator(".handle").bounding_box()
    target = page.locator(".card").nth(3).bounding_box()
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    hold_over(page, target)
    with page.expect_response("**/moments/*/move/"):
        page.mouse.up()
    expect(page.locator(".stage").nth(1).locator(".card")).to_have_count(3)
    page.reload()
    assert set(titles(page)[1:4]) == {"Drops the bag", "Searches a fare", "Waits at the gate"}
    expect(page.locator(".headline")).to_contain_text("50,000,000")


def hold_over(page: Page, target: dict[str, float]) -> None:
    """Move as a hand does, until the card that is held makes room for itself among the second stage's."""
    middle = target["y"] + target["height"] / 2
    cards = page.locator(".stage").nth(1).locator(".card")
    for number in range(40):
        page.mouse.move(target["x"] + target["width"] * (0.3 + 0.4 * (number % 2)), middle, steps=4)
        if cards.count() == 3:
            return
        page.wait_for_timeout(50)
    raise AssertionError("the card that is held never came to the second stage")


def make_poster(page: Page) -> None:
    page.get_by_role("link", name="Make poster").click()
    assert_accessible(page)
    page.get_by_label("A3").check(force=True)
    page.get_by_role("button", name="Make the poster").click()
    expect(page.get_by_role("link", name="Download the PDF")).to_be_visible(timeout=60_000)
    assert_accessible(page)


def download_as_leader(page: Page) -> bytes:
    complaints = listen_to(page)
    sign_in(page, "leader")
    page.get_by_role("link", name="Posters").click()
    assert_accessible(page)
    page.get_by_role("link", name="A trip with us").first.click()
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the PDF").click()
    assert complaints.all() == []
    assert download.value.suggested_filename.startswith("A-trip-with-us-A3")
    return download.value.path().read_bytes()


def assert_is_the_poster(pdf: bytes) -> None:
    pages = PdfReader(io.BytesIO(pdf)).pages
    millimetres = [round(float(length) / 72 * 25.4) for length in pages[0].mediabox[2:]]
    assert (len(pages), millimetres) == (1, [420, 297])
    assert "50,000,000" in pages[0].extract_text()
    fonts = [font.get_object() for font in pages[0]["/Resources"]["/Font"].get_object().values()]
    assert fonts
    assert all(is_embedded(font) for font in fonts)
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=0.5).to_pil().convert("L")
    dark = sum(count for value, count in enumerate(picture.histogram()) if value < 128)
    assert 0.01 < dark / (picture.width * picture.height) < 0.5


def is_embedded(font: dict) -> bool:
    inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    descriptor = inner["/FontDescriptor"].get_object()
    return any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))
