"""What the machine itself must bring, each with its reason: libraries, servers for the tests, a browser.

Runs before the environment exists, so it uses the standard library alone.
"""

import ctypes
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from launch.programs import find_chromium, find_postgresql

BREW_LIBRARIES = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))


@dataclass(frozen=True)
class Need:
    """One thing that the system's packages bring, under the names that apt and brew give it."""

    why: str
    apt: str
    brew: str
    is_met: Callable[[], bool]


def library(linux: str, mac: str) -> Callable[[], bool]:
    def is_met() -> bool:
        if sys.platform == "darwin":
            return any((folder / mac).exists() for folder in BREW_LIBRARIES)
        try:
            ctypes.CDLL(linux)
        except OSError:
            return False
        return True

    return is_met


def program(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


NEEDS = {
    "app": (
        Need(
            "makes the environment in .venv",
            f"python3.{sys.version_info.minor}-venv",
            "python",
            lambda: find_spec("ensurepip") is not None,
        ),
        Need(
            "lays out the posters' text",
            "libpango-1.0-0",
            "pango",
            library("libpango-1.0.so.0", "libpango-1.0.0.dylib"),
        ),
        Need(
            "finds the posters' fonts",
            "libpangoft2-1.0-0",
            "pango",
            library("libpangoft2-1.0.so.0", "libpangoft2-1.0.0.dylib"),
        ),
        Need(
            "embeds the posters' fonts",
            "libharfbuzz-subset0",
            "harfbuzz",
            library("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
        ),
    ),
    "test": (
        Need(
            "the database server that tests run against", "postgresql", "postgresql@17", lambda: bool(find_postgresql())
        ),
        Need("the message broker that tests run against", "redis-server", "redis", program("redis-server")),
        Need("the browser that tests drive", "chromium", "chromium", lambda: bool(find_chromium())),
    ),
}


def missing(groups: Iterable[str]) -> list[Need]:
    return [need for group in groups for need in NEEDS.get(group, ()) if not need.is_met()]


def package_name(need: Need) -> str:
    return need.brew if is_mac() else need.apt


def names(needs: list[Need]) -> str:
    return ", ".join(package_name(need) for need in needs)


def is_mac() -> bool:
    return sys.platform == "darwin"
