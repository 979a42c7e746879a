"""A poster's page as the HTML, written as XML, that becomes the PDF. Every word is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
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


def page_html(page: Page, content: PosterContent, *, sheets: Sequence[Page] = (), is_grey: bool = False) -> str:
    """The drawing with its words, then the texts in reading order; after it sheets that show parts of it."""
    title = escape(", ".join(filter(None, (content.journey, content.organisation))))
    picture = f'<img src="{DRAWING}" alt="{escape(page.alternative)}"/>'
    rules = Rules()
    head, *rest = _texts(page, rules)
    picture += _logo(page, content, rules)
    parts = "".join(_sheet(sheet, i, rules) for i, sheet in enumerate(sheets))
    look = "grey" if is_grey else "colour"
    accent = f".accent{{color:{content.look.accent}}}" if content.look.accent and not is_grey else ""
    return (
        f'<!DOCTYPE html><html lang="{escape(content.language)}"><head><meta charset="utf-8"/><title>{title}</title>'
        f'<meta name="author" content="{escape(content.organisation)}"/>'
        f'<meta name="dcterms.created" content="{content.made_on}"/>'
        f'<meta name="dcterms.modified" content="{content.made_on}"/>'
        f"<style>{_paper(page)}{''.join(_paper(sheet, 'sheet') for sheet in sheets[:1])}{rules.css()}{accent}</style>"
        f'</head><body class="{look}">{head}{picture}{"".join(rest)}{parts}</body></html>'
    )


def _logo(page: Page, content: PosterContent, rules: Rules) -> str:
    if page.logo is None:
        return ""
    logo = page.logo
    sides = {"left": logo.x, "top": logo.y, "width": logo.width, "height": logo.height}
    place = rules.name(";".join(f"{side}:{number(points)}pt" for side, points in sides.items()))
    return f'<img class="{place}" src="{logo.name}" alt="{escape(content.organisation)}"/>'


def _paper(page: Page, name: str = "") -> str:
    return f"@page {name}{{size:{number(page.width)}pt {number(page.height)}pt}}"


def _sheet(page: Page, place: int, rules: Rules) -> str:
    return f'<section><img src="{sheet_drawing(place)}" alt=""/>{"".join(_texts(page, rules))}</section>'


def sheet_drawing(place: int) -> str:
    """The name of a sheet's drawing; place: from 0."""
    return f"sheet-{place}"


def _texts(page: Page, rules: Rules) -> list[str]:
    tops = [0.0, *(text.y for text in page.texts)]
    return [_text(text, above, rules) for text, above in zip(page.texts, tops, strict=False)]


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
