"""Devices on which people answer, for tests."""

from __future__ import annotations

from typing import Any

from django.test import Client

from assessments.models import OpenLink, Recipient
from assessments.tokens import token_of


def opened(found: OpenLink | Recipient, *, kiosk: bool = False, **headers: Any) -> tuple[Client, str]:
    """A device that has opened a link, and where its pages begin."""
    device = Client(headers=headers)
    response = device.get(f"/a/{token_of(found.nonce)}/{'kiosk/' if kiosk else ''}")
    assert device.get(response.url).status_code in {200, 410}
    return device, response.url
