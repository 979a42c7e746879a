"""A poster's drawing as PDF operators, so that nothing is parsed again: one path for each look, stamps one by one."""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings

from reports.posters.page import Drawing, Look
from reports.shapes import figure_units, number

WHITE_ON = (1, 5, 6)  # levels whose fill is too dark for ink
LEVEL_GREYS = ("#1f1f1f", "#464646", "#6b6b6b", "#989898", "#c2c2c2", "#eaeaea")
BAND_GREYS = ("#dadada", "#e2e2e2", "#e9e9e9", "#f0f0f0", "#f6f6f6", "#fbfbfb")
GREYS = {
    **{f"level-{i}": grey for i, grey in enumerate(LEVEL_GREYS, start=1)},
    **{f"band-{i}": grey for i, grey in enumerate(BAND_GREYS, start=1)},
    **{f"on-level-{i}": "#ffffff" if i <= 3 else "#212121" for i in range(1, 7)},
    **dict.fromkeys(("ink", "blue", "red"), "#212121"),
    **{"ink-soft": "#565656", "line": "#dedede", "line-strong": "#8c8c8c", "orange": "#5c5c5c"},
}


@cache
def colours(is_grey: bool = False) -> dict[str, str]:
    """The house's colours by their name in static/css/tokens.css, and that of the figure on each level's fill."""
    tokens = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    named = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});", tokens))
    figures = {f"on-level-{level}": named["paper" if level in WHITE_ON else "ink"] for level in range(1, 7)}
    return {**named, **figures, **(GREYS if is_grey else {})}


def drawing_operators(drawing: Drawing, is_grey: bool = False) -> str:
    """What paints the drawing, layer by layer, y downwards. It holds no text of anybody's, only shapes."""
    looks = sorted([*drawing.shapes, *drawing.stamps], key=_layer)
    return "\n".join(_painted(drawing, key, is_grey) for key in dict.fromkeys(looks))


def _layer(key: tuple[int, Look]) -> int:
    return key[0]


def _painted(drawing: Drawing, key: tuple[int, Look], is_grey: bool) -> str:
    """All that has one look on one layer."""
    look = key[1]
    paint = {(True, True): "B", (True, False): "f", (False, True): "S"}[bool(look.fill), bool(look.stroke)]
    paths = [f"{''.join(drawing.shapes[key])}{paint}"] if key in drawing.shapes else []
    stamps = [f"q {stamp}{paint} Q" for stamp in drawing.stamps.get(key, ())]
    return "\n".join(["q", *_state(look, is_grey), *paths, *stamps, "Q"])


def _state(look: Look, is_grey: bool) -> list[str]:
    state = [f"{_rgb(look.fill, is_grey)} rg"] if look.fill else []
    if look.stroke:
        width = look.width * figure_units() if look.is_text else look.width
        state.append(f"{_rgb(look.stroke, is_grey)} RG {number(width)} w")
        state += [f"[{look.dash}] 0 d"] if look.dash else [] if look.is_flat else ["1 J 1 j"]
    return state


@cache
def _rgb(name: str, is_grey: bool) -> str:
    """name: of a colour of the house, or an organisation's own as #12508f, which in grey is ink."""
    own = "" if is_grey or not name.startswith("#") else name
    named = colours(is_grey)["ink" if name.startswith("#") else name]
    return " ".join(f"{part / 255:.4g}" for part in bytes.fromhex((own or named)[1:]))
