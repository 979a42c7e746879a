"""A poster's page as the HTML, written as XML, that becomes the PDF. Every word is escaped here and nowhere else."""

from __future__ import annotations

from html import escape

from reports.poster_content import PosterContent
from reports.poster_page import Page, Run, Text, width_of_line
from reports.shapes import number
from reports.typesetting import BOLD, DISPLAY, HEADLINE, REGULAR

DRAWING = "drawing"
FACE_CLASSES = {REGULAR: "", BOLD: "bold", DISPLAY: "display", HEADLINE: "headline"}


class Rules:
    """Declarations with a class each. Blocks of the same classes share one computed style, which saves a quarter."""

    def __init__(self) -> None:
        self.classes: dict[str, str] = {}

    def name(self, declarations: str) -> str:
        return self.classes.setdefault(declarations, f"c{len(self.classes)}")

    def css(self) -> str:
        return "".join(f".{name}{{{declarations}}}" for declarations, name in self.classes.items())


def page_html(page: Page, content: PosterContent) -> str:
    """One sheet: the drawing with its words, then the texts in reading order."""
    title = escape(", ".join(filter(None, (content.journey, content.organisation))))
    picture = f'<img src="{DRAWING}" alt="{escape(page.alternative)}"/>'
    rules, tops = Rules(), [0.0, *(text.y for text in page.texts)]
    head, *rest = [_text(text, above, rules) for text, above in zip(page.texts, tops, strict=False)]
    return (
        f'<!DOCTYPE html><html lang="{escape(content.language)}"><head><meta charset="utf-8"/><title>{title}</title>'
        f'<meta name="author" content="{escape(content.organisation)}"/>'
        f'<meta name="dcterms.created" content="{content.made_on}"/>'
        f'<meta name="dcterms.modified" content="{content.made_on}"/>'
        f"<style>@page{{size:{number(page.width)}pt {number(page.height)}pt}}{rules.css()}</style>"
        f"</head><body>{head}{picture}{''.join(rest)}</body></html>"
    )


def _text(text: Text, above: float, rules: Rules) -> str:
    """A block in its place."""
    faces = {run.face for line in text.lines for run in line}
    shared = faces.pop() if len(faces) == 1 else REGULAR
    lines = "\n".join("".join(_run(run, shared) for run in line) for line in text.lines)
    size = rules.name(f"font-size:{number(text.size)}pt;line-height:{number(text.pitch)}pt")
    classes = _joined(size, *_place(text, above, rules), text.style, FACE_CLASSES[shared])
    return f'<{text.tag} class="{classes}">{lines}</{text.tag}>'


def _place(text: Text, above: float, rules: Rules) -> tuple[str, str]:
    """Classes for the block's left edge and its top.

    Blocks have no height, so a top counts from `above`, the top of the block before. In the flow they take the engine
    two thirds of the time that it needs for blocks placed absolutely.
    """
    down = rules.name(f"margin-top:{number(round(text.y, 2) - round(above, 2))}pt")
    if not text.is_set_right:
        return rules.name(f"margin-left:{number(text.x)}pt"), down
    width = max(width_of_line(line, text.size) for line in text.lines)
    return rules.name(f"margin-left:{number(text.x - width)}pt;width:{number(width)}pt;text-align:right"), down


def _run(run: Run, shared: str) -> str:
    classes = _joined("" if run.face == shared else FACE_CLASSES[run.face], run.style)
    return f'<span class="{classes}">{escape(run.text)}</span>' if classes else escape(run.text)


def _joined(*classes: str) -> str:
    return " ".join(filter(None, classes))
