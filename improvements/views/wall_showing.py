"""The wall rendered: for a screen by its link, and for a manager who looks at it first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString

from accounts.inside import inside
from improvements.models import Display
from improvements.walls.slides import slides_of
from journeys.source_version import source_version

SOURCES = ("static/js/wall.js", "static/css/wall.css", "static/css/tokens.css", "templates/improvements/wall.html")


@contextmanager
def as_on(display: Display) -> Iterator[None]:
    """In the organisation's scope and time zone, and in the screen's language."""
    organisation = display.organisation
    with (
        inside(organisation),
        translation.override(display.language),
    ):
        yield


def show_wall(request: HttpRequest, display: Display, content_address: str) -> HttpResponse:
    """The whole page, which asks at content_address for news from then on."""
    with as_on(display):
        slides = _slides(display)
        context = {
            "display": display,
            "slides": slides,
            "content_address": content_address,
            "version": _version(display),
            "etag": _etag(slides),
        }
        response = render(request, "improvements/wall.html", context)
        response.headers["Content-Language"] = display.language
    return response


def show_content(request: HttpRequest, display: Display) -> HttpResponse:
    """The slides alone, 304 where they are those that the screen has; either says of which version the page is."""
    with as_on(display):
        slides = _slides(display)
    etag = _etag(slides)
    response: HttpResponse = get_conditional_response(request, etag=etag) or HttpResponse(slides)
    response.headers["ETag"] = etag
    response.headers["Wall-Version"] = _version(display)
    response.headers["Content-Language"] = display.language
    return response


def _slides(display: Display) -> SafeString:
    return render_to_string("improvements/_wall_slides.html", {"slides": slides_of(display)})


def _etag(slides: str) -> str:
    return f'"{hashlib.sha256(slides.encode()).hexdigest()[:32]}"'


def _version(display: Display) -> str:
    """A screen that has another one loads the whole page anew: our files changed, or what stands around slides."""
    organisation = display.organisation
    frame = (display.language, display.seconds, display.name, organisation.name, organisation.time_zone)
    return hashlib.sha256(repr((source_version(*SOURCES), frame)).encode()).hexdigest()[:16]
