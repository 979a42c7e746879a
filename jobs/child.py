"""A forked process that makes one file under limits and tells its parent how far it is.

A fork of the warm worker keeps the imported renderer and its fonts, and can still be killed. It speaks over a pipe:
a line of JSON for each step, and a last one for how it ended. It never touches the database: the connections it
inherits belong to the parent, so a query in the child raises.
"""

from __future__ import annotations

import json
import logging
import os
import select
import signal
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self

from django.db import connections

from jobs import limits
from jobs.artifacts import write_draft
from jobs.forking import fork
from jobs.problems import ErrorCode, Refusal

Report = Callable[[str, int], None]
Work = Callable[[Report], bytes]

OUT_OF_MEMORY_SIGNALS = (signal.SIGKILL, signal.SIGABRT, signal.SIGTRAP)  # the kernel's, malloc's and GLib's way
log = logging.getLogger(__name__)


class Child:
    """Runs `work(report)` and writes what it gives to `draft`. Leaving the `with` block kills what still runs."""

    def __init__(self, work: Work, draft: Path, bounds: limits.Limits = limits.USUAL) -> None:
        self.news_fd, write_fd = os.pipe()
        parent_pid = os.getpid()
        self.pid = fork()
        if not self.pid:
            os.close(self.news_fd)
            _live(work, draft, write_fd, parent_pid, bounds)
        os.close(write_fd)
        self.ending: dict[str, Any] | None = None
        self._rest = b""
        self._is_gone = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._is_gone:
            os.kill(self.pid, signal.SIGKILL)
            self._bury()
        os.close(self.news_fd)

    @property
    def has_ended(self) -> bool:
        return self._is_gone

    def read_news(self, seconds: float) -> list[dict[str, Any]]:
        """Steps reported since the last call; waits for the first up to so many seconds, or until the child ends."""
        if not select.select([self.news_fd], [], [], seconds)[0]:
            return []
        chunk = os.read(self.news_fd, 65536)
        if not chunk:
            self._bury()
            return []
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        news = [json.loads(line) for line in lines]
        self.ending = next((line for line in news if "ended" in line), self.ending)
        return [line for line in news if "ended" not in line]

    def _bury(self) -> None:
        status = os.waitpid(self.pid, 0)[1]
        self._is_gone = True
        if self.ending is None:
            self.ending = {"ended": _code_of(status), "text": ""}


def _code_of(status: int) -> str:
    cause = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    log.warning("a child ended without a word, signal %s, status %s", cause, status)
    if cause == signal.SIGXCPU:
        return ErrorCode.TIME
    return ErrorCode.MEMORY if cause in OUT_OF_MEMORY_SIGNALS else ErrorCode.CRASH


def _live(work: Work, draft: Path, write_fd: int, parent_pid: int, bounds: limits.Limits) -> NoReturn:
    """All that the child ever does. It leaves by os._exit, so that nothing of the parent's is closed or flushed."""
    try:
        _settle(parent_pid, bounds)
        ending = _work(work, draft, lambda step, percent: _say(write_fd, step=step, percent=percent))
        _say(write_fd, **ending)
    finally:
        os._exit(0)


def _settle(parent_pid: int, bounds: limits.Limits) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limits.die_with_parent(parent_pid)
    limits.apply(bounds)
    limits.refuse_network()
    for connection in connections.all(initialized_only=True):
        connection.execute_wrappers.append(_refuse_query)


def _refuse_query(*args: Any) -> NoReturn:
    raise RuntimeError("a job's child has no database: everything it needs stands in the frozen inputs")


def _work(work: Work, draft: Path, report: Report) -> dict[str, Any]:
    try:
        write_draft(draft, work(report))
    except Refusal as refusal:
        return {"ended": ErrorCode.REFUSED, "text": str(refusal)}
    except MemoryError:
        return {"ended": ErrorCode.MEMORY, "text": ""}
    except Exception as error:
        log.exception("a child failed")
        is_size = isinstance(error, OSError) and error.errno == limits.FILE_TOO_LARGE
        return {"ended": ErrorCode.SIZE if is_size else ErrorCode.CRASH, "text": ""}
    return {"ended": "", "text": ""}


def _say(write_fd: int, **news: Any) -> None:
    os.write(write_fd, json.dumps(news).encode() + b"\n")
