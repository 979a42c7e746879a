"""One document, one file: posters, forms, signs, and somebody's drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from weasyprint import HTML

from reports.pdf.fetching import BASE_URL, OneFileFetcher, RefusedAddress
from reports.pdf.packing import fold, pack, pack_fields
from reports.pdf.paintings import Picture
from reports.pdf.setting import write_first_fitting
from reports.pdf.styles import house_style, load_arabic, paper_style
from reports.typesetting import is_arabic


def write_pdf(html: str, pictures: Mapping[str, Picture], *, is_folded: bool = False) -> bytes:
    """The PDF/UA-1 file of a document, HTML written as XML, that styles itself with the house's stylesheets.

    pictures: SVG, PNG or operators by the name that the document's <img src> gives.
    The same arguments give the same bytes.
    is_folded: the first page stands only on the others, where their paintings place it; such a file has no tags.
    Raises RefusedAddress where the document asks for anything else.
    """
    if is_arabic(html):
        load_arabic()
    sheets = house_style()[1]
    if is_folded:
        return write_first_fitting([html], pictures, sheets, fold, pdf_variant=None)
    return write_first_fitting([html], pictures, sheets, pack)


def write_paper(attempts: Sequence[str], pictures: Mapping[str, str | bytes], *, has_fields: bool = False) -> bytes:
    """The PDF/UA-1 file of the first attempt at a paper that takes one page, or else of the first; as `write_pdf`.

    attempts: the same paper, each set closer than the one before. has_fields: inputs can be filled in.
    """
    if is_arabic(attempts[0]):
        load_arabic()
    return write_first_fitting(attempts, pictures, paper_style(), pack_fields, pdf_forms=has_fields)


def write_picture(svg: bytes, side: float) -> bytes:
    """A PDF of one square page, sides in points, with somebody's SVG as large as fits; nothing is fetched for it.

    Raises RefusedAddress where it asks for anything.
    """
    fetcher = OneFileFetcher({"picture.svg": svg})
    place = f"display:block;width:{side}pt;height:{side}pt;object-fit:contain"
    page = f'<style>@page{{size:{side}pt;margin:0}}body{{margin:0}}</style><img src="picture.svg" style="{place}">'
    data: bytes = HTML(string=page, base_url=BASE_URL, url_fetcher=fetcher).write_pdf(hinting=False)
    if fetcher.refused:
        raise RefusedAddress(fetcher.refused[0])
    return data
