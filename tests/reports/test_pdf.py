"""HTML to PDF: what a document may load, and that the same document gives the same bytes."""

from __future__ import annotations

import os
from xml.etree import ElementTree

import pypdfium2 as pdfium
import pytest
from PIL import ImageChops

from reports.pdf import BASE_URL, HouseFetcher, Painting, RefusedAddress, house_sheets, house_style, write_pdf

PAGE = '<!DOCTYPE html><html lang="en"><head><title>Page</title></head><body><h1>Page</h1>{}</body></html>'
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M0,0h10v10h-10z"/></svg>'


def test_house_sheets_are_three():
    assert list(house_sheets()) == ["css/fonts.css", "css/tokens.css", "css/poster.css"]


def test_fetcher_serves_a_sheet_and_the_files_of_the_document():
    fetcher = HouseFetcher({"square.svg": SQUARE, "fonts/inter-bold.woff2": b"\0\1\0\0"})

    sheet = fetcher.fetch(f"{BASE_URL}css/tokens.css")
    picture = fetcher.fetch(f"{BASE_URL}square.svg")
    font = fetcher.fetch(f"{BASE_URL}fonts/inter-bold.woff2")

    assert (sheet.content_type, sheet.read()) == ("text/css", house_sheets()["css/tokens.css"])
    assert (picture.content_type, picture.read()) == ("image/svg+xml", SQUARE.encode())
    assert (font.content_type, font.read()) == ("font/woff2", b"\0\1\0\0")
    assert fetcher.refused == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:8000/",
        "https://example.com/a.png",
        "ftp://example.com/a",
        "data:text/css,*{}",
        f"{BASE_URL}css/house.css",
        f"{BASE_URL}../config/settings.py",
        f"{BASE_URL}fonts/inter-bold.woff2",
        "fonts/inter-bold.woff2",
        "",
    ],
)
def test_fetcher_refuses_and_remembers_every_other_address(url):
    fetcher = HouseFetcher({"square.svg": SQUARE})

    with pytest.raises(RefusedAddress):
        fetcher.fetch(url)

    assert fetcher.refused == [url]


@pytest.mark.parametrize(
    "body",
    [
        '<img src="file:///etc/passwd" alt="x"/>',
        '<style>p{background:url("https://example.com/a.png")}</style><p>x</p>',
        '<link rel="stylesheet" href="other.css"/>',
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_write_pdf_gives_no_file_where_a_document_asks_for_more(body):
    with pytest.raises(RefusedAddress):
        write_pdf(PAGE.format(body), {})


def test_write_pdf_gives_the_same_bytes_again_and_others_for_another_picture():
    page = PAGE.format('<img src="square.svg" alt="A square"/>')

    first, second = write_pdf(page, {"square.svg": SQUARE}), write_pdf(page, {"square.svg": SQUARE})
    other = write_pdf(page, {"square.svg": SQUARE.replace("M0,0", "M1,1")})

    assert first == second
    assert first != other


def test_write_pdf_takes_well_formed_documents_alone():
    with pytest.raises(ElementTree.ParseError):
        write_pdf(PAGE.format("<p>an open end"), {})


def test_painting_stands_in_its_place_in_its_size_with_y_downwards():
    upper_half = Painting(10, 10, "1 0 0 rg 0 0 10 5 re f")
    page = PAGE.format('<img src="half" alt="Half a square" style="position:absolute;left:60pt;top:50pt"/>')

    data = write_pdf(page.replace("<title>", "<style>@page{size:100pt 80pt}</style><title>"), {"half": upper_half})

    red, green, _ = pdfium.PdfDocument(data)[0].render(scale=4).to_pil().convert("RGB").split()
    assert ImageChops.difference(red, green).point(lambda value: 255 * (value > 200)).getbbox() == (240, 200, 280, 220)


def test_fonts_outlive_a_forked_child_that_ends():
    fonts, _ = house_style()
    there = sorted(fonts._folder.iterdir())

    child = os.fork()
    if child == 0:
        fonts.__del__()
        os._exit(0)
    os.waitpid(child, 0)

    assert sorted(fonts._folder.iterdir()) == there
    assert len(there) >= 5
