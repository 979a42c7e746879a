"""Answering on a phone: by touch, by keyboard, without a connection, twice at once, from right to left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Product, assert_accessible, listen_to
from tests.browser.rounds import AskedRound, ask

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
AGENT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
SAVED = "Saved on this phone and on the server. No name is kept."
KEPT = "Kept on this phone; it is sent when you are connected."
NO_CONNECTION = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")

UNTIL_NO_CACHE = """async () => {
  while ((await caches.keys()).length) await new Promise((resolve) => { setTimeout(resolve, 50); });
}"""


@pytest.fixture
def phones(browser: Browser, browser_context_args: dict, request) -> Iterator[Callable[..., BrowserContext]]:
    """phones(**differences) gives a phone of its own; every complaint of any of its pages fails the test."""
    marker = request.node.get_closest_marker("expects_complaint")
    contexts, complaints = [], []

    def make(**differences: object) -> BrowserContext:
        context = browser.new_context(**{**browser_context_args, **PHONE, "user_agent": AGENT, **differences})
        context.on("page", lambda page: complaints.append(listen_to(page, marker.args if marker else ())))
        contexts.append(context)
        return context

    yield make
    heard = [words for one in complaints if not one.page.is_closed() for words in one.all()]
    for context in contexts:
        context.close()
    assert heard == []


@pytest.fixture
def phone(phones) -> Page:
    return phones().new_page()


def begin(page: Page, asked: AskedRound, *, path: str = "") -> None:
    """From the link to the first moment."""
    page.goto(path or asked.path)
    page.get_by_role("link", name="Begin").click()
    page.wait_for_url("**/1/")


def level(page: Page, name: str):
    return page.get_by_role("radio", name=re.compile(f"^{name}"))


def ready_offline(page: Page) -> None:
    """Wait until the pages are put by."""
    expect(page.locator("body[data-offline=ready]")).to_be_attached()


def no_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url


def kept_on_device(page: Page) -> dict:
    return page.evaluate(
        """async () => ({
            storage: Object.keys(localStorage),
            caches: await caches.keys(),
            words: JSON.stringify(localStorage),
        })"""
    )


def test_whole_answer_by_touch(product: Product, phone: Page) -> None:
    asked = ask(product, groups=["Gate team"])
    phone.goto(asked.path)
    assert phone.url == f"{product.address}{asked.base}"
    assert_accessible(phone)
    no_sideways(phone)
    phone.get_by_role("link", name="Begin").tap()
    phone.wait_for_url("**/1/")

    level(phone, "Desired").tap()
    expect(phone.get_by_role("status")).to_have_text(SAVED)
    phone.get_by_label("Times a week").fill("40")
    phone.get_by_label("Seconds each").fill("abc")
    phone.get_by_role("button", name="Next moment").tap()
    expect(phone.get_by_label("Seconds each")).to_be_focused()
    expect(phone.locator("#seconds-problem")).to_contain_text("This is no number.")
    expect(phone.get_by_label("Seconds each")).to_have_value("abc")
    assert_accessible(phone)
    no_sideways(phone)
    phone.get_by_label("Seconds each").fill("15")
    level(phone, "Enhance").tap()
    phone.get_by_label("What more could we do?").fill("Tell them every 15 minutes")
    phone.get_by_role("button", name="Next moment").tap()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Books")
    expect(phone.get_by_text("2 of 3")).to_be_visible()
    expect(level(phone, "Desired")).not_to_be_checked()
    level(phone, "I do not see this moment").tap()
    expect(phone.get_by_label("Times a week")).to_be_hidden()
    phone.get_by_role("button", name="Back").tap()
    expect(level(phone, "Desired")).to_be_checked()
    phone.get_by_role("button", name="Next moment").tap()
    phone.get_by_role("button", name="Next moment").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Waits at the gate")
    phone.get_by_role("button", name="Check and hand in").tap()

    expect(phone.get_by_role("listitem")).to_have_text(
        ["Searches a fare 4 Desired", "Books I do not see this moment", "Waits at the gate empty"]
    )
    assert_accessible(phone)
    no_sideways(phone)
    phone.get_by_role("button", name="Hand in").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert_accessible(phone)
    phone.evaluate(UNTIL_NO_CACHE)
    assert kept_on_device(phone) == {"storage": [], "caches": [], "words": "{}"}
    assert asked.outcome() == {
        "responses": 1,
        "sources": ["link"],
        "levels": [4, None],
        "ideas": ["Tell them every 15 minutes"],
        "drafts": 0,
    }
    phone.goto(asked.path)
    expect(phone.get_by_role("heading", level=1)).to_have_text("This device has answered already")
    assert_accessible(phone)
    phone.get_by_role("button", name="Answer for somebody else").tap()
    expect(phone.get_by_role("link", name="Begin")).to_be_visible()


def test_whole_answer_by_keyboard(product: Product, phones) -> None:
    page = phones(viewport={"width": 1280, "height": 800}, has_touch=False, is_mobile=False).new_page()
    asked = ask(product)
    page.goto(asked.path)
    page.get_by_role("link", name="Begin").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/1/")
    expect(page.get_by_text("1 to 6 choose a level")).to_be_visible()

    for key, title in (("5", "Searches a fare"), ("0", "Books"), ("2", "Waits at the gate")):
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        page.keyboard.press(key)
        page.keyboard.press("Enter")

    page.wait_for_url("**/check/")
    page.get_by_role("button", name="Hand in").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert asked.outcome()["levels"] == [5, None, 2]


def test_customers_tick_what_they_were_part_of(product: Product, phone: Page) -> None:
    asked = ask(product, audience="customers")
    phone.goto(asked.path)
    phone.get_by_role("link", name="Begin").tap()
    phone.wait_for_url("**/moments/")
    assert_accessible(phone)
    no_sideways(phone)

    phone.get_by_role("button", name="Go on").tap()
    expect(phone.get_by_role("alert")).to_have_text("Tick one moment at least.")
    phone.get_by_label("Books").tap()
    phone.get_by_role("button", name="Go on").tap()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Books")
    expect(phone.get_by_text("1 of 1")).to_be_visible()
    expect(phone.get_by_label("Times a week")).to_have_count(0)
    assert_accessible(phone)
    level(phone, "Unbelievable").tap()
    phone.get_by_role("button", name="Check and hand in").tap()
    expect(phone.get_by_role("listitem").filter(visible=True)).to_have_text(["Books 6 Unbelievable"])
    phone.get_by_role("button", name="Hand in").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert asked.outcome()["levels"] == [None, 6, None]


def test_reload_in_the_middle_goes_on_where_it_stopped(product: Product, phone: Page) -> None:
    asked = ask(product)
    begin(phone, asked)
    level(phone, "Basic").tap()
    phone.get_by_label("What more could we do?").fill("Half a sen")
    phone.get_by_role("button", name="Next moment").tap()
    level(phone, "Expected").tap()
    expect(phone.get_by_role("status")).to_have_text(SAVED)

    phone.reload()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Books")
    expect(level(phone, "Expected")).to_be_checked()
    phone.go_back()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Searches a fare")
    expect(level(phone, "Basic")).to_be_checked()
    expect(phone.get_by_label("What more could we do?")).to_have_value("Half a sen")
    phone.goto(asked.path)
    expect(phone.get_by_role("link", name="Go on where you stopped")).to_have_attribute("href", f"{asked.base}3/")


@pytest.mark.expects_complaint(*NO_CONNECTION)
def test_flight_mode_loses_nothing(product: Product, phone: Page) -> None:
    asked = ask(product)
    phone.goto(asked.path)
    ready_offline(phone)
    phone.context.set_offline(True)

    phone.get_by_role("link", name="Begin").tap()
    phone.wait_for_url("**/1/")
    level(phone, "Desired").tap()
    expect(phone.get_by_role("status")).to_have_text(KEPT)
    phone.get_by_label("What more could we do?").fill("Said above the clouds")
    phone.get_by_role("button", name="Next moment").tap()
    level(phone, "Criminal").tap()
    expect(phone.get_by_role("status")).to_have_text(KEPT)
    phone.reload()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Books")
    expect(level(phone, "Criminal")).to_be_checked()
    phone.get_by_role("button", name="Back").tap()
    expect(phone.get_by_label("What more could we do?")).to_have_value("Said above the clouds")
    phone.get_by_text("1 of 3").tap()
    expect(phone.get_by_role("listitem").first).to_have_text("Searches a fare 4 Desired")
    phone.get_by_role("button", name="Hand in").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Nearly handed in")
    expect(phone.locator("#answer-waiting").get_by_text(KEPT)).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Nearly handed in")
    assert asked.outcome()["responses"] == 0

    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Thank you", timeout=30_000)
    outcome = asked.outcome()
    assert (outcome["responses"], outcome["levels"], outcome["ideas"]) == (1, [4, 1], ["Said above the clouds"])
    phone.evaluate(UNTIL_NO_CACHE)
    assert kept_on_device(phone)["storage"] == []


@pytest.mark.expects_complaint(*NO_CONNECTION)
def test_answers_given_offline_are_sent_once_there_is_a_connection(product: Product, phone: Page) -> None:
    asked = ask(product)
    begin(phone, asked)
    ready_offline(phone)
    phone.context.set_offline(True)
    level(phone, "Desired").tap()
    expect(phone.get_by_role("status")).to_have_text(KEPT)

    phone.context.set_offline(False)

    expect(phone.get_by_role("status")).to_have_text(SAVED)
    assert asked.outcome()["drafts"] == 1


@pytest.mark.expects_complaint(*NO_CONNECTION)
def test_browser_that_keeps_nothing_says_so_and_stays_until_it_is_saved(product: Product, phone: Page) -> None:
    phone.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full'); };")
    asked = ask(product, titles=["Searches a fare"])
    begin(phone, asked)
    level(phone, "Desired").tap()
    expect(phone.get_by_role("status")).to_have_text("Saved on the server. No name is kept.")
    phone.context.set_offline(True)
    level(phone, "Basic").tap()
    expect(phone.get_by_role("status")).to_contain_text("leave this page open until it is saved")
    with phone.expect_event("requestfailed"):
        phone.get_by_role("button", name="Check and hand in").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Searches a fare")

    phone.context.set_offline(False)
    expect(phone.get_by_role("status")).to_have_text("Saved on the server. No name is kept.")
    phone.get_by_role("button", name="Check and hand in").tap()
    phone.get_by_role("button", name="Hand in").tap()

    expect(phone.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert asked.outcome()["levels"] == [2]


def test_two_phones_by_one_link_are_two_people(product: Product, phones) -> None:
    first, second = phones().new_page(), phones().new_page()
    asked = ask(product)
    for page in (first, second):
        begin(page, asked)
    level(first, "Desired").tap()
    expect(first.get_by_role("status")).to_have_text(SAVED)
    level(second, "Basic").tap()
    expect(second.get_by_role("status")).to_have_text(SAVED)

    for page in (first, second):
        page.goto(f"{asked.base}check/")
        page.get_by_role("button", name="Hand in").tap()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")

    assert asked.outcome()["responses"] == 2


def test_double_taps_and_two_tabs_make_one_response(product: Product, phone: Page) -> None:
    asked = ask(product)
    begin(phone, asked)
    level(phone, "Desired").tap()
    expect(phone.get_by_role("status")).to_have_text(SAVED)
    other = phone.context.new_page()
    other.goto(f"{asked.base}1/")
    expect(level(other, "Desired")).to_be_checked()

    level(other, "Basic").tap()
    expect(level(phone, "Basic")).to_be_checked()
    level(phone, "Unbelievable").tap()
    expect(level(other, "Unbelievable")).to_be_checked()
    expect(phone.get_by_role("status")).to_have_text(SAVED)
    for page in (phone, other):
        page.goto(f"{asked.base}check/")
    phone.get_by_role("button", name="Hand in").dblclick()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Thank you")
    other.get_by_role("button", name="Hand in").tap()

    expect(other.get_by_role("heading", level=1)).to_contain_text("Thank you")
    outcome = asked.outcome()
    assert (outcome["responses"], outcome["levels"]) == (1, [6])


@pytest.mark.expects_complaint("status of 410", "status of 404")
@pytest.mark.parametrize(
    ("then", "heading"),
    [("close", "This round has closed"), ("revoke", "This link works no more"), ("fill", "This link is full")],
)
def test_link_that_takes_no_answer_says_why(product: Product, phone: Page, then: str, heading: str) -> None:
    phone.goto(ask(product, then=then).path)

    expect(phone.get_by_role("heading", level=1)).to_have_text(heading)
    assert_accessible(phone)
    no_sideways(phone)


@pytest.mark.expects_complaint("status of 422", "status of 404")
def test_code_is_typed_on_a_page_of_its_own(product: Product, phone: Page) -> None:
    asked = ask(product)
    phone.goto("/a/")
    assert_accessible(phone)
    phone.get_by_label("Your code").fill("k7m2")
    phone.get_by_role("button", name="Go on").tap()
    expect(phone.get_by_text("A code has twelve letters and digits")).to_be_visible()
    assert_accessible(phone)

    phone.get_by_label("Your code").fill(asked.code.upper().replace("-", " "))
    phone.get_by_role("button", name="Go on").tap()
    expect(phone.get_by_role("link", name="Begin")).to_be_visible()
    phone.goto("/a/nothing/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("This opens nothing")
    assert_accessible(phone)


def test_kiosk_begins_anew_by_itself(product: Product, phones) -> None:
    tablet = phones(viewport={"width": 1024, "height": 768}).new_page()
    tablet.clock.install()
    asked = ask(product)
    begin(tablet, asked, path=f"{asked.path}kiosk/")
    level(tablet, "Desired").tap()
    tablet.get_by_label("What more could we do?").fill("ink-idea")
    expect(tablet.get_by_role("status")).to_have_text("Saved on the server. No name is kept.")
    tablet.goto(f"/answer/k{asked.way}/check/")
    tablet.get_by_role("button", name="Hand in").tap()
    expect(tablet.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert_accessible(tablet)
    tablet.wait_for_url(f"**/answer/k{asked.way}/", timeout=20_000)
    expect(tablet.get_by_role("link", name="Begin")).to_be_visible()

    tablet.go_back()
    expect(tablet.get_by_role("heading", level=1)).to_be_visible()
    assert "ink-idea" not in tablet.content()
    assert kept_on_device(tablet) == {"storage": [], "caches": [], "words": "{}"}
    assert asked.outcome()["sources"] == ["kiosk"]


def test_kiosk_that_is_left_asks_and_then_begins_anew(product: Product, phones) -> None:
    tablet = phones(viewport={"width": 1024, "height": 768}).new_page()
    tablet.clock.install()
    asked = ask(product)
    begin(tablet, asked, path=f"{asked.path}kiosk/")
    level(tablet, "Desired").tap()
    expect(tablet.get_by_role("status")).to_have_text("Saved on the server. No name is kept.")

    tablet.clock.run_for(41_000)
    question = tablet.get_by_role("alertdialog", name="Are you still there?")
    expect(question).to_be_visible()
    expect(question.get_by_role("button", name="I am still here")).to_be_focused()
    assert_accessible(tablet)
    question.get_by_role("button", name="I am still here").tap()
    expect(question).to_be_hidden()
    expect(level(tablet, "Desired")).to_be_checked()
    tablet.clock.run_for(62_000)

    tablet.wait_for_url(f"**/answer/k{asked.way}/")
    expect(tablet.get_by_role("link", name="Begin")).to_be_visible()
    outcome = asked.outcome()
    assert (outcome["responses"], outcome["drafts"]) == (0, 0)


def test_right_to_left_from_the_first_page_to_the_last(product: Product, phones) -> None:
    page = phones(locale="ar-EG").new_page()
    asked = ask(product, languages=["en", "ar"])
    page.goto(asked.path)
    assert_accessible(page)
    no_sideways(page)
    page.locator("#answer-begin").tap()
    page.wait_for_url("**/1/")

    assert page.evaluate("[document.documentElement.dir, document.documentElement.lang]") == ["rtl", "ar"]
    number, words = (page.locator(f".answer-level {part}").first.bounding_box() for part in (".level-number", "b"))
    back, following = (page.locator(name).bounding_box() for name in ("#answer-back", "#answer-next"))
    assert number["x"] > words["x"]
    assert back["x"] > following["x"]
    assert_accessible(page)
    no_sideways(page)
    page.locator("input[name=level][value='4']").tap()
    page.locator("#answer-next").tap()
    expect(page.locator("#answer-form")).to_have_attribute("data-number", "2")
    page.goto(f"{asked.base}check/")
    assert_accessible(page)
    no_sideways(page)
    page.locator("#answer-hand-in button").tap()
    page.wait_for_url("**/done/")
    assert_accessible(page)
    assert asked.outcome()["levels"] == [4]


def test_narrow_phone_and_large_letters_need_no_scrolling_sideways(product: Product, phones) -> None:
    page = phones(viewport={"width": 320, "height": 568}).new_page()
    asked = ask(
        product,
        titles=["Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", *(f"Moment {n}" for n in range(199))],
        groups=["Gate team of the international terminal"],
        languages=["en", "de", "fr", "es", "sv", "ar"],
    )
    page.add_init_script("addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '200%')")
    page.goto(asked.path)
    no_sideways(page)
    for path in ("1/", "check/"):
        page.goto(asked.base + path)
        no_sideways(page)
    page.goto(f"{asked.base}1/")
    targets = page.locator("label.answer-level, .answer-choices label, .answer-go .button, .answer-step")
    for box in [target.bounding_box() for target in targets.all()]:
        assert box["height"] >= 44
    expect(page.get_by_text("1 of 200")).to_be_visible()
    assert_accessible(page)


def test_everything_works_without_a_script(product: Product, phones) -> None:
    page = phones(java_script_enabled=False).new_page()
    asked = ask(product)
    begin(page, asked)

    for name, following in (("Desired", "Books"), ("Basic", "Waits at the gate")):
        level(page, name).tap()
        page.get_by_role("button", name="Next moment").tap()
        expect(page.get_by_role("heading", level=1)).to_have_text(following)
    page.get_by_role("button", name="Check and hand in").tap()
    page.get_by_role("button", name="Hand in").tap()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert asked.outcome()["levels"] == [4, 2]
