"""A poster's page as the HTML, written as XML, that becomes the PDF. Every word is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol

from reports.look import FrozenLook
from reports.pdf_lines import SetText
from reports.posters.page import Page, Picture, Run, Text, width_of_line
from reports.shapes import number
from reports.typesetting import BOLD, DISPLAY, HEADLINE, QUOTE, REGULAR, is_arabic, runs_leftward


class Titled(Protocol):
    """What a document's head says of it; journey: what it is about."""

    @property
    def journey(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def made_on(self) -> str: ...
    @property
    def look(self) -> FrozenLook: ...


ARABIC, LEFTWARD = "arabic", "leftward"
FACE_CLASSES = {REGULAR: "", BOLD: "bold", DISPLAY: "display", HEADLINE: "headline", QUOTE: "quote"}


class Rules:
    """Declarations with a class each. Blocks of the same classes share one computed style, which saves a quarter."""

    def __init__(self) -> None:
        self.classes: dict[str, str] = {}

    def name(self, declarations: str) -> str:
        return self.classes.setdefault(declarations, f"c{len(self.classes)}")

    def css(self) -> str:
        return "".join(f".{name}{{{declarations}}}" for declarations, name in self.classes.items())


def page_html(page: Page, content: Titled, *, sheets: Sequence[Page] = (), is_grey: bool = False) -> str:
    """The drawing with its words, then the texts in reading order; after it sheets that show parts of it."""
    rules = Rules()
    head, *rest = _texts(page, rules)
    pictured = _picture(page) + _logos(page, content, rules)
    parts = [_sheet(sheet, i, rules) for i, sheet in enumerate(sheets)]
    return _document(page, content, rules, [head, pictured, *rest, *parts], sheets=sheets, is_grey=is_grey)


def _picture(page: Page, place: int = 0) -> str:
    return f'<img src="{page_drawing(place)}" alt="{escape(page.alternative)}"/>'


def page_drawing(place: int) -> str:
    """The name of a page's drawing; place: from 0."""
    return f"drawing-{place}"


def _document(
    page: Page,
    content: Titled,
    rules: Rules,
    parts: Sequence[str],
    *,
    sheets: Sequence[Page] = (),
    is_grey: bool = False,
) -> str:
    title = escape(", ".join(filter(None, (content.journey, content.organisation))))
    look = "grey" if is_grey else "colour"
    accent = f".accent{{color:{content.look.accent}}}" if content.look.accent and not is_grey else ""
    return (
        f'<!DOCTYPE html><html lang="{escape(content.language)}"><head><meta charset="utf-8"/><title>{title}</title>'
        f'<meta name="author" content="{escape(content.organisation)}"/>'
        f'<meta name="dcterms.created" content="{content.made_on}"/>'
        f'<meta name="dcterms.modified" content="{content.made_on}"/>'
        f"<style>{_paper(page)}{''.join(_paper(sheet, 'sheet') for sheet in sheets[:1])}{rules.css()}{accent}</style>"
        f'</head><body class="{look}">{"".join(parts)}</body></html>'
    )


@dataclass(frozen=True, slots=True)
class Sampled:
    """The HTML of pages with one sample of each kind of block on the first, and each page's texts."""

    html: str
    styles: list[list[str]]
    texts: list[list[SetText]]


def sampled_html(pages: Sequence[Page], content: Titled, *, is_grey: bool = False) -> Sampled:
    """What `reports.pdf.write_lines` takes for pages of one size."""
    rules = Rules()
    kinds: dict[tuple[str, str], dict[str, None]] = {}
    texts = [[_set_text(text, kinds, rules) for text in page.texts] for page in pages]
    samples = "".join(_sample(tag, classes, styles) for (tag, classes), styles in kinds.items())
    pictures = [_picture(page, i) + _logos(page, content, rules) for i, page in enumerate(pages)]
    parts = [samples, *pictures]
    if len(pages) > 1:
        parts = [f"<section>{samples if not i else ''}{picture}</section>" for i, picture in enumerate(pictures)]
    html = _document(pages[0], content, rules, parts, sheets=pages[1:2], is_grey=is_grey)
    return Sampled(html, [list(styles) for styles in kinds.values()], texts)


def _set_text(text: Text, kinds: dict[tuple[str, str], dict[str, None]], rules: Rules) -> SetText:
    shared = _shared_face(text)
    size = rules.name(f"font-size:{number(text.size)}pt;line-height:{number(text.pitch)}pt")
    script = _script_classes(text)
    kind = (text.tag, _joined(size, text.style, FACE_CLASSES[shared], script))
    styles = kinds.setdefault(kind, {})
    lines = [[(_run_classes(run, shared), run.text) for run in line] for line in text.lines]
    styles.update(dict.fromkeys(style for line in lines for style, _words in line))
    place = list(kinds).index(kind)
    is_leftward = LEFTWARD in script
    return SetText(place, round(text.x, 2), round(text.y, 2), text.pitch, lines, text.is_set_right, is_leftward)


def _script_classes(text: Text) -> str:
    """Of texts with Arabic letters, and of those that run from right to left."""
    words = " ".join(run.text for line in text.lines for run in line)
    if not is_arabic(words):
        return ""
    return f"{ARABIC} {LEFTWARD}" if runs_leftward(words) else ARABIC


def _widest(text: Text) -> float:
    return max(width_of_line(line, text.size) for line in text.lines)


def _sample(tag: str, classes: str, styles: Iterable[str]) -> str:
    """A line with a letter of each kind of run."""
    letters = "".join(f'<span class="{style}">x</span>' if style else "x" for style in styles)
    return f'<{tag} class="{classes}">{letters}</{tag}>'


def _logos(page: Page, content: Titled, rules: Rules) -> str:
    return "".join(_logo(logo, content, rules) for logo in page.logos)


def _logo(logo: Picture, content: Titled, rules: Rules) -> str:
    sides = {"left": logo.x, "top": logo.y, "width": logo.width, "height": logo.height}
    place = rules.name(";".join(f"{side}:{number(points)}pt" for side, points in sides.items()))
    return f'<img class="{place}" src="{logo.name}" alt="{escape(logo.alternative or content.organisation)}"/>'


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
    shared = _shared_face(text)
    lines = "\n".join("".join(_run(run, shared) for run in line) for line in text.lines)
    size = rules.name(f"font-size:{number(text.size)}pt;line-height:{number(text.pitch)}pt")
    classes = _joined(size, *_place(text, above, rules), text.style, FACE_CLASSES[shared], _script_classes(text))
    return f'<{text.tag} class="{classes}">{lines}</{text.tag}>'


def _shared_face(text: Text) -> str:
    """The face of all runs, or the usual one where they differ."""
    faces = {run.face for line in text.lines for run in line}
    return faces.pop() if len(faces) == 1 else REGULAR


def _place(text: Text, above: float, rules: Rules) -> tuple[str, str]:
    """Classes for the block's left edge and its top.

    Blocks have no height, so a top counts from `above`, the top of the block before. In the flow they take the engine
    two thirds of the time that it needs for blocks placed absolutely.
    """
    down = rules.name(f"margin-top:{number(round(text.y, 2) - round(above, 2))}pt")
    is_leftward = LEFTWARD in _script_classes(text)
    if not text.is_set_right and not is_leftward:
        return rules.name(f"margin-left:{number(text.x)}pt"), down
    width = _widest(text)
    left = text.x - width if text.is_set_right else text.x
    return rules.name(f"margin-left:{number(left)}pt;width:{number(width)}pt;text-align:right"), down


def _run(run: Run, shared: str) -> str:
    classes = _run_classes(run, shared)
    return f'<span class="{classes}">{escape(run.text)}</span>' if classes else escape(run.text)


def _run_classes(run: Run, shared: str) -> str:
    return _joined("" if run.face == shared else FACE_CLASSES[run.face], run.style)


def _joined(*classes: str) -> str:
    return " ".join(filter(None, classes))
