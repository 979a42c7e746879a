"""Brokers that can be lost: their messages thrown away, started anew, or gone for a while."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from checks.servers import redis_command, until
from launch.preflight import free_port
from launch.supervisor import tied


class Broker(Protocol):
    """What can be done to a broker."""

    def flush(self) -> None:
        """All messages are gone; the broker goes on."""

    def stop(self) -> None:
        """It is gone, and so are its messages."""

    def start(self) -> None:
        """It is back, empty."""


class FolderBroker:
    """The broker made of files; queue: the folder of messages."""

    def __init__(self, queue: Path) -> None:
        self.queue = queue
        queue.mkdir(parents=True, exist_ok=True)

    def flush(self) -> None:
        for message in self.queue.iterdir():
            message.unlink(missing_ok=True)

    def stop(self) -> None:
        gone = self.queue.with_name("gone")
        self.queue.rename(gone)
        self.queue.touch()  # a file in its place, so that nobody can make it anew
        shutil.rmtree(gone, ignore_errors=True)

    def start(self) -> None:
        if not self.queue.is_dir():
            self.queue.unlink()
            self.queue.mkdir()


class RedisBroker:
    """A Redis of its own, that keeps nothing on disk and is always at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def flush(self) -> None:
        subprocess.run(self._ask("flushall"), stdout=subprocess.DEVNULL, check=True)

    def stop(self) -> None:
        self.server.kill()
        self.server.wait()

    def start(self) -> None:
        log = self.folder / "redis.log"
        with log.open("ab") as words:
            command = tied(redis_command(self.folder, self.port))
            self.server = subprocess.Popen(command, stdout=words, stderr=words)
        until(lambda: subprocess.run(self._ask("ping"), capture_output=True).returncode == 0, log)

    def _ask(self, question: str) -> list[str]:
        return ["redis-cli", "-p", str(self.port), question]


@contextmanager
def own_redis(folder: Path) -> Iterator[RedisBroker]:
    """Ended with the block, whatever happens."""
    broker = RedisBroker(folder)
    try:
        yield broker
    finally:
        with suppress(ProcessLookupError):
            broker.stop()
