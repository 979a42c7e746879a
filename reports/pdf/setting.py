"""From HTML to laid out pages to the bytes of a file."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree

from cssselect2 import ElementWrapper
from weasyprint import HTML

from reports.pdf.fetching import BASE_URL, HouseFetcher, RefusedAddress
from reports.pdf.paintings import Painting, Picture
from reports.pdf.styles import house_style


class HouseDocument(HTML):
    """A document written as XML and read by Python's XML parser: WeasyPrint's own takes a fifteenth of a poster's time.

    Raises ParseError where it is not well-formed.
    """

    def __init__(self, source: str, fetcher: HouseFetcher) -> None:
        self.base_url, self.url_fetcher, self.media_type = BASE_URL, fetcher, "print"
        root = ElementTree.fromstring(source)  # noqa: S314  written by us, with every text of others escaped
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


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


def write_first_fitting(
    attempts: Sequence[str],
    pictures: Mapping[str, Picture],
    sheets: list[Any],
    finish: Any,
    then: Callable[[Any], None] | None = None,
    **more: Any,
) -> bytes:
    fetcher, options = prepared(pictures, sheets, **more)
    with uncollected():
        html, laid_out = lay_out(attempts, fetcher, options)
        if then:
            then(laid_out)
        data = finish_file(laid_out, "\0".join([html, *map(str, pictures.values())]), finish, options)
    if fetcher.refused:
        raise RefusedAddress(fetcher.refused[0])
    return data


def prepared(pictures: Mapping[str, Picture], sheets: list[Any], **more: Any) -> tuple[HouseFetcher, dict[str, Any]]:
    fetcher = HouseFetcher({name: picture for name, picture in pictures.items() if not isinstance(picture, Painting)})
    paintings = {BASE_URL + name: picture for name, picture in pictures.items() if isinstance(picture, Painting)}
    return fetcher, {"stylesheets": sheets, "pdf_variant": "pdf/ua-1", "hinting": False, "cache": paintings, **more}


def finish_file(laid_out: Any, told: str, finish: Any, options: dict[str, Any]) -> bytes:
    """The file. told: all that it is made of, from which it gets its identifier."""
    identifier = hashlib.sha256(told.encode()).hexdigest()[:32]
    data: bytes = laid_out.write_pdf(finisher=finish, pdf_identifier=identifier.encode(), **options)
    return data


def lay_out(attempts: Sequence[str], fetcher: HouseFetcher, options: dict[str, Any]) -> tuple[str, Any]:
    """The first attempt that takes one page, laid out; where none does, the first."""
    first = None
    for html in attempts:
        laid_out = HouseDocument(html, fetcher).render(font_config=house_style()[0], **options)
        if len(laid_out.pages) == 1:
            return html, laid_out
        first = first or (html, laid_out)
    assert first is not None  # noqa: S101  # there is always one
    return first
