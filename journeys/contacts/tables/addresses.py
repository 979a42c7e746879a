"""Where a table lies: an address such as postgresql://host/name, of which the secret parts are never told."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.utils.translation import gettext as _

from journeys.contacts.refusals import Refused

HIDDEN = "•••"
_POSTGRESQL = frozenset(("postgres", "postgresql", "pgsql", "cockroach", "cockroachdb", "redshift", "timescale"))
_REMOTE = frozenset(("s3", "s3a", "gs", "gcs", "r2", "http", "https"))
_NAME = re.compile(r"[A-Z_][A-Z0-9_]*")
_SECRET = re.compile(r"pass|secret|token|key|credential", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """kind: postgresql, duckdb, sqlite, files or remote_files. place: what is opened, with its secrets."""

    kind: str
    place: str

    @property
    def told(self) -> str:
        """The address without user, password and whatever else is secret."""
        told = _without_secrets(self.place) if self.kind in {"postgresql", "remote_files"} else self.place
        return told or self.kind

    @property
    def name(self) -> str:
        """What it is called where people read it."""
        return Path(urlsplit(self.told).path).name or self.kind

    @property
    def path(self) -> Path:
        """The file that a local place is. Raises Refused where there is none."""
        path = Path(self.place)
        if not path.is_file():
            raise Refused(_("There is no file %(path)s.") % {"path": path})
        return path

    def hide(self, text: str) -> str:
        """A message of the source, without secrets that it may repeat."""
        parts = urlsplit(self.place)
        queried = [value for name, value in parse_qsl(parts.query) if _SECRET.search(name)]
        secrets = [self.place, parts.netloc.rpartition("@")[0], _password(self.place), *queried]
        for secret in filter(None, secrets):
            text = text.replace(secret, HIDDEN).replace(unquote(secret), HIDDEN)
        return text


def address_of(text: str) -> Address:
    """text: an address, or the name of the environment variable that holds it. Raises Refused."""
    if _NAME.fullmatch(text):
        if text not in os.environ:
            raise Refused(_("There is no environment variable %(name)s.") % {"name": text})
        text = os.environ[text]
    scheme, _colon, rest = text.partition(":")
    if scheme in _POSTGRESQL:
        return Address("postgresql", f"postgresql:{rest}")
    if scheme in {"duckdb", "sqlite"}:
        return Address(scheme, _local_path(rest))
    if scheme in _REMOTE and rest.startswith("//"):
        return Address("remote_files", text)
    if rest.startswith("//") and scheme != "file":
        known = "postgresql, duckdb, sqlite, s3"
        raise Refused(_("“%(scheme)s” is not known here. Known are %(known)s.") % {"scheme": scheme, "known": known})
    return Address("files", rest.removeprefix("//") if scheme == "file" else text)


def has_password(text: str) -> bool:
    """Whether an address that was typed shows a password to whoever lists this machine's processes."""
    return bool(_password(text) or any(_SECRET.search(name) for name, _value in parse_qsl(urlsplit(text).query)))


def read_query(text: str) -> str:
    """The query itself, or that of @FILE; without the semicolon at its end. Raises Refused."""
    if text.startswith("@"):
        try:
            text = Path(text[1:]).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "UTF-8"
            raise Refused(_("%(file)s can't be read: %(reason)s.") % {"file": text[1:], "reason": reason}) from None
    return text.strip().rstrip(";").strip()


def _local_path(rest: str) -> str:
    """sqlite:///relative, sqlite:////absolute; three slashes before an absolute path that exists are understood."""
    path = rest.removeprefix("//")
    relative = path.removeprefix("/")
    return path if path and not Path(relative).exists() and Path(path).exists() else relative


def _password(address: str) -> str:
    return urlsplit(address).netloc.rpartition("@")[0].partition(":")[2]


def _without_secrets(address: str) -> str:
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query) if not _SECRET.search(name) and name != "user"]
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query=urlencode(query)).geturl()
