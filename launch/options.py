"""What bin/run can be told. Uses the standard library alone, so that --help answers on an empty machine."""

import argparse
import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from launch import ROOT, SetupError

WILDCARDS = ("0.0.0.0", "::")  # noqa: S104  (recognised, never the default)


@dataclass(frozen=True)
class Options:
    host: str
    port: int
    data: Path
    demo: bool
    check: bool
    is_data_named: bool

    @property
    def address(self) -> str:
        return reachable_address(self.host, self.port)


def reachable_address(host: str, port: int) -> str:
    """Where this machine itself reaches what listens there."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def parse_options(arguments: list[str] | None = None) -> Options:
    parser = argparse.ArgumentParser(
        prog="bin/run",
        description="Set up and start Moments of truth on this machine: web, worker and sweeper. Ctrl-C ends all.",
        epilog="Everything else is read from the environment or from .env; the README's table lists it.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s: this machine alone)")
    parser.add_argument("--port", type=port_number, default=8000, help="port to listen on (%(default)s)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder (DATA_DIR, or data beside bin)")
    parser.add_argument("--no-demo", action="store_true", help="do not load the demo organisation on the first start")
    parser.add_argument(
        "--check",
        action="store_true",
        help="set up, start on a free port with a passing data folder, answer requests, render a poster, stop",
    )
    given = parser.parse_args(arguments)
    data = given.data or Path(os.environ.get("DATA_DIR") or ROOT / "data")
    return Options(given.host, given.port, data.resolve(), not given.no_demo, given.check, given.data is not None)


def port_number(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise ValueError
    return port


def public_url(options: Options) -> str:
    """PUBLIC_URL, or the address listened on. Raises SetupError where that can't be what people type."""
    if options.check:
        return options.address
    if named := os.environ.get("PUBLIC_URL"):
        if is_loopback(urlsplit(named).hostname or "") and not is_loopback(options.host):
            raise SetupError(
                f"PUBLIC_URL is {named}, which other machines can't reach, but --host {options.host} listens for them."
                " Set PUBLIC_URL to the address people type."
            )
        return named.rstrip("/")
    if options.host in WILDCARDS:
        raise SetupError(
            f"--host {options.host} listens on every address; say which one people type:"
            f" PUBLIC_URL=http://NAME:{options.port} bin/run --host {options.host}"
        )
    return options.address


def is_private(options: Options) -> bool:
    """Whether this machine alone can reach it. Demo accounts, whose passwords are known, exist only there."""
    return is_loopback(options.host) and is_loopback(urlsplit(public_url(options)).hostname or "")


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


if __name__ == "__main__":
    parse_options()
