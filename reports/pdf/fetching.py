"""What a document may load: the stylesheets of the house and its own pictures, from memory."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.conf import settings
from weasyprint.urls import URLFetcher, URLFetcherResponse

BASE_URL = "https://house.invalid/"  # a name that never resolves: addresses are only keys of the allow-list
STYLESHEETS = ("css/fonts.css", "css/tokens.css", "css/poster.css")
PAPER_SHEETS = ("css/tokens.css", "css/paper.css")
REPORT_SHEETS = ("css/tokens.css", "css/report.css")
ARABIC_SHEET = "css/arabic.css"
MIME_TYPES = {"css": "text/css", "woff2": "font/woff2", "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}


class RefusedAddress(Exception):  # named for what happened
    """A document asked for an address that is neither a house file nor a picture handed in."""


class HouseFetcher(URLFetcher):
    """Serves the stylesheets of the house and the files of one document from memory; refuses the rest.

    files: content by name. refused: what was asked for in vain, in order.
    """

    def __init__(self, files: Mapping[str, str | bytes] | None = None) -> None:
        super().__init__(allowed_protocols=("https",), allow_redirects=False)
        self.files = files or {}
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        name = url.removeprefix(BASE_URL)
        body = self.files.get(name) or house_sheets().get(name) or paper_sheets().get(name)
        if body is None or not url.startswith(BASE_URL):
            self.refused.append(url)
            raise RefusedAddress(url)
        return URLFetcherResponse(url, body, {"Content-Type": MIME_TYPES[name.rsplit(".", 1)[-1]]})


class OneFileFetcher(HouseFetcher):
    """Serves its own files and not even the stylesheets of the house."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url.removeprefix(BASE_URL) in self.files:
            return super().fetch(url, headers)
        self.refused.append(url)
        raise RefusedAddress(url)


@cache
def house_sheets() -> dict[str, bytes]:
    """Every stylesheet that a document may load, by its path under static/."""
    return {name: _sheet(name) for name in STYLESHEETS}


@cache
def paper_sheets() -> dict[str, bytes]:
    """What forms, cards, reports and their like load besides the fonts."""
    return {name: _sheet(name) for name in (*PAPER_SHEETS, *REPORT_SHEETS, ARABIC_SHEET)}


def _sheet(name: str) -> bytes:
    body: bytes = (settings.BASE_DIR / "static" / name).read_bytes()
    return body
