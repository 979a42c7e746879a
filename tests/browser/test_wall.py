"""The wall of a corridor screen: a day with the network cut twice, every size of screen, the keyboard, no script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser.conftest import Product, assert_accessible, listen_to, sign_in

pytestmark = pytest.mark.browser
SHOWN, SLIDES, DOTS = ".slide.is-shown", "**/slides/", "#place i"
EARLY = "2026-11-23T03:10:00Z"  # 04:10 at the demo's clocks
A_LITTLE, ASKS_EVERY, ASKS_AGAIN = 500, 300_000, 30_000  # milliseconds, the last two as wall.js has them
HOUR = 3_600_000


def make_screen(page: Page, name: str, language: str = "English") -> str:
    """The address of a new one of Northern Air, as its manager makes it."""
    page.goto("/northern-air/displays/")
    page.get_by_role("link", name="New screen").click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("checkbox", name="A trip with us").first.check()
    page.get_by_label("Seconds a slide").fill("19")  # so that no question is due at the same slide each time
    page.get_by_label("Language").select_option(language)
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_text("Now open this address on the screen.")).to_be_visible()
    return page.get_by_label("Address").input_value()


def memory_of(cdp: CDPSession) -> dict[str, float]:
    for _ in range(2):
        cdp.send("HeapProfiler.collectGarbage")
    return {it["name"]: it["value"] for it in cdp.send("Performance.getMetrics")["metrics"]}


def hang(screen: Page, hours: float, seen: set[str]) -> None:
    """Every timer runs when it is due, and each question is answered before the next one."""
    body = screen.locator("body")
    for _ in range(round(hours * HOUR / ASKS_EVERY)):
        asked = body.get_attribute("data-asked")
        screen.clock.run_for(ASKS_EVERY + A_LITTLE)
        expect(body).not_to_have_attribute("data-asked", asked)
        seen.add(screen.locator(SHOWN).get_attribute("id"))


@pytest.mark.expects_complaint("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
def test_day_with_the_network_cut_twice_leaves_the_wall_fresh_and_memory_flat(
    page: Page, browser: Browser, product: Product
):
    sign_in(page, "manager")
    address = make_screen(page, "Corridor")
    edit = page.url
    screen = browser.new_page(base_url=product.address, viewport={"width": 1920, "height": 1080})
    complaints = listen_to(screen, ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED"))
    screen.clock.install(time=EARLY)
    screen.goto(address)
    expect(screen.locator(SHOWN)).to_have_count(1)
    cdp = screen.context.new_cdp_session(screen)
    cdp.send("Performance.enable")
    offline, seen = screen.locator("#offline"), set()

    hang(screen, 1, seen)
    before = memory_of(cdp)
    hang(screen, 4, seen)
    screen.context.set_offline(True)
    screen.clock.run_for(2 * HOUR)
    expect(offline).to_have_text(re.compile(r"^No connection since 09:\d\d$"))
    expect(screen.locator(SHOWN)).to_have_count(1)
    page.get_by_role("checkbox", name="Stories of the week").uncheck()
    page.get_by_role("checkbox", name="Moments of truth a year").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    screen.keyboard.press("Space")  # held, so that no slide changes by itself between two looks
    screen.context.set_offline(False)
    expect(offline).to_have_text("")
    expect(screen.locator("#number-1-0")).to_have_count(1)
    screen.keyboard.press("ArrowRight")
    expect(screen.locator("#number-1-0")).to_have_count(0)
    screen.keyboard.press("Space")
    seen.clear()
    hang(screen, 5, seen)
    screen.route(SLIDES, lambda route: route.abort())
    screen.clock.run_for(2 * HOUR)
    expect(offline).to_have_text(re.compile(r"^No connection since 16:\d\d$"))
    screen.unroute(SLIDES)
    screen.clock.fast_forward(ASKS_AGAIN)
    expect(offline).to_have_text("")
    hang(screen, 8, seen)
    after = memory_of(cdp)

    assert seen == {slide.get_attribute("id") for slide in screen.locator(".slide").all()}
    assert after["Nodes"] <= before["Nodes"] + 20
    assert after["JSEventListeners"] == before["JSEventListeners"]
    assert after["JSHeapUsedSize"] < 1.5 * before["JSHeapUsedSize"]  # the browser itself keeps each failed question
    with screen.expect_event("load"):  # once a night the page comes anew, and with it the pass
        screen.clock.fast_forward(HOUR)
    expect(screen.locator(SHOWN)).to_have_count(1)
    page.goto(edit)
    page.get_by_label("Language").select_option("Deutsch")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    with screen.expect_event("load"):
        screen.clock.fast_forward(ASKS_EVERY)
    expect(screen.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("link", name="Revoke").click()
    page.get_by_role("button", name="Revoke").click()
    screen.clock.fast_forward(ASKS_EVERY)
    expect(screen.get_by_role("heading", name="This link shows nothing")).to_be_visible()
    assert [it for it in complaints.all() if "status of 4" not in it] == []
    screen.close()


def fits(screen: Page) -> bool:
    """Whether nothing of the slide at hand is cut off."""
    return screen.locator(SHOWN).evaluate(
        "it => it.scrollHeight <= it.clientHeight && it.scrollWidth <= it.clientWidth"
    )


def test_wall_fits_screens_that_lie_or_stand_and_obeys_the_keyboard(page: Page, browser: Browser, product: Product):
    sign_in(page, "manager")
    address = make_screen(page, "Lobby")
    assert_accessible(page)
    screen = browser.new_page(
        base_url=product.address, viewport={"width": 1920, "height": 1080}, reduced_motion="reduce"
    )
    complaints = listen_to(screen)
    screen.clock.install(time=EARLY)
    screen.goto(address)
    ids = [slide.get_attribute("id") for slide in screen.locator(".slide").all()]
    shown = screen.locator(SHOWN)

    expect(screen.locator(DOTS)).to_have_count(len(ids))
    assert_accessible(screen)
    for width, height in ((1920, 1080), (3840, 2160), (1080, 1920)):
        screen.set_viewport_size({"width": width, "height": height})
        for key in ("ArrowLeft", "ArrowRight"):  # a slide is fitted to the screen when it comes
            screen.keyboard.press(key)
        for place in range(len(ids)):
            expect(shown).to_have_attribute("id", ids[place])
            assert fits(screen), f"{ids[place]} at {width} x {height}"
            screen.keyboard.press("ArrowRight")
    screen.keyboard.press("ArrowLeft")
    expect(shown).to_have_attribute("id", ids[-1])
    screen.keyboard.press("Space")
    expect(screen.get_by_role("button", name="Pause")).to_have_attribute("aria-pressed", "true")
    screen.clock.run_for(120_000)
    expect(shown).to_have_attribute("id", ids[-1])
    screen.get_by_role("button", name="Pause").press("Enter")
    screen.clock.run_for(20_000)
    expect(shown).to_have_attribute("id", ids[0])
    expect(screen.locator(f"{DOTS}.is-here")).to_have_count(1)
    plain = browser.new_context(base_url=product.address, java_script_enabled=False).new_page()
    plain.goto(address)
    for slide in ids:
        expect(plain.locator(f"#{slide}")).to_be_visible()
    assert complaints.all() == []
    plain.context.close()
    screen.close()


def test_first_page_of_each_role_is_accessible(browser: Browser, product: Product):
    for role, head in (("manager", "What needs you"), ("leader", "Reports and posters"), ("staff", "Answer")):
        page = browser.new_page(base_url=product.address)
        complaints = listen_to(page)
        sign_in(page, role)
        page.get_by_role("link", name="Home").click()

        expect(page.get_by_role("heading", name=head, exact=True)).to_be_visible()
        assert_accessible(page)
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert complaints.all() == []
        page.close()
