"""Uploaded pictures are opened by programs of their own, so that none can hurt who holds the data."""

from __future__ import annotations

import logging
import os
import subprocess
import sys

from django.conf import settings

REFUSED, ENDED = 1, "complex"
log = logging.getLogger(__name__)


class PictureRefused(ValueError):
    """Its text is the name of the reason; "complex" where the program was ended by its limits."""


def cleaned(program: str, upload: bytes, patience_seconds: float) -> bytes:
    """What the program, a module written with `jobs.picture_program`, makes of an upload. Raises PictureRefused."""
    try:
        done = subprocess.run(  # noqa: S603  # our own program
            [sys.executable, "-P", "-m", program],
            input=upload,
            capture_output=True,
            timeout=patience_seconds,
            cwd="/",
            env={"PYTHONPATH": str(settings.BASE_DIR), "PATH": os.defpath, "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PictureRefused(ENDED) from None
    if done.returncode:
        raise PictureRefused(_reason(program, done))
    return done.stdout


def _reason(program: str, done: subprocess.CompletedProcess[bytes]) -> str:
    said = done.stdout.decode("ascii", "replace")
    if done.returncode == REFUSED and said:
        return said
    log.warning("%s ended with %s: %s", program, done.returncode, done.stderr[-500:])
    return ENDED
