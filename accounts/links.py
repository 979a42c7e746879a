"""Addresses that leave the product, in mails and on paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse


def public_link(name: str, *args: Any) -> str:
    """The full address of a page under PUBLIC_URL, whatever host the request at hand came in by."""
    return settings.PUBLIC_URL + reverse(name, args=args)
