"""Keeps web, worker and sweeper running together, and ends all of them together.

Each runs in a process group of its own, so that Ctrl-C reaches the supervisor alone and the order of ending is its
choice. On Linux a process is told by the kernel when the supervisor itself was killed.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from asyncio.subprocess import DEVNULL, STDOUT, Process
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic

from launch import ROOT, SetupError

GRACE_SECONDS = 8
LAST_WORDS_SECONDS = 1
CRASHES_MOST = 5
CRASHES_WINDOW_SECONDS = 90
PAUSES_SECONDS = (1, 2, 4, 8, 15)
LINE_BYTES_MOST = 1 << 20


@dataclass
class Supervisor:
    """Runs named commands in one environment. Setting `hurry` ends the grace of those that are being ended."""

    commands: Mapping[str, list[str]]
    environment: Mapping[str, str]
    hurry: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, body: Callable[[], Awaitable[None]]) -> None:
        """Run the commands until `body` returns or this is cancelled; no process of theirs is left either way.

        Raises SetupError where one of them ends again and again.
        """
        try:
            async with asyncio.TaskGroup() as group:
                keepers = [group.create_task(self._keep_running(name)) for name in self.commands]
                await body()
                for keeper in keepers:
                    keeper.cancel()
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from errors

    async def _keep_running(self, name: str) -> None:
        endings: deque[float] = deque(maxlen=CRASHES_MOST)
        while True:
            code = await self._run_once(name)
            endings.append(monotonic())
            if len(endings) == CRASHES_MOST and endings[-1] - endings[0] < CRASHES_WINDOW_SECONDS:
                raise SetupError(f"{name} ended {CRASHES_MOST} times in a short time; its words above say why.")
            pause = PAUSES_SECONDS[len(endings) - 1]
            self._say(name, f"ended ({ending_of(code)}), starts again in {pause} s")
            await asyncio.sleep(pause)

    async def _run_once(self, name: str) -> int:
        async with self._voice(name) as voice:
            process = await asyncio.create_subprocess_exec(
                *tied(self.commands[name]),
                stdin=DEVNULL,
                stdout=voice,
                stderr=STDOUT,
                env=self.environment,
                cwd=ROOT,
                start_new_session=True,
            )
            os.close(voice)
            try:
                return await process.wait()
            finally:
                await self._end(process)

    async def _end(self, process: Process) -> None:
        """Ask the process to end; when it has, or after the grace, kill what is left of its group."""
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        waits = [asyncio.create_task(process.wait()), asyncio.create_task(self.hurry.wait())]
        await asyncio.wait(waits, timeout=GRACE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        waits[1].cancel()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()

    @contextlib.asynccontextmanager
    async def _voice(self, name: str) -> AsyncIterator[int]:
        """A pipe to write to; what comes out of it is said under the name, up to the last word.

        It is no pipe of the process object's, whose end would not be seen before the last of its children had let go.
        """
        read_end, write_end = os.pipe()
        reader = asyncio.StreamReader(limit=LINE_BYTES_MOST)
        loop = asyncio.get_running_loop()
        transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(read_end))
        pump = asyncio.create_task(self._pass_on(name, reader))
        try:
            yield write_end
        finally:
            await asyncio.wait([pump], timeout=LAST_WORDS_SECONDS)
            pump.cancel()
            transport.close()

    async def _pass_on(self, name: str, reader: asyncio.StreamReader) -> None:
        while not reader.at_eof():
            with contextlib.suppress(ValueError):  # a line beyond the limit is dropped, the next ones are not
                if (line := await reader.readline()).strip():
                    self._say(name, line.decode(errors="replace").rstrip())

    def _say(self, name: str, line: str) -> None:
        print(f"{name.ljust(max(map(len, self.commands)))} | {line}", flush=True)


def tied(command: list[str]) -> list[str]:
    """The command, told to end when its parent is gone. Linux only; elsewhere the command as it is."""
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    return [setpriv, "--pdeathsig", "TERM", "--", *command] if setpriv else command


def ending_of(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
