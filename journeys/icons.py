"""The product's icons, read once from static/icons (Lucide, ISC licence)."""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings


@cache
def icon_shapes(name: str) -> str:
    """The inner SVG of an icon: shapes for a 24 x 24 box, strokes only. FileNotFoundError: no such icon."""
    source = (settings.BASE_DIR / "static" / "icons" / f"{name}.svg").read_text()
    inner = source[source.index(">", source.index("<svg")) + 1 : source.index("</svg>")]
    return re.sub(r"\s+", " ", inner).strip()
