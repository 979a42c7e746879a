"""A poster's drawing as one SVG picture: one path for each look, so that the file stays small and quick to paint."""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings

from reports.poster_page import Look, Page
from reports.shapes import number


@cache
def colours() -> dict[str, str]:
    """The house's colours by their name in static/css/tokens.css."""
    tokens = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});", tokens))


def drawing_svg(page: Page) -> str:
    """The picture in the page's size. It holds no text of anybody's, only shapes."""
    paths = [_path(look, "".join(parts)) for (_, look), parts in sorted(page.drawing.shapes.items(), key=_layer)]
    width, height = number(page.width), number(page.height)
    box = f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(paths)}</svg>'


def _layer(item: tuple[tuple[int, Look], list[str]]) -> int:
    return item[0][0]


def _path(look: Look, data: str) -> str:
    fill = colours()[look.fill] if look.fill else "none"
    stroke = ""
    if look.stroke:
        dash = f' stroke-dasharray="{look.dash}"' if look.dash else ""
        ends = ' stroke-linecap="round" stroke-linejoin="round"' if not (look.is_flat or dash) else ""
        stroke = f' stroke="{colours()[look.stroke]}" stroke-width="{number(look.width)}"{ends}{dash}'
    return f'<path fill="{fill}"{stroke} d="{data}"/>'
