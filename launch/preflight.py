"""What must hold before anything is started; where it doesn't, one line says what to do."""

import errno
import fcntl
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launch import SetupError
from launch.machine import missing, names

BIND_PROBLEMS = {
    errno.EADDRINUSE: "Port {port} on {host} is in use by another program. Choose another: bin/run --port {other}",
    errno.EACCES: "Port {port} is kept for root. Choose one from 1024 on: bin/run --port 8000",
    errno.EADDRNOTAVAIL: "{host} is no address of this machine. Choose one of its own: bin/run --host 127.0.0.1",
}


def check_libraries() -> None:
    if lacking := missing(["app"]):
        raise SetupError(f"The system lacks {names(lacking)}. Run bin/install app, then start again.")


def check_port(host: str, port: int) -> None:
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise SetupError(f"{host} is no address that this machine knows. Try bin/run --host 127.0.0.1") from error
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            line = BIND_PROBLEMS.get(error.errno or 0, "Port {port} on {host} can't be used: " + str(error))
            raise SetupError(line.format(host=host, port=port, other=free_port())) from error


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def check_folder(folder: Path) -> None:
    """The data folder exists after this and can be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SetupError(
            f"The data folder {folder} can't be written to ({error.strerror})."
            " Make it yours or choose another: bin/run --data DIR"
        ) from error


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Keep the data folder for this start alone. The system lets go of it however the start ends."""
    with (folder / "run.lock").open("a+") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            held.seek(0)
            raise SetupError(
                f"Already running from {folder} (process {held.read().strip()})."
                " End that one or choose another folder: bin/run --data DIR"
            ) from error
        held.truncate(0)
        held.write(str(os.getpid()))
        held.flush()
        yield
