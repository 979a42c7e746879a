"""The broker that needs no server: kombu's folder of messages, with four of its traps closed.

- A message appears whole. kombu writes it under the name that a reader looks for, so a reader may find half of it, and
  what it then raises ends the worker.
- A reader takes a message by renaming it inside the folder, which only one can do. kombu moves it to the system's
  folder for temporary files, which copies where that is another disk.
- The worker acknowledges between polls. kombu's loop polls for two seconds before it lets the worker acknowledge what
  has ended, and until then no further message is taken.
- A folder that is gone, as with a disk that went away, is an empty one until it is back. kombu ends the worker.
"""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads


class Channel(filesystem.Channel):
    """Messages are files `<nanoseconds>_<random>.<queue>.msg`, so their names sort by age."""

    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]
        name = f"{time.time_ns():020}_{uuid.uuid4().hex}"
        draft = Path(self.data_folder_out, f"{name}.part")
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(dumps(payload))
        draft.rename(draft.with_name(f"{name}.{queue}.msg"))

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for name in sorted(self._names()):
            if name.partition(".")[2] == f"{queue}.msg" and (taken := self._take(name)) is not None:
                return taken
        raise Empty

    def _names(self) -> list[str]:
        try:
            return os.listdir(self.data_folder_in)  # noqa: PTH208  # ten times a second: names suffice
        except OSError:
            return []

    def _take(self, name: str) -> Any:
        """The message, now ours alone; None where another worker was quicker."""
        place = Path(self.data_folder_in, name)
        taken = place.with_suffix(".taken")
        try:
            place.rename(taken)
        except FileNotFoundError:
            return None
        payload = loads(taken.read_text())
        taken.unlink()
        return payload


class Transport(filesystem.Transport):
    """kombu's, with our channel and a short turn."""

    Channel = Channel
    driver_type = driver_name = "files"

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:  # type: ignore[override]
        super().drain_events(connection, timeout=self.polling_interval)
