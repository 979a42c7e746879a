"""Being in an organisation: what is asked finds its rows alone, and times of day are its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.utils import timezone
from django_scopes import scope

if TYPE_CHECKING:
    from accounts.models import Organisation


@contextmanager
def inside(organisation: Organisation) -> Iterator[None]:
    """The scope and the time zone of an organisation."""
    with scope(organisation=organisation), timezone.override(organisation.time_zone):
        yield
