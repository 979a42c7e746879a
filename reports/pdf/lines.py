"""Pages of lines that are measured and wrapped already: the engine sets samples of them alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from weasyprint.document import Page
from weasyprint.text.line_break import Layout, line_size

from reports.pdf.fetching import RefusedAddress
from reports.pdf.packing import pack
from reports.pdf.paintings import Picture
from reports.pdf.setting import HouseDocument, finish_file, prepared, uncollected
from reports.pdf.styles import house_style, load_arabic
from reports.pdf_lines import Samples, SetText, container_of
from reports.typesetting import is_arabic


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
    fetcher, options = prepared(pictures, house_style()[1])
    with uncollected():
        laid_out = HouseDocument(html, fetcher).render(font_config=house_style()[0], **options)
        page_boxes = [page._page_box for page in laid_out.pages]
        containers = [container_of(page_box) for page_box in page_boxes]
        samples = Samples(containers[0], styles, FinishedLine)
        for container, said in zip(containers, texts, strict=True):
            samples.fill(container, said)
        laid_out.pages[:] = [Page(page_box) for page_box in page_boxes]
        told = [html, *map(str, texts), *map(str, pictures.values())]
        data = finish_file(laid_out, "\0".join(told), pack, options)
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
