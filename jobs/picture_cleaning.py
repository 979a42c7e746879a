"""Uploaded pictures are opened by programs of their own, so that none can hurt who holds the data."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from django.utils.functional import Promise

PATIENCE_SECONDS = 20
REFUSED, ENDED = 1, "complex"
log = logging.getLogger(__name__)


class PictureRefused(ValueError):
    """Its text says what to do."""


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """Safe pixels: a PNG or JPEG of a program of ours, without metadata; sides in pixels."""

    content: bytes
    width: int
    height: int


def clean_picture(program: str, upload: bytes, words: Mapping[str, Promise]) -> CleanPicture:
    """What the program, a module written with `jobs.picture_program`, makes of an upload. Raises PictureRefused.

    words: what to say by the name of each of its reasons, and under ENDED where it was ended by its limits.
    """
    done = _run(program, upload)
    if done is None or done.returncode:
        reason = _reason(program, done) if done else ENDED
        raise PictureRefused(str(words.get(reason, words[ENDED])))
    return CleanPicture(done.stdout, *_sides(done.stdout))


def _run(program: str, upload: bytes) -> subprocess.CompletedProcess[bytes] | None:
    """None where it took too long."""
    try:
        return subprocess.run(  # noqa: S603  # our own program
            [sys.executable, "-P", "-m", program],
            input=upload,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            cwd="/",
            env={"PYTHONPATH": str(settings.BASE_DIR), "PATH": os.defpath, "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None


def _reason(program: str, done: subprocess.CompletedProcess[bytes]) -> str:
    said = done.stdout.decode("ascii", "replace")
    if done.returncode == REFUSED and said:
        return said
    log.warning("%s ended with %s: %s", program, done.returncode, done.stderr[-500:])
    return ENDED


def _sides(content: bytes) -> tuple[int, int]:
    """Of a picture of our own making; its head alone is read."""
    from PIL import Image

    with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
        return picture.size
