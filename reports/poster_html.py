"""A poster's page as the HTML that becomes the PDF. Every word is escaped here and nowhere else."""

from __future__ import annotations

from html import escape

from reports.poster_content import PosterContent
from reports.poster_page import Page, Run, Text, width_of_line
from reports.shapes import number
from reports.typesetting import BOLD, DISPLAY, HEADLINE, REGULAR

DRAWING = "drawing"
FACE_CLASSES = {REGULAR: "", BOLD: "bold", DISPLAY: "display", HEADLINE: "headline"}


def page_html(page: Page, content: PosterContent) -> str:
    """One sheet: the drawing with its words, then the texts in reading order."""
    title = escape(f"{content.journey}, {content.organisation}")
    picture = f'<img src="{DRAWING}" alt="{escape(page.alternative)}">'
    tops = [0.0, *(text.y for text in page.texts)]
    head, *rest = [_text(text, above) for text, above in zip(page.texts, tops, strict=False)]
    return (
        f'<!DOCTYPE html><html lang="{escape(content.language)}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="author" content="{escape(content.organisation)}">'
        f'<meta name="dcterms.created" content="{content.made_on}">'
        f'<meta name="dcterms.modified" content="{content.made_on}">'
        f"<style>@page{{size:{number(page.width)}pt {number(page.height)}pt}}{_size_rules(page)}</style>"
        f"</head><body>{head}{picture}{''.join(rest)}</body></html>"
    )


def _size_class(text: Text) -> str:
    """Blocks of one size share a class: styles told once cost less than told on each."""
    return f"s{number(text.size)}-{number(text.pitch)}".replace(".", "_")


def _size_rules(page: Page) -> str:
    sizes = {_size_class(text): text for text in page.texts}
    return "".join(
        f".{name}{{font-size:{number(text.size)}pt;line-height:{number(text.pitch)}pt}}" for name, text in sizes.items()
    )


def _text(text: Text, above: float) -> str:
    """A block in its place. A space ends it: some readers of PDF files glue it to the next one otherwise."""
    faces = {run.face for line in text.lines for run in line}
    shared = faces.pop() if len(faces) == 1 else REGULAR
    lines = "\n".join("".join(_run(run, shared) for run in line) for line in text.lines)
    classes = _joined(_size_class(text), text.style, FACE_CLASSES[shared], "right" if text.is_set_right else "")
    end = "" if text.is_set_right else " "
    return f'<{text.tag} class="{classes}" style="{_place(text, above)}">{lines}{end}</{text.tag}>'


def _place(text: Text, above: float) -> str:
    """Blocks have no height, so a margin counts from `above`, the top of the block before.

    In the flow they take the engine two thirds of the time that it needs for blocks placed absolutely.
    """
    down = number(round(text.y, 2) - round(above, 2))
    if not text.is_set_right:
        return f"margin-top:{down}pt;margin-left:{number(text.x)}pt"
    width = max(width_of_line(line, text.size) for line in text.lines)
    return f"margin-top:{down}pt;margin-left:{number(text.x - width)}pt;width:{number(width)}pt"


def _run(run: Run, shared: str) -> str:
    classes = _joined("" if run.face == shared else FACE_CLASSES[run.face], run.style)
    return f'<span class="{classes}">{escape(run.text)}</span>' if classes else escape(run.text)


def _joined(*classes: str) -> str:
    return " ".join(filter(None, classes))
