"""HTML to PDF: the only module that knows WeasyPrint. Its import takes over a second, so import it where it is needed.

Fonts are whole and static on our side, and embedded with the letters that are used. Measured for an A3 poster of ten
moments, embedding the whole files makes it 13 times as large and takes 2.2 times as long; the picture is the same.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import os
import re
import warnings
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from xml.etree import ElementTree

from cssselect2 import ElementWrapper
from django.conf import settings

import reports.unused_imports  # noqa: F401  before WeasyPrint, whose imports it cuts short

# isort: split
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.font_files import unpacked_arabic, unpacked_fonts

BASE_URL = "https://house.invalid/"  # a name that never resolves: addresses are only keys of the allow-list
STYLESHEETS = ("css/fonts.css", "css/tokens.css", "css/poster.css")
PAPER_SHEETS = ("css/tokens.css", "css/paper.css")
REPORT_SHEETS = ("css/tokens.css", "css/report.css")
ARABIC_SHEET = "css/arabic.css"
for talkative in ("weasyprint.progress", "fontTools"):
    logging.getLogger(talkative).setLevel(logging.WARNING)
POINTS_PER_PIXEL = 0.75
PACKING = 6  # of zlib: 9 takes half as long again for 1 % less
ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
MIME_TYPES = {"css": "text/css", "woff2": "font/woff2", "svg": "image/svg+xml"}
ACCESSIBLE = (
    '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>'
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


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


class HouseDocument(HTML):
    """A document written as XML and read by Python's XML parser: WeasyPrint's own takes a fifteenth of a poster's time.

    Raises ParseError where it is not well-formed.
    """

    def __init__(self, source: str, fetcher: HouseFetcher) -> None:
        self.base_url, self.url_fetcher, self.media_type = BASE_URL, fetcher, "print"
        root = ElementTree.fromstring(source)  # noqa: S314  written by us, with every text of others escaped
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


class OwnFontConfiguration(FontConfiguration):
    """Fonts kept for a process's life; a forked child that ends leaves its parent's font files alone."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        super().__init__()

    def __del__(self) -> None:
        if os is not None and self.owner == os.getpid():  # at the interpreter's end modules go first
            super().__del__()


@dataclass(frozen=True, slots=True)
class Painting:
    """A picture of finished PDF operators, in points with y downwards; width and height of the whole in points.

    It stands in WeasyPrint's cache of pictures, so nothing of it is fetched, parsed or written number by number. As an
    SVG the drawing took an eighth of the time of a poster of 60 moments.
    """

    width: float
    height: float
    operators: str

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> tuple[float, float, float]:
        """Width and height in CSS pixels, and their ratio."""
        return self.width / POINTS_PER_PIXEL, self.height / POINTS_PER_PIXEL, self.width / self.height

    def draw(self, stream: Any, width: float, height: float, _style: object) -> None:
        stream.transform(a=width / self.width, d=height / self.height)
        stream.stream.append(self.operators.encode())


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


def _pack(_document: object, pdf: Any) -> None:
    """Compresses each stream once: left to pydyf it happens twice, the second time for the file's identifier."""
    for stream in pdf.objects:
        if getattr(stream, "compress", False):
            stream.compress = False
            content = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
            stream.stream = [zlib.compress(content, PACKING)]
            stream.extra["Filter"] = "/FlateDecode"


def _fold(document: object, pdf: Any) -> None:
    """Makes the first page a form that the others place by its name, /Poster: it stands in the file once."""
    first = pdf.objects[pdf.pages["Kids"][0]]
    del pdf.pages["Kids"][:3]  # number, generation, R
    pdf.pages["Count"] -= 1
    content, resources = (pdf.objects[int(first[name].split()[0])] for name in ("Contents", "Resources"))
    plain = type(resources)
    own = plain({**resources, "XObject": plain(resources["XObject"])})
    content.extra |= {"Type": "/XObject", "Subtype": "/Form", "BBox": first["MediaBox"], "Resources": own}
    resources["XObject"]["Poster"] = content.reference
    pdf.catalog.pop("Outlines", None)
    _pack(document, pdf)


def _pack_fields(document: object, pdf: Any) -> None:
    """A radio button is its group's: it has neither a name nor a place among the fields of its own."""
    form = pdf.catalog.get("AcroForm")
    buttons: list[Any] = [
        entry for entry in pdf.objects if isinstance(entry, dict) and {"Parent", "AS"} <= entry.keys()
    ]
    for button in buttons:
        button.pop("T", None)
    if form is not None:
        own = {button.reference for button in buttons}
        form["Fields"][:] = [reference for reference in form["Fields"] if reference not in own]
    _pack(document, pdf)


