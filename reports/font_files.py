"""The house's fonts as PDF engines read them: unpacked, by a process of its own.

Unpacking takes the better part of fontTools: 5 MB that a worker, which lives for weeks, has no other use for.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.conf import settings

T = TypeVar("T")
log = logging.getLogger(__name__)


def font_folder() -> Path:
    """Where the fonts lie that are shipped with the product."""
    return Path(settings.BASE_DIR) / "static" / "fonts"


def unpacked_fonts() -> dict[str, bytes]:
    """Every font as TrueType, by the path under static/ of the WOFF2 file that it was packed in."""
    return in_a_fork(_unpack_all)


def unpacked_arabic() -> dict[str, bytes]:
    """The fonts that only a paper in Arabic letters needs; unpacked by whoever makes one, a child that soon ends."""
    return {f"fonts/arabic/{path.name}": _unpack(path) for path in sorted((font_folder() / "arabic").glob("*.woff2"))}


def _unpack_all() -> dict[str, bytes]:
    return {f"fonts/{path.name}": _unpack(path) for path in sorted(font_folder().glob("*.woff2"))}


def _unpack(path: Path) -> bytes:
    from io import BytesIO

    from fontTools.ttLib import woff2

    with path.open("rb") as packed:
        woff2.decompress(packed, out := BytesIO())
    return out.getvalue()


def in_a_fork(work: Callable[[], T]) -> T:
    """What `work` gives, made in a child that takes with it all that it imported. ChildProcessError where it failed."""
    read_fd, write_fd = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(read_fd)
        _live(work, write_fd)
    os.close(write_fd)
    with os.fdopen(read_fd, "rb") as pipe:
        data = pipe.read()
    if os.waitpid(pid, 0)[1]:
        raise ChildProcessError("the child failed; its log says why")
    result: T = pickle.loads(data)  # noqa: S301  written by our own child
    return result


def _live(work: Callable[[], object], write_fd: int) -> None:
    status = 1
    try:
        with os.fdopen(write_fd, "wb") as pipe:
            pipe.write(pickle.dumps(work()))
        status = 0
    except BaseException:
        log.exception("a child failed")
    finally:
        os._exit(status)
