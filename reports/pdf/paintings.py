"""Pictures that are PDF already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

POINTS_PER_PIXEL = 0.75


@dataclass(frozen=True, slots=True)
class Painting:
    """A picture of finished PDF operators, in points with y downwards; width and height of the whole in points.

    It stands in WeasyPrint's cache of pictures, so nothing of it is fetched, parsed or written number by number. As an
    SVG the drawing took an eighth of the time of a poster of 60 moments.
    """

    width: float
    height: float
    operators: str

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> tuple[float, float, float]:
        """Width and height in CSS pixels, and their ratio."""
        return self.width / POINTS_PER_PIXEL, self.height / POINTS_PER_PIXEL, self.width / self.height

    def draw(self, stream: Any, width: float, height: float, _style: object) -> None:
        stream.transform(a=width / self.width, d=height / self.height)
        stream.stream.append(self.operators.encode())


Picture = str | bytes | Painting
