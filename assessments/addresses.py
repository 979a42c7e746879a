"""The addresses of links by which people answer, rate and tell, as they stand in QR codes, mails and on paper.

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
    return full_address(ANSWER_PATH, owner.nonce)


def kiosk_address(link: OpenLink) -> str:
    """Where a shared tablet begins."""
    return full_address(KIOSK_PATH, link.nonce)


def short_address(link: OpenLink) -> str:
    """What people type: moments.example/a/k7m2-9xqt-4b3d, without the scheme."""
    return typed_address(ANSWER_PATH, link.nonce)


def full_address(path: str, nonce: str) -> str:
    """With the token of a nonce. path: has {words} where it stands."""
    return settings.PUBLIC_URL + path.format(words=token_of(nonce))


def typed_address(path: str, nonce: str) -> str:
    """With the code of a nonce, without the scheme."""
    where = urlsplit(settings.PUBLIC_URL)
    return where.netloc + where.path + path.format(words=code_of(nonce)).rstrip("/")
