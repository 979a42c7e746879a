"""What passes say, as `django.core.signing` has signed it."""

from __future__ import annotations

from typing import Any

from django.core import signing


def read_signed(signed: str, salt: str, seconds: int | None = None) -> dict[str, Any]:
    """What a pass says; empty where it is none of ours, or older than that."""
    try:
        said: dict[str, Any] = signing.loads(signed, salt=salt, max_age=seconds)
    except signing.BadSignature:
        return {}
    return said
