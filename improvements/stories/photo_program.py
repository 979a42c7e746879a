"""A program that turns an uploaded photo into a JPEG that holds pixels and nothing else.

    python -m improvements.stories.photo_program < upload > photo.jpg

Turned upright first, since that stands in the metadata; then neither place nor camera nor a thumbnail is left.
"""

from __future__ import annotations

import sys
from io import BytesIO
from typing import Any

from improvements.limits import PHOTO_BYTES_MAX, PHOTO_PIXELS_MAX, PHOTO_SIDE_MAX, PHOTO_UPLOAD_BYTES_MAX
from jobs.picture_program import Refused, answer, limit, raster

SIDE_LEAST = 64
QUALITIES = (85, 75, 65, 55)
SHRINK = 0.8
CPU_SECONDS = 10


def clean(content: bytes) -> bytes:
    """The JPEG. Raises Refused."""
    if len(content) > PHOTO_UPLOAD_BYTES_MAX:
        raise Refused("large")
    photo = _on_white(raster(content, PHOTO_PIXELS_MAX, side_wanted=PHOTO_SIDE_MAX))
    if max(photo.size) < SIDE_LEAST:
        raise Refused("small")
    return _encoded(photo)


def _on_white(picture: Any) -> Any:
    """A picture of its own, made of the other's pixels alone."""
    from PIL import Image

    picture.thumbnail((PHOTO_SIDE_MAX, PHOTO_SIDE_MAX), Image.Resampling.LANCZOS)
    if picture.mode.startswith("I"):  # 16 bits of grey
        picture = picture.point(lambda value: value / 256).convert("L")
    seen = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")


def _encoded(photo: Any) -> bytes:
    """With as much quality as fits, or else smaller."""
    from PIL import Image

    while True:
        for quality in QUALITIES:
            bare = Image.frombytes("RGB", photo.size, photo.tobytes())
            bare.save(out := BytesIO(), "JPEG", quality=quality, optimize=True, progressive=True)
            if len(out.getvalue()) <= PHOTO_BYTES_MAX:
                return out.getvalue()
        photo = photo.resize((max(1, round(photo.width * SHRINK)), max(1, round(photo.height * SHRINK))))


if __name__ == "__main__":
    limit(CPU_SECONDS)
    sys.exit(answer(clean, PHOTO_UPLOAD_BYTES_MAX))
