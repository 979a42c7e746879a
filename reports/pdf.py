"""HTML to PDF: the only module that knows WeasyPrint. Its import takes over a second, so import it where it is needed.

Fonts are whole and static on our side, and embedded with the letters that are used. Measured for an A3 poster of ten
moments, embedding the whole files makes it 13 times as large and takes 2.2 times as long; the picture is the same.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import os
import shutil
import warnings
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from cssselect2 import ElementWrapper
from django.conf import settings

import reports.unused_imports  # noqa: F401  before WeasyPrint, whose imports it cuts short

# isort: split
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Page
from weasyprint.pdf import pydyf
from weasyprint.text.fonts import FontConfiguration
from weasyprint.text.line_break import Layout, line_size
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.font_files import unpacked_arabic, unpacked_fonts
from reports.pdf_lines import Samples, SetText, container_of
from reports.typesetting import is_arabic

BASE_URL = "https://house.invalid/"  # a name that never resolves: addresses are only keys of the allow-list
STYLESHEETS = ("css/fonts.css", "css/tokens.css", "css/poster.css")
PAPER_SHEETS = ("css/tokens.css", "css/paper.css")
REPORT_SHEETS = ("css/tokens.css", "css/report.css")
ARABIC_SHEET = "css/arabic.css"
for talkative in ("weasyprint.progress", "fontTools"):
    logging.getLogger(talkative).setLevel(logging.WARNING)
POINTS_PER_PIXEL = 0.75
FINISHED = (pydyf.Array, pydyf.Dictionary)  # what holds no stream
PACKING = 6  # of zlib: 9 takes half as long again for 1 % less
MIME_TYPES = {"css": "text/css", "woff2": "font/woff2", "svg": "image/svg+xml", "png": "image/png"}
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


class OneFileFetcher(HouseFetcher):
    """Serves its own files and not even the stylesheets of the house."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url.removeprefix(BASE_URL) in self.files:
            return super().fetch(url, headers)
        self.refused.append(url)
        raise RefusedAddress(url)


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
    """Fonts kept for a process's life; a forked child that ends leaves its parent's font files alone.

    A font whose file lies in the folder counts as loaded: so what a child adds goes into a folder of its own, or the
    next child would go without.
    """

    _folder: Path | None

    def __init__(self) -> None:
        self.owner = self.folder_of = os.getpid()
        super().__init__()

    def add_font_face(self, rule_descriptors: Any, url_fetcher: Any) -> None:
        if self._folder is not None and self.folder_of != os.getpid():
            self.folder_of = os.getpid()
            self._folder = own_folder(self._folder)
        super().add_font_face(rule_descriptors, url_fetcher)

    def __del__(self) -> None:
        if os is not None and self.owner == os.getpid():  # at the interpreter's end modules go first
            super().__del__()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def own_folder(shared: Path) -> Path:
    """A folder in the shared one for this process; those of processes that have ended go."""
    for path in shared.iterdir():
        if path.name.isdigit() and not is_alive(int(path.name)):
            shutil.rmtree(path, ignore_errors=True)
    own = shared / str(os.getpid())
    own.mkdir(exist_ok=True)
    return own


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


Picture = str | bytes | Painting


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


class Finished(pydyf.Object):
    """An object of the file as its bytes: pydyf asks for them twice, and writes them out anew each time."""

    compressible = True
    data = b""

    def __init__(self, written: pydyf.Object) -> None:
        super().__init__()
        self.number, self.generation, self.free = written.number, written.generation, written.free
        self.compressible, self.data = written.compressible, written.data


def _pack(_document: object, pdf: Any) -> None:
    """Compresses each stream once: left to pydyf it happens twice, the second time for the file's identifier."""
    pdf.objects[:] = [Finished(each) if type(each) in FINISHED else each for each in pdf.objects]
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
        return _write([html], pictures, sheets, _fold, pdf_variant=None)
    return _write([html], pictures, sheets, _pack)


