"""Logos as they are uploaded: cleaned by a program of its own, so that no picture can hurt who holds the data."""

from __future__ import annotations

import logging
import os
import struct
import subprocess
import sys
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PATIENCE_SECONDS = 20
REFUSED, COMPLEX = 1, "complex"
WORDS: dict[str, Promise] = {
    "large": _("This file is larger than 2 MB. Save the logo smaller, or as SVG."),
    "pixels": _("This picture has more than 10 million pixels. Save it smaller: 1,200 pixels of width are plenty."),
    "unreadable": _("This file can't be read as PNG, JPEG or SVG. Save the logo anew in one of these."),
    "entities": _("This SVG defines entities, as some programs do for old viewers. Save it as plain SVG, or as PNG."),
    "outside": _("This SVG shows a picture or a font from elsewhere. Save it with paths alone, or as PNG."),
    "complex": _("This drawing is too intricate for a logo. Simplify it, or save it as PNG."),
    "white": _("Nothing of this would be seen on white paper. Upload the logo in its dark colours."),
    "small": _("This picture is too small to be printed. Upload one that is at least 300 pixels wide."),
}
log = logging.getLogger(__name__)


class LogoRefused(ValueError):
    """Its text says what to change."""


@dataclass(frozen=True, slots=True)
class Logo:
    """Safe pixels. content: a PNG of at most 75 kB, without metadata, on white; sides in pixels."""

    content: bytes
    width: int
    height: int


def clean_logo(upload: bytes) -> Logo:
    """The picture of a PNG, JPEG or SVG. Raises LogoRefused. Takes a second or two for an SVG."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "reports.logo_program"],
            input=upload,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            cwd="/",
            env={"PYTHONPATH": str(settings.BASE_DIR), "PATH": os.defpath, "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise LogoRefused(WORDS[COMPLEX]) from None
    if done.returncode:
        raise LogoRefused(WORDS[_reason(done)])
    width, height = struct.unpack(">II", done.stdout[16:24])
    return Logo(done.stdout, width, height)


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    """What the program said; where it said nothing, it was ended by its limits."""
    said = done.stdout.decode("ascii", "replace")
    if done.returncode == REFUSED and said in WORDS:
        return said
    log.warning("a logo ended its program with %s: %s", done.returncode, done.stderr[-500:])
    return COMPLEX
