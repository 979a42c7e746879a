"""A poster's page as the HTML that becomes the PDF. Every word is escaped here and nowhere else."""

from __future__ import annotations

from html import escape

from reports.poster_content import PosterContent
from reports.poster_page import Page, Run, Text
from reports.shapes import number
from reports.typesetting import BOLD, DISPLAY, HEADLINE

DRAWING = "drawing.svg"
FACE_CLASSES = {BOLD: "bold", DISPLAY: "display", HEADLINE: "headline"}


def page_html(page: Page, content: PosterContent) -> str:
    """One sheet: the drawing with its words, then the texts in reading order."""
    title = escape(f"{content.journey}, {content.organisation}")
    picture = f'<img src="{DRAWING}" alt="{escape(page.alternative)}">'
    head, *rest = [_text(text, page.width) for text in page.texts]
    return (
        f'<!DOCTYPE html><html lang="{escape(content.language)}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="author" content="{escape(content.organisation)}">'
        f'<meta name="dcterms.created" content="{content.made_on}">'
        f'<meta name="dcterms.modified" content="{content.made_on}">'
        f"<style>@page{{size:{number(page.width)}pt {number(page.height)}pt}}</style>"
        f"</head><body>{head}{picture}{''.join(rest)}</body></html>"
    )


def _text(text: Text, page_width: float) -> str:
    place = f"right:{number(page_width - text.x)}pt" if text.is_set_right else f"left:{number(text.x)}pt"
    size = f"font-size:{number(text.size)}pt;line-height:{number(text.pitch)}pt"
    looks = {_classes(run) for line in text.lines for run in line}
    shared = looks.pop() if len(looks) == 1 else None
    lines = "\n".join("".join(_run(run, shared) for run in line) for line in text.lines)
    classes = " ".join(filter(None, (text.style, shared, "right" if text.is_set_right else "")))
    style = f' class="{classes}"' if classes else ""
    return f'<{text.tag}{style} style="{place};top:{number(text.y)}pt;{size}">{lines}</{text.tag}>'


def _run(run: Run, shared: str | None) -> str:
    classes = _classes(run)
    return escape(run.text) if classes in ("", shared) else f'<span class="{classes}">{escape(run.text)}</span>'


def _classes(run: Run) -> str:
    return " ".join(filter(None, (FACE_CLASSES.get(run.face, ""), run.style)))
