"""Fonts and stylesheets as the engine has read them, once a process."""

from __future__ import annotations

from functools import cache
from typing import Any

from weasyprint import CSS

from reports.font_files import unpacked_arabic, unpacked_fonts
from reports.pdf.fetching import ARABIC_SHEET, BASE_URL, PAPER_SHEETS, REPORT_SHEETS, STYLESHEETS, HouseFetcher
from reports.pdf.fonts import OwnFontConfiguration


@cache
def house_style() -> tuple[OwnFontConfiguration, list[Any]]:
    """The fonts and parsed stylesheets of the house, once a process. The first sheet names the fonts and no rule."""
    fonts = OwnFontConfiguration()
    fetcher = HouseFetcher(unpacked_fonts())
    _, *sheets = [CSS(url=BASE_URL + name, url_fetcher=fetcher, font_config=fonts) for name in STYLESHEETS]
    return fonts, sheets


@cache
def paper_style() -> list[Any]:
    """The parsed stylesheets of forms and cards, with the house's fonts."""
    fonts, _ = house_style()
    return [CSS(url=BASE_URL + name, url_fetcher=HouseFetcher(), font_config=fonts) for name in PAPER_SHEETS]


@cache
def report_style() -> list[Any]:
    """The parsed stylesheets of reports, with the house's fonts."""
    fonts, _ = house_style()
    return [CSS(url=BASE_URL + name, url_fetcher=HouseFetcher(), font_config=fonts) for name in REPORT_SHEETS]


@cache
def load_arabic() -> None:
    """Add the Arabic letters to this process's fonts, for good: so ask for it in a child that makes one paper."""
    CSS(url=BASE_URL + ARABIC_SHEET, url_fetcher=HouseFetcher(unpacked_arabic()), font_config=house_style()[0])
