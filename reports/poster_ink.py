"""A poster's drawing as PDF operators, so that nothing is parsed again: one path for each look, stamps one by one."""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings

from reports.poster_page import Drawing, Look
from reports.shapes import number


@cache
def colours() -> dict[str, str]:
    """The house's colours by their name in static/css/tokens.css."""
    tokens = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});", tokens))


def drawing_operators(drawing: Drawing) -> str:
    """What paints the drawing, layer by layer, y downwards. It holds no text of anybody's, only shapes."""
    looks = sorted([*drawing.shapes, *drawing.stamps], key=_layer)
    return "\n".join(_painted(drawing, key) for key in dict.fromkeys(looks))


def _layer(key: tuple[int, Look]) -> int:
    return key[0]


def _painted(drawing: Drawing, key: tuple[int, Look]) -> str:
    """All that has one look on one layer."""
    look = key[1]
    paint = {(True, True): "B", (True, False): "f", (False, True): "S"}[bool(look.fill), bool(look.stroke)]
    paths = [f"{''.join(drawing.shapes[key])}{paint}"] if key in drawing.shapes else []
    stamps = [f"q {stamp}{paint} Q" for stamp in drawing.stamps.get(key, ())]
    return "\n".join(["q", *_state(look), *paths, *stamps, "Q"])


def _state(look: Look) -> list[str]:
    state = [f"{_rgb(look.fill)} rg"] if look.fill else []
    if look.stroke:
        state.append(f"{_rgb(look.stroke)} RG {number(look.width)} w")
        state += [f"[{look.dash}] 0 d"] if look.dash else [] if look.is_flat else ["1 J 1 j"]
    return state


@cache
def _rgb(name: str) -> str:
    return " ".join(f"{part / 255:.4g}" for part in bytes.fromhex(colours()[name][1:]))
