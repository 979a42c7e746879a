"""The addresses of an open link as paper carries them, made of its nonce: no other row need hold them."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

from assessments.tokens import code_of, token_of


def scanned_address(nonce: str) -> str:
    """The whole address with the token, for a QR code."""
    return f"{settings.PUBLIC_URL}/a/{token_of(nonce)}/"


def typed_address(nonce: str) -> str:
    """What people type: moments.example/a/k7m2-9xqt-4b3d, without the scheme."""
    where = urlsplit(settings.PUBLIC_URL)
    return f"{where.netloc}{where.path}/a/{code_of(nonce)}"
