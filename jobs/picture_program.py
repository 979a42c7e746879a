"""What programs have in common that turn an uploaded picture into safe pixels; each runs in a process of its own.

Such a program knows neither the settings nor the database, reaches no network, writes no file, and ends itself after
a few seconds of work. Where it refuses, it writes the reason's name and leaves with 1.
"""

from __future__ import annotations

import resource
import sys
import warnings
from collections.abc import Callable
from io import BytesIO
from typing import Any

from jobs import limits


class Refused(Exception):  # an answer, not an accident
    """The upload is no such picture; the text is the reason's name, which the caller puts into words."""


def raster(content: bytes, pixels_max: int, *, side_wanted: int = 0) -> Any:
    """The picture in a PNG or JPEG, upright. Raises Refused.

    side_wanted: of a larger JPEG only so many pixels need be decoded that its sides are no shorter than that.
    """
    from PIL import Image, ImageFile, ImageOps

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on
    try:
        picture = Image.open(BytesIO(content), formats=("PNG", "JPEG"))
        if picture.width * picture.height > pixels_max:
            raise Refused("pixels")
        if side_wanted:
            picture.draft(None, (side_wanted, side_wanted))
        picture.load()
        return ImageOps.exif_transpose(picture)
    except Image.DecompressionBombError:
        raise Refused("pixels") from None
    except (Refused, MemoryError):
        raise
    except Exception:  # Pillow's decoders raise whatever they stumble over
        raise Refused("unreadable") from None


def limit(cpu_seconds: int) -> None:
    """From here on: memory, processor time, no files, no network."""
    limits.apply()
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    limits.refuse_network()
    warnings.simplefilter("ignore")


def answer(clean: Callable[[bytes], bytes], upload_bytes_max: int) -> int:
    """From standard input to standard output; gives the exit status."""
    try:
        said, status = clean(sys.stdin.buffer.read(upload_bytes_max + 1)), 0
    except Refused as refusal:
        said, status = str(refusal).encode(), 1
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()
    return status
