"""What one child may use: memory, processor time, file size, no network. And that it does not outlive its parent."""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 1024 * 1024
MEMORY_BYTES = 1024 * MEBIBYTE
HEADROOM_BYTES = 768 * MEBIBYTE
CPU_SECONDS = 60
FILE_BYTES = 50_000_000
FILE_TOO_LARGE = errno.EFBIG
PR_SET_PDEATHSIG = 1
NETWORK = frozenset(f"socket.{what}" for what in ("bind", "connect", "getaddrinfo", "gethostbyname", "sendto"))


@dataclass(frozen=True, slots=True)
class Limits:
    """What one attempt at a kind of job may take; as they stand, what making a file for people may take.

    headroom_bytes: address space above what the worker maps already. more_seconds: beyond the usual time of an attempt.
    """

    memory_bytes: int = MEMORY_BYTES
    headroom_bytes: int = HEADROOM_BYTES
    cpu_seconds: int = CPU_SECONDS
    file_bytes: int = FILE_BYTES
    more_seconds: int = 0


USUAL = Limits()


def apply(limits: Limits = USUAL) -> None:
    """Set the limits of this process, for good."""
    _limit(resource.RLIMIT_AS, memory_bytes(limits))
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds)
    _limit(resource.RLIMIT_FSIZE, limits.file_bytes)
    _limit(resource.RLIMIT_CORE, 0)


def memory_bytes(limits: Limits = USUAL) -> int:
    """Address space of a child: 1 GiB, or 768 MiB above what it inherits where a worker already maps that much.

    Address space counts what is mapped, not what is used. A child starts with all that its worker maps (libraries,
    8 MB of stack a thread, 64 MB of arena), and with a fixed limit below that the first allocation would fail.
    """
    return max(limits.memory_bytes, _mapped_bytes() + limits.headroom_bytes)


def _mapped_bytes() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:  # no /proc: macOS, which does not enforce this limit anyway
        return 0


def _limit(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):  # macOS refuses to set some
        resource.setrlimit(kind, (soft, hard))


def refuse_network() -> None:
    """From here on this process reaches no other machine and no other process by Python's sockets, for good."""

    def refuse(event: str, _arguments: object) -> None:
        if event in NETWORK:
            raise PermissionError(f"a job's child has no network: {event}")

    sys.addaudithook(refuse)


def die_with_parent(parent_pid: int) -> None:
    """Have the kernel kill this process when its parent goes. Elsewhere than on Linux the processor limit ends it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent_pid:  # gone before we could ask
            os._exit(0)
