"""HTML to PDF: the only module that knows WeasyPrint. Its import takes over a second, so import it where it is needed.

Fonts are whole and static on our side, and embedded with the letters that are used. Measured for an A3 poster of ten
moments, embedding the whole files makes it 13 times as large and takes 2.2 times as long; the picture is the same.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

BASE_URL = "https://house.invalid/"  # a name that never resolves: addresses are only keys of the allow-list
STYLESHEETS = ("css/fonts.css", "css/tokens.css", "css/poster.css")
for talkative in ("weasyprint.progress", "fontTools"):
    logging.getLogger(talkative).setLevel(logging.WARNING)
MIME_TYPES = {"css": "text/css", "woff2": "font/woff2", "svg": "image/svg+xml"}


class RefusedAddress(Exception):  # named for what happened
    """A document asked for an address that is neither a house file nor a picture handed in."""


class HouseFetcher(URLFetcher):
    """Serves the fonts and stylesheets of the house and the pictures of one document from memory; refuses the rest.

    pictures: content by file name. refused: what was asked for in vain, in order.
    """

    def __init__(self, pictures: Mapping[str, str] | None = None) -> None:
        super().__init__(allowed_protocols=("https",), allow_redirects=False)
        self.pictures = pictures or {}
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        name = url.removeprefix(BASE_URL)
        body = self.pictures.get(name) or house_files().get(name)
        if body is None or not url.startswith(BASE_URL):
            self.refused.append(url)
            raise RefusedAddress(url)
        return URLFetcherResponse(url, body, {"Content-Type": MIME_TYPES[name.rsplit(".", 1)[-1]]})


class OwnFontConfiguration(FontConfiguration):
    """Fonts kept for a process's life; a forked child that ends leaves its parent's font files alone."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        super().__init__()

    def __del__(self) -> None:
        if os is not None and self.owner == os.getpid():  # at the interpreter's end modules go first
            super().__del__()


@cache
def house_files() -> dict[str, bytes]:
    """Every file that a document may load, by its path under static/."""
    static = settings.BASE_DIR / "static"
    fonts = sorted((static / "fonts").glob("*.woff2"))
    return {
        path.relative_to(static).as_posix(): path.read_bytes() for path in [static / s for s in STYLESHEETS] + fonts
    }


@cache
def house_style() -> tuple[OwnFontConfiguration, list[Any]]:
    """The fonts and parsed stylesheets of the house, once a process."""
    fonts = OwnFontConfiguration()
    fetcher = HouseFetcher()
    sheets = [CSS(url=BASE_URL + name, url_fetcher=fetcher, font_config=fonts) for name in STYLESHEETS]
    return fonts, sheets


@contextmanager
def uncollected() -> Iterator[None]:
    """Leaves garbage lying: what a page makes lives until its end, so looking for garbage meanwhile costs a quarter."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def write_pdf(html: str, pictures: Mapping[str, str]) -> bytes:
    """The PDF/UA-1 file of a document that styles itself with the house's stylesheets.

    pictures: SVG by the name that the document's <img src> gives. The same arguments give the same bytes. Raises
    RefusedAddress where the document asks for anything else.
    """
    fonts, sheets = house_style()
    fetcher = HouseFetcher(pictures)
    identifier = hashlib.sha256("\0".join([html, *pictures.values()]).encode()).hexdigest()[:32].encode()
    with uncollected():
        document = HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
        data: bytes = document.write_pdf(
            stylesheets=sheets,
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            pdf_identifier=identifier,
            hinting=False,
        )
    if fetcher.refused:
        raise RefusedAddress(fetcher.refused[0])
    return data
