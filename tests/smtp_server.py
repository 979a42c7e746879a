"""A mail server for tests: takes what comes, but refuses some recipients."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread


class MailServer(socketserver.ThreadingTCPServer):
    """refused: answer to RCPT by address, such as "550 5.1.1 No such user". `taken`: recipients and texts."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, refused: Mapping[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.refused, self.taken = refused, list[tuple[str, str]]()

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 ready")
        recipient = ""
        while line := self.rfile.readline().decode().strip():
            word = line.upper()
            if word.startswith("RCPT TO:"):
                recipient = line[8:].split(">")[0].strip(" <")
                self._say(self.server.refused.get(recipient, "250 fine"))
            elif word == "DATA":
                self._say("354 go on")
                self.server.taken.append((recipient, self._text()))
                self._say("250 taken")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def _text(self) -> str:
        lines = iter(lambda: self.rfile.readline().decode().rstrip("\r\n"), ".")
        return "\n".join(lines)


@contextmanager
def mail_server(refused: Mapping[str, str] | None = None) -> Iterator[MailServer]:
    """Runs while the block does."""
    server = MailServer(refused or {})
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
