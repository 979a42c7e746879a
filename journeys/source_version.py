"""The version of some of our own files, so that what was made by others of them is never taken for current."""

from __future__ import annotations

import hashlib
from functools import cache

from django.conf import settings


@cache
def source_version(*patterns: str) -> str:
    """SHA-256 of all files that match, below the project's folder; read once a process."""
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()
