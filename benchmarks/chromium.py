"""A warm headless Chromium that prints pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psutil
from playwright.sync_api import Page, sync_playwright

from benchmarks.plain_page import page_address
from launch.programs import find_chromium

QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run")  # fmt: skip


@contextmanager
def chromium_page() -> Iterator[Page]:
    """A page of a browser of its own, open where its documents find the house's fonts."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(QUIET))
        try:
            page = browser.new_page()
            page.goto(page_address())
            yield page
        finally:
            browser.close()


def print_page(page: Page, html: str) -> bytes:
    """One document as a tagged PDF; a new one in the same page, so that fonts once read stay at hand."""
    page.set_content(html)
    return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)


def chromium_processes() -> list[psutil.Process]:
    """The browser's processes below this one."""
    children = psutil.Process().children(recursive=True)
    return [child for child in children if "chrom" in child.name().lower()]
