"""The version of everything that shapes a poster, so that a changed drawing is never answered with an old file."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version

from django.conf import settings

PATTERNS = (
    "reports/**/*.py",
    "journeys/**/*.py",
    "static/css/*.css",
    "static/fonts/*",
    "static/icons/*",
    "locale/**/*.mo",
)


@cache
def maker_version() -> str:
    """SHA-256 of WeasyPrint's version and of our own sources, fonts, icons and translations; read once a process."""
    digest = hashlib.sha256(version("weasyprint").encode())
    for pattern in PATTERNS:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
