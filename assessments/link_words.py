"""A link in words: its addresses, and its code to scan."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.addresses import full_address, typed_address
from assessments.qr import qr_svg


@dataclass(frozen=True, slots=True)
class LinkWords:
    """address: the full one; short: what people type."""

    address: str
    short: str
    qr: SafeString


def link_words(path: str, nonce: str) -> LinkWords:
    """path: has {words} where they stand."""
    address = full_address(path, nonce)
    return LinkWords(address, typed_address(path, nonce), qr_svg(address))
