"""Whether a colour can be read on white, and the nearest one that can. Source: WCAG 2.2, "relative luminance"."""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls

WHITE = "#ffffff"
WORDS_LEAST = 4.5
STEP = 0.002


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(part / 255) for part in bytes.fromhex(colour[1:]))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """1 (alike) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def is_legible(colour: str) -> bool:
    """Whether words of that colour can be read on white, and white ones on it; a bar of it then stands out too."""
    return contrast(colour, WHITE) >= WORDS_LEAST


def nearest_legible(colour: str) -> str:
    """The same hue, only as much darker as it takes."""
    hue, light, saturation = rgb_to_hls(*(part / 255 for part in bytes.fromhex(colour[1:])))
    while not is_legible(colour):
        light -= STEP
        colour = "#" + bytes(round(part * 255) for part in hls_to_rgb(hue, light, saturation)).hex()
    return colour
