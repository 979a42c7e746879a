"""A story told on a phone from the open link, looked at, featured, on the poster; and a name that is taken back."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import assert_accessible, listen_to, sign_in
from tests.improvements.tales import gps_photo
from tests.reports.hostile_logos import bomb_png, svg

pytestmark = pytest.mark.browser
STORIES = "/northern-air/stories/"
TOLD = "The last bus was gone, so Ines drove the family home herself."


@pytest.fixture
def phone(browser: Browser, browser_context_args: dict) -> Iterator[Page]:
    """A phone without an account, which fails its test where its browser complained."""
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    context = browser.new_context(**{**browser_context_args, **phone})
    page = context.new_page()
    complaints = listen_to(page, ("status of 422",))
    yield page
    assert complaints.all() == []
    context.close()


def link_of(page: Page) -> str:
    page.goto(f"{STORIES}link/")
    assert_accessible(page)
    return page.get_by_label("Link", exact=True).input_value()


def tell_on(phone: Page, link: str) -> str:
    """The whole way on a phone; gives the private link of who is named."""
    phone.goto(link)
    expect(phone.get_by_role("heading", name="Tell us a story")).to_be_visible()
    assert_accessible(phone)
    phone.get_by_label("What happened?").fill(TOLD)
    phone.get_by_label("Who did it?").fill("Ines Moreno")
    phone.get_by_label("On which journey?").select_option("A trip with us")
    phone.get_by_label("At which moment?").select_option("Collects the bag")
    phone.reload()
    expect(phone.get_by_text("What you had typed here is back.")).to_be_visible()
    expect(phone.get_by_label("What happened?")).to_have_value(TOLD)
    expect(phone.get_by_label("At which moment?").locator("option:checked")).to_have_text("Collects the bag")
    phone.get_by_role("button", name="Send it").tap()
    expect(phone.get_by_text("Ask first, then tick this.")).to_be_visible()
    expect(phone.get_by_label("What happened?")).to_have_value(TOLD)
    assert_accessible(phone)
    phone.get_by_label("They agreed to be named").check()
    phone.get_by_text("More: when, the customer's words").tap()
    phone.get_by_label("Photo", exact=False).first.set_input_files(
        {"name": "bus.jpg", "mimeType": "image/jpeg", "buffer": gps_photo()}
    )
    phone.get_by_label("What does the photo show?").fill("An empty bus stop")
    phone.get_by_role("button", name="Send it").tap()
    expect(phone.get_by_role("heading", name="Thank you for telling it.")).to_be_visible()
    assert_accessible(phone)
    assert phone.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('story draft'))") == []
    return phone.get_by_label("Private link for Ines Moreno").input_value()


def words_of_poster(page: Page) -> str:
    """Of the poster that is made where nothing is chosen: with the featured story."""
    page.goto("/northern-air/journeys/")
    page.get_by_role("link", name="A trip with us").first.click()
    page.get_by_role("link", name="Make poster").click()
    expect(page.get_by_label("A story that was told").locator("option:checked")).to_have_text("The featured story")
    expect(page.locator("#poster-fit")).to_contain_text("It fits")
    page.get_by_role("button", name="Make the poster").click()
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name="Download the PDF").click(timeout=60_000)
    (sheet,) = PdfReader(io.BytesIO(download.value.path().read_bytes())).pages
    return " ".join(sheet.extract_text().split())


def test_story_told_on_a_phone_is_featured_stands_on_the_poster_and_loses_its_name_when_asked(page, phone):
    sign_in(page, "manager")
    private_link = tell_on(phone, link_of(page))

    page.goto(f"{STORIES}review/")
    waiting = page.get_by_role("article").filter(has_text=TOLD)
    expect(waiting.get_by_role("img", name="An empty bus stop")).to_be_visible()
    assert_accessible(page)
    waiting.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published. Everybody in Northern Air can read it.")).to_be_visible()

    page.goto(STORIES)
    assert_accessible(page)
    card = page.get_by_role("article").filter(has_text=TOLD)
    expect(card).to_contain_text("Ines Moreno")
    card.get_by_role("button", name="Thank you").press("Enter")
    expect(card.get_by_text("You said thank you")).to_be_visible()
    expect(card.get_by_role("button", name="Thank you")).to_be_focused()
    card.get_by_role("heading").get_by_role("link").click()
    page.get_by_role("button", name="Feature", exact=True).click()
    expect(page.get_by_text("This story stands for “A trip with us” now")).to_be_visible()
    expect(page.get_by_text("Featured", exact=True)).to_be_visible()
    assert_accessible(page)

    words = words_of_poster(page)
    assert TOLD in words
    assert "Ines Moreno" in words

    phone.goto(private_link)
    expect(phone.get_by_text("Named is: Ines Moreno")).to_be_visible()
    assert_accessible(phone)
    phone.get_by_role("button", name="Take my name out").tap()
    expect(phone.get_by_role("heading", name="Nobody is named in this story")).to_be_visible()
    page.goto(STORIES)
    expect(page.get_by_text("so […] drove the family home herself.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"\bInes\b"))).to_have_count(0)
    page.get_by_label("Find words").fill("Ines")
    expect(page.get_by_role("heading", name="No story holds all of this")).to_be_visible()
    page.get_by_label("Find words").fill("last bus")
    expect(page.get_by_text("1 story found")).to_be_visible()
    exported = page.request.get(f"{STORIES}export/").text()
    assert ("Ines" in exported, "drove the family home herself" in exported) == (False, True)
    words = words_of_poster(page)
    assert "so […] drove the family home herself." in words
    assert "Ines" not in words


def test_hostile_pictures_and_endless_words_get_a_clear_answer_and_nothing_is_lost(page, phone):
    sign_in(page, "manager")
    phone.goto(link_of(page))
    told, endless = "The keys came by taxi, with a bow around them.", " ".join(["wonderful"] * 10_000)
    what, photo = phone.get_by_label("What happened?"), phone.locator("input[type=file]")
    send = phone.get_by_role("button", name="Send it")
    refused = {
        "drawing.svg": ("image/svg+xml", svg("<script>alert(1)</script>"), "can't be read as a JPEG or PNG photo"),
        "page.jpg": ("image/jpeg", b"<html><script>alert(1)</script></html>", "can't be read as a JPEG or PNG photo"),
        "half.jpg": ("image/jpeg", gps_photo()[:600], "can't be read as a JPEG or PNG photo"),
        "giant.png": ("image/png", bomb_png(), "more than 60 million pixels"),
    }

    what.fill(endless)
    send.tap()
    expect(phone.get_by_text("At most 5000 letters fit, and this has 99999.")).to_be_visible()
    expect(what).to_have_value(endless)
    assert_accessible(phone)
    what.fill(told)
    for name, (kind, content, says) in refused.items():
        photo.set_input_files({"name": name, "mimeType": kind, "buffer": content})
        send.tap()
        expect(photo).to_have_value("")  # the answer is here: browsers forget files
        expect(phone.get_by_text(says)).to_be_visible()
        expect(what).to_have_value(told)
    polyglot = gps_photo() + b"<html><script>alert(1)</script></html>"
    photo.set_input_files({"name": "keys.jpg", "mimeType": "image/jpeg", "buffer": polyglot})
    phone.get_by_label("What does the photo show?").fill("Keys with a bow")
    send.tap()
    expect(phone.get_by_role("heading", name="Thank you for telling it.")).to_be_visible()

    page.goto(f"{STORIES}review/")
    shown = page.get_by_role("article").filter(has_text=told).get_by_role("img", name="Keys with a bow")
    served = page.request.get(shown.get_attribute("src"))
    assert (served.headers["content-type"], served.body()[-2:]) == ("image/jpeg", b"\xff\xd9")
    assert re.findall(b"Secret|Exif|GPS|script", served.body()) == []


def test_feed_is_searched_while_one_types_and_the_week_and_form_are_accessible(page):
    sign_in(page, "staff")
    page.goto(STORIES)

    page.get_by_label("Find words").press_sequentially("wheelchair", delay=5)

    expect(page.get_by_text("1 story found")).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_label("Find words")).to_be_focused()
    page.goto(f"{STORIES}week/")
    expect(page.get_by_role("article")).to_have_count(2)
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 640})
    for kind in ("impact", "recovery"):
        page.goto(f"{STORIES}tell/?kind={kind}")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
