"""Passes: what a browser carries once the words of a link have opened it, bound to the path of that one thing.

The words themselves then stand in no address, log or referrer.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def read_pass(request: HttpRequest, name: str) -> str:
    """The signed pass of this name; empty where the browser has none."""
    return request.COOKIES.get(_cookie_name(name), "")


def hand_pass(response: HttpResponse, name: str, signed: str, *, path: str, seconds: int) -> None:
    """From now on the browser carries this below the path."""
    response.set_cookie(
        _cookie_name(name),
        signed,
        max_age=seconds,
        path=path,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def take_pass(response: HttpResponse, name: str, *, path: str) -> None:
    """The browser carries it no more."""
    response.delete_cookie(_cookie_name(name), path=path, samesite="Lax")


def go_without_words(name: str, *args: object) -> HttpResponse:
    """On to a page that is not told the address with the words."""
    response = redirect(name, *args)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _cookie_name(name: str) -> str:
    """A cookie bound to a path can't be called __Host-."""
    return f"__Secure-{name}" if settings.IS_HTTPS else name