def write_pdf(html: str, pictures: Mapping[str, str | Painting], *, is_folded: bool = False) -> bytes:
    """The PDF/UA-1 file of a document, HTML written as XML, that styles itself with the house's stylesheets.

    pictures: SVG or operators by the name that the document's <img src> gives. The same arguments give the same bytes.
    is_folded: the first page stands only on the others, where their paintings place it; such a file has no tags.
    Raises RefusedAddress where the document asks for anything else.
    """
    sheets = house_style()[1]
    if is_folded:
        return _write([html], pictures, sheets, _fold, pdf_variant=None)
    return _write([html], pictures, sheets, _pack)


def write_paper(attempts: Sequence[str], pictures: Mapping[str, str], *, has_fields: bool = False) -> bytes:
    """The PDF/UA-1 file of the first attempt at a paper that takes one page, or else of the first; as `write_pdf`.

    attempts: the same paper, each set closer than the one before. has_fields: inputs can be filled in.
    """
    if ARABIC.search(attempts[0]):
        load_arabic()
    return _write(attempts, pictures, paper_style(), _pack_fields, pdf_forms=has_fields)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that an archived report carries. made_on: ISO date; says: what it holds, in words."""

    name: str
    says: str
    content: bytes
    made_on: str

    def as_attachment(self) -> Attachment:
        """Named as the data that the report was made of."""
        made_at = datetime.fromisoformat(self.made_on)
        more = {"created": made_at, "modified": made_at, "relationship": "Data"}
        return Attachment(string=self.content, name=self.name, description=self.says, **more)


def write_report(
    html: str, pictures: Mapping[str, str], tell: Callable[[], object], enclosures: Sequence[Enclosure] = ()
) -> bytes:
    """The file of a report: PDF/UA-1 or, where it encloses its data, PDF/A-3a that names itself PDF/UA-1 too.

    tell: called once the pages are set and before they are written. Otherwise as `write_pdf`.
    """
    if any(map(ARABIC.search, (html, *pictures.values()))):
        load_arabic()

    def then(laid_out: Any) -> None:
        tell()
        if enclosures:
            _name_as_accessible(laid_out.metadata)

    attachments = [enclosure.as_attachment() for enclosure in enclosures]
    archive = {"pdf_variant": "pdf/a-3a", "attachments": attachments} if enclosures else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves closing its colour profile to Python
        return _write([html], pictures, report_style(), _pack, then, **archive)


def _name_as_accessible(metadata: Any) -> None:
    """Tells of PDF/UA beside PDF/A, with the description of that word which PDF/A asks for."""
    write = metadata.generate_rdf_metadata

    def write_both(*args: Any) -> bytes:
        xml: bytes = write(*args)
        return xml.replace(b"</rdf:RDF>", ACCESSIBLE.encode() + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = write_both


def _write(
    attempts: Sequence[str],
    pictures: Mapping[str, str | Painting],
    sheets: list[Any],
    finish: Any,
    then: Callable[[Any], None] | None = None,
    **more: Any,
) -> bytes:
    fetcher = HouseFetcher({name: picture for name, picture in pictures.items() if isinstance(picture, str)})
    paintings = {BASE_URL + name: picture for name, picture in pictures.items() if isinstance(picture, Painting)}
    options = {"stylesheets": sheets, "pdf_variant": "pdf/ua-1", "hinting": False, "cache": paintings, **more}
    with uncollected():
        html, laid_out = _lay_out(attempts, fetcher, options)
        if then:
            then(laid_out)
        identifier = hashlib.sha256("\0".join([html, *map(str, pictures.values())]).encode()).hexdigest()[:32]
        data: bytes = laid_out.write_pdf(finisher=finish, pdf_identifier=identifier.encode(), **options)
    if fetcher.refused:
        raise RefusedAddress(fetcher.refused[0])
    return data


def _lay_out(attempts: Sequence[str], fetcher: HouseFetcher, options: dict[str, Any]) -> tuple[str, Any]:
    """The first attempt that takes one page, laid out; where none does, the first."""
    first = None
    for html in attempts:
        laid_out = HouseDocument(html, fetcher).render(font_config=house_style()[0], **options)
        if len(laid_out.pages) == 1:
            return html, laid_out
        first = first or (html, laid_out)
    assert first is not None  # noqa: S101  # there is always one
    return first
