"""The shortest way to say that an open map has not changed: one read by key, and 304.

Finding out who asks costs several times what the question itself does, so its answer is good for a while: each full
answer carries a ticket, which holds for the same session and address alone. Who loses their membership learns for as
long as it lasts that nothing changed, and as soon as something did, everything is asked anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from time import time

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.typed_numbers import whole_number

TICKET = "Poll-Ticket"
TICKET_SECONDS = 30
ADDRESS = re.compile(r"/journeys/(\d{1,18})/changes/$")
VERSIONS = "SELECT version, comments_version, people_version FROM journeys_journey WHERE id = %s"


def ticket_for(request: HttpRequest) -> str:
    """A ticket for the session and the address of a request that was let through."""
    return _ticket(request, int(time()) + TICKET_SECONDS)


def _ticket(request: HttpRequest, until: int) -> str:
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    words = repr((session, request.path, until))
    return f"{until}.{salted_hmac(__name__, words, algorithm='sha256').hexdigest()}"


def _holds(request: HttpRequest, ticket: str) -> bool:
    until = whole_number(ticket.partition(".")[0]) or 0
    return until >= time() and constant_time_compare(ticket, _ticket(request, until))


def answer_unchanged(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that answers 304 before anything else is asked, where a ticket holds and nothing has changed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        ticket = request.headers.get(TICKET)
        if ticket and request.method == "GET" and _holds(request, ticket) and _is_unchanged(request):
            return HttpResponseNotModified()
        return get_response(request)

    return middleware


def _is_unchanged(request: HttpRequest) -> bool:
    address = ADDRESS.search(request.path)
    if address is None:
        return False
    with connection.cursor() as cursor:  # the ORM takes longer for the sentence than the database for its answer
        cursor.execute(VERSIONS, [int(address[1])])
        row = cursor.fetchone()
    return row is not None and request.headers.get("If-None-Match") == etag_of(*row)


def etag_of(version: int, comments_version: int, people_version: int) -> str:
    """The tag of a map in one state, with so much said about it and certain people on it."""
    return f'"{version}-{comments_version}-{people_version}"'
