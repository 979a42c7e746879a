"""People's words as paper can carry them, and the one picture that it has: a QR code."""

from __future__ import annotations

import re
from typing import Any

from reports.shapes import number
from reports.typesetting import printable

NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
QUIET_MODULES = 4


def clean(value: Any) -> Any:
    """Every text inside, without the characters that a document can't hold."""
    if isinstance(value, dict):
        return {name: clean(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [clean(inner) for inner in value]
    return NOT_IN_XML.sub("", printable(value)) if isinstance(value, str) else value


def qr_picture(address: str) -> str:
    """The code as an SVG with its quiet zone. It is still read with an eighth of it covered or stained."""
    import segno

    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    side = len(rows) + 2 * QUIET_MODULES
    squares = "".join(
        f"M{x + QUIET_MODULES},{y + QUIET_MODULES}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(side)} {number(side)}" '
        f'width="{side}" height="{side}"><path d="{squares}" fill="#000000"/></svg>'
    )
