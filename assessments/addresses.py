"""The addresses by which people answer, as they stand in QR codes, mails and on paper.

Written out rather than looked up: a worker that prints them would carry every page of the product for it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

from assessments.models import OpenLink, Recipient
from assessments.tokens import code_of, token_of

ANSWER_PATH, KIOSK_PATH = "/a/{words}/", "/a/{words}/kiosk/"


def answer_address(owner: OpenLink | Recipient) -> str:
    """The full address with the token: for QR codes and personal mails."""
    return settings.PUBLIC_URL + ANSWER_PATH.format(words=token_of(owner.nonce))


def kiosk_address(link: OpenLink) -> str:
    """Where a shared tablet begins."""
    return settings.PUBLIC_URL + KIOSK_PATH.format(words=token_of(link.nonce))


def short_address(link: OpenLink) -> str:
    """What people type: moments.example/a/k7m2-9xqt-4b3d, without the scheme."""
    where = urlsplit(settings.PUBLIC_URL)
    return where.netloc + where.path + ANSWER_PATH.format(words=code_of(link.nonce)).rstrip("/")