def write_lines(
    html: str,
    pictures: Mapping[str, Picture],
    styles: Sequence[Sequence[str]],
    texts: Sequence[Sequence[SetText]],
) -> bytes:
    """The PDF/UA-1 file of pages of finished lines; texts: of each page.

    html: the pages, with a sample of each kind of block on the first; styles: classes of each sample's runs.
    """
    if any(is_arabic(text.words) for said in texts for text in said):
        load_arabic()
    fetcher, options = _prepared(pictures, house_style()[1])
    with uncollected():
        laid_out = HouseDocument(html, fetcher).render(font_config=house_style()[0], **options)
        page_boxes = [page._page_box for page in laid_out.pages]
        containers = [container_of(page_box) for page_box in page_boxes]
        samples = Samples(containers[0], styles, FinishedLine)
        for container, said in zip(containers, texts, strict=True):
            samples.fill(container, said)
        laid_out.pages[:] = [Page(page_box) for page_box in page_boxes]
        told = [html, *map(str, texts), *map(str, pictures.values())]
        data = _finish(laid_out, "\0".join(told), _pack, options)
    if fetcher.refused:
        raise RefusedAddress(fetcher.refused[0])
    return data


class FinishedLine(Layout):
    """A line that is drawn as it stands. It is set up where it is measured or drawn, once: other lines are twice."""

    def __init__(self, words: str) -> None:
        self.text, self.max_width, self.justification_spacing, self.is_set = words, None, 0, False

    def reactivate(self, style: Any) -> None:
        if not self.is_set:
            super().reactivate(style)
            self.is_set = True

    def width(self, style: Any) -> float:
        """In pixels."""
        self.reactivate(style)
        width, _height = line_size(self.get_first_line()[0], style)
        return float(width)


def write_paper(attempts: Sequence[str], pictures: Mapping[str, str | bytes], *, has_fields: bool = False) -> bytes:
    """The PDF/UA-1 file of the first attempt at a paper that takes one page, or else of the first; as `write_pdf`.

    attempts: the same paper, each set closer than the one before. has_fields: inputs can be filled in.
    """
    if is_arabic(attempts[0]):
        load_arabic()
    return _write(attempts, pictures, paper_style(), _pack_fields, pdf_forms=has_fields)


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
    html: str, pictures: Mapping[str, str | bytes], tell: Callable[[], object], enclosures: Sequence[Enclosure] = ()
) -> bytes:
    """The file of a report: PDF/UA-1 or, where it encloses its data, PDF/A-3a that names itself PDF/UA-1 too.

    tell: called once the pages are set and before they are written. Otherwise as `write_pdf`.
    """
    if any(is_arabic(text) for text in (html, *pictures.values()) if isinstance(text, str)):
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
    pictures: Mapping[str, Picture],
    sheets: list[Any],
    finish: Any,
    then: Callable[[Any], None] | None = None,
    **more: Any,
) -> bytes:
    fetcher, options = _prepared(pictures, sheets, **more)
    with uncollected():
        html, laid_out = _lay_out(attempts, fetcher, options)
        if then:
            then(laid_out)
        data = _finish(laid_out, "\0".join([html, *map(str, pictures.values())]), finish, options)
    if fetcher.refused:
        raise RefusedAddress(fetcher.refused[0])
    return data


def _prepared(pictures: Mapping[str, Picture], sheets: list[Any], **more: Any) -> tuple[HouseFetcher, dict[str, Any]]:
    fetcher = HouseFetcher({name: picture for name, picture in pictures.items() if not isinstance(picture, Painting)})
    paintings = {BASE_URL + name: picture for name, picture in pictures.items() if isinstance(picture, Painting)}
    return fetcher, {"stylesheets": sheets, "pdf_variant": "pdf/ua-1", "hinting": False, "cache": paintings, **more}


def _finish(laid_out: Any, told: str, finish: Any, options: dict[str, Any]) -> bytes:
    """The file. told: all that it is made of, from which it gets its identifier."""
    identifier = hashlib.sha256(told.encode()).hexdigest()[:32]
    data: bytes = laid_out.write_pdf(finisher=finish, pdf_identifier=identifier.encode(), **options)
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
