"""Who keeps guessing links has to wait. Of the network address only a keyed hash is kept, for a quarter of an hour."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from assessments.models import WrongTry

TRIES_MAX = 30
WINDOW = timedelta(minutes=15)


def has_guessed_too_often(address: str, most: int | None = None) -> bool:
    """Whether a network address is to wait, right words or not, so that waiting tells nothing. most: of other tries."""
    recent = WrongTry.objects.filter(address_hmac=_hmac(address), at__gt=timezone.now() - WINDOW)
    return recent.count() >= (TRIES_MAX if most is None else most)


def count_wrong_try(address: str) -> None:
    """Somebody's words opened nothing."""
    WrongTry.objects.create(address_hmac=_hmac(address))


def forget_wrong_tries() -> int:
    """Delete what counts no longer; says how many."""
    return int(WrongTry.objects.filter(at__lte=timezone.now() - WINDOW).delete()[0])


def _hmac(address: str) -> str:
    return salted_hmac("assessments.address", address, algorithm="sha256").hexdigest()
