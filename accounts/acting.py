"""Who acts, for whatever writes down who did what: set beside the organisation's scope, asked by domain functions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User

_acting: ContextVar[User | None] = ContextVar("acting", default=None)


@contextmanager
def acting(user: User | None) -> Iterator[None]:
    """What happens inside is done by `user`; None for the product itself."""
    token = _acting.set(user)
    try:
        yield
    finally:
        _acting.reset(token)


def acting_user() -> User | None:
    """Who acts now: None in the shell, in tasks and in tests that name nobody."""
    return _acting.get()
