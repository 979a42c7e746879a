"""A contact log sent to a running web process in pieces, as a browser sends it, over a connection that breaks.

The file is made up while it is sent: nothing of it lies on this side's disk.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlencode, urlsplit

import psutil
from django.conf import settings
from django.test import Client

from launch import ROOT
from launch.announcement import web_answers
from launch.preflight import free_port
from launch.processes import COMMANDS
from launch.supervisor import tied

PIECE = 4 * 1024 * 1024  # as static/js/contact_upload.js
HEADER, TOKEN = b"customer,start,end,touchpoint,channel\n", "t" * 32
READY_SECONDS, LOOK_SECONDS, PATIENCE_SECONDS = 60, 0.05, 120


@dataclass
class Web:
    """A web process of one worker. usual_bytes: of its memory when it is warm; added_bytes: the most beyond that."""

    environment: Mapping[str, str]
    port: int = field(default_factory=free_port)
    usual_bytes: int = 0
    added_bytes: int = 0
    _popen: subprocess.Popen[bytes] | None = None

    @property
    def host(self) -> str:
        return urlsplit(settings.PUBLIC_URL).netloc

    def start(self) -> None:
        told = {**self.environment, "PORT": str(self.port), "HOST": "127.0.0.1", "PROCESSES": "1"}
        self._popen = subprocess.Popen(tied(COMMANDS["web"](told)), cwd=ROOT, env=told, stdout=subprocess.DEVNULL)
        last = time.monotonic() + READY_SECONDS
        while not web_answers(f"http://127.0.0.1:{self.port}", self.host):
            if time.monotonic() > last:
                raise TimeoutError("the web process does not answer")
            time.sleep(LOOK_SECONDS)

    def kill(self) -> None:
        """All of it at once, as a machine that loses its power."""
        if self._popen:
            for process in self._processes():
                process.kill()
            self._popen.wait(30)

    def note_usual(self) -> None:
        """It is warm now."""
        self.usual_bytes = self._bytes()

    def look(self) -> None:
        """Note how much memory is taken."""
        if self.usual_bytes:
            self.added_bytes = max(self.added_bytes, self._bytes() - self.usual_bytes)

    def _bytes(self) -> int:
        return sum(each.memory_full_info().uss for each in self._processes())

    def _processes(self) -> list[psutil.Process]:
        main = psutil.Process(self._popen.pid) if self._popen else None
        return [*main.children(recursive=True), main] if main else []


@contextmanager
def running_web(environment: Mapping[str, str]) -> Iterator[Web]:
    web = Web(environment)
    web.start()
    try:
        yield web
    finally:
        web.kill()


@dataclass
class Sender:
    """A signed-in browser that sends one file. sent: bytes that left for the server, those that were lost too."""

    web: Web
    client: Client
    size: int
    sent: int = 0

    def begin(self, address: str) -> dict[str, Any]:
        """What is there already, and where to go on."""
        told = urlencode({"name": "year.csv", "size": self.size, "stamp": "1"}).encode()
        return self._ask(address, told, "application/x-www-form-urlencoded")

    def send(self, address: str, interruptions: Mapping[int, Callable[[], None]]) -> dict[str, Any]:
        """All of the file. interruptions: after so many bytes the piece breaks off half way, and what happens then.

        Every interruption forgets all that this side knew: the file is chosen anew.
        """
        waiting, told = dict(interruptions), self.begin(address)
        while "next" not in told:
            received = told["received"]
            due = next((place for place in sorted(waiting) if received >= place), None)
            if due is None:
                told = self._ask(
                    f"{told['address']}?offset={received}", self._piece(received), "application/octet-stream"
                )
                self.sent += min(PIECE, self.size - received)
            else:
                self._break_off(f"{told['address']}?offset={received}", self._piece(received))
                waiting.pop(due)()
                told = self.begin(address)
            self.web.look()
        return told

    def post(self, address: str, fields: Mapping[str, Any] | None = None) -> int:
        """The status of a form's answer."""
        with closing(self._connection()) as connection:
            body = urlencode(fields or {}).encode()
            connection.request("POST", address, body, self._headers("application/x-www-form-urlencoded"))
            return connection.getresponse().status

    def _piece(self, offset: int) -> bytes:
        return content_of(offset, min(PIECE, self.size - offset), self.size)

    def _ask(self, address: str, body: bytes, kind: str) -> dict[str, Any]:
        with closing(self._connection()) as connection:
            connection.request("POST", address, body, self._headers(kind))
            told: dict[str, Any] = _json(connection.getresponse())
            return told

    def _break_off(self, address: str, piece: bytes) -> None:
        """Half a piece, and then silence."""
        with closing(self._connection()) as connection:
            connection.putrequest("POST", address, skip_host=True)
            for name, value in (
                self._headers("application/octet-stream") | {"Content-Length": str(len(piece))}
            ).items():
                connection.putheader(name, value)
            connection.endheaders(piece[: len(piece) // 2])
        self.sent += len(piece) // 2

    def _connection(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.web.port, timeout=PATIENCE_SECONDS)

    def _headers(self, kind: str) -> dict[str, str]:
        session = self.client.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        return {"Host": self.web.host, "Cookie": cookies, "X-CSRFToken": TOKEN, "Content-Type": kind}


def _json(response: HTTPResponse) -> Any:
    """409 tells how much is there: the server may come to half a piece after it has said that it has none of it."""
    content = response.read()
    if response.status not in {200, 409}:
        raise HTTPException(f"{response.status}: {content[:500]!r}")
    return json.loads(content)


def content_of(offset: int, length: int, size: int) -> bytes:
    """Bytes of a log of so many bytes: its header, then a block of contacts again and again; the last is cut off."""
    end, parts = min(offset + length, size), []
    while offset < end:
        text, place = (HEADER, offset) if offset < len(HEADER) else (block(), (offset - len(HEADER)) % BLOCK_BYTES)
        parts.append(text[place : place + end - offset])
        offset += len(parts[-1])
    return b"".join(parts)


ROW_BYTES, BLOCK_ROWS = 64, 1 << 14
BLOCK_BYTES = ROW_BYTES * BLOCK_ROWS


@cache
def block() -> bytes:
    """A contact each second from the first of February on."""
    return b"".join(map(row_of, range(BLOCK_ROWS)))


def row_of(number: int) -> bytes:
    began = f"2024-02-01 {number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}"
    return f"C{number:05},{began},{began},Call{number % 7},Web\n".encode().rjust(ROW_BYTES, b"0")
