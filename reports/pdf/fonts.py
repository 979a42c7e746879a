"""The fonts of the house inside the engine: one folder a process."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from weasyprint.text.fonts import FontConfiguration


class OwnFontConfiguration(FontConfiguration):
    """Fonts kept for a process's life; a forked child that ends leaves its parent's font files alone.

    A font whose file lies in the folder counts as loaded: so what a child adds goes into a folder of its own, or the
    next child would go without.
    """

    _folder: Path | None

    def __init__(self) -> None:
        self.owner = self.folder_of = os.getpid()
        super().__init__()

    def add_font_face(self, rule_descriptors: Any, url_fetcher: Any) -> None:
        if self._folder is not None and self.folder_of != os.getpid():
            self.folder_of = os.getpid()
            self._folder = own_folder(self._folder)
        super().add_font_face(rule_descriptors, url_fetcher)

    def __del__(self) -> None:
        if os is not None and self.owner == os.getpid():  # at the interpreter's end modules go first
            super().__del__()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def own_folder(shared: Path) -> Path:
    """A folder in the shared one for this process; those of processes that have ended go."""
    for path in shared.iterdir():
        if path.name.isdigit() and not is_alive(int(path.name)):
            shutil.rmtree(path, ignore_errors=True)
    own = shared / str(os.getpid())
    own.mkdir(exist_ok=True)
    return own
