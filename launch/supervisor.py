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
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from time import monotonic

from launch import ROOT, SetupError

GRACE_SECONDS = 8
CRASHES_MOST = 5
CRASHES_WINDOW_SECONDS = 90
PAUSES_SECONDS = (1, 2, 4, 8, 15)
LINE_BYTES_MOST = 1 << 20

Body = Callable[[], Awaitable[None]]


async def supervise(commands: Mapping[str, list[str]], environment: Mapping[str, str], body: Body) -> None:
    """Run the commands until `body` returns or this is cancelled; no process of theirs is left either way.

    Raises SetupError where one of them ends again and again.
    """
    width = max(map(len, commands))
    try:
        async with asyncio.TaskGroup() as group:
            keepers = [
                group.create_task(keep_running(name.ljust(width), command, environment))
                for name, command in commands.items()
            ]
            await body()
            for keeper in keepers:
                keeper.cancel()
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from errors


async def keep_running(name: str, command: list[str], environment: Mapping[str, str]) -> None:
    endings: deque[float] = deque(maxlen=CRASHES_MOST)
    while True:
        code = await run_once(name, command, environment)
        endings.append(monotonic())
        if len(endings) == CRASHES_MOST and endings[-1] - endings[0] < CRASHES_WINDOW_SECONDS:
            raise SetupError(f"{name.strip()} ended {CRASHES_MOST} times in a short time; its words above say why.")
        pause = PAUSES_SECONDS[len(endings) - 1]
        say(name, f"ended ({ending_of(code)}), starts again in {pause} s")
        await asyncio.sleep(pause)


async def run_once(name: str, command: list[str], environment: Mapping[str, str]) -> int:
    process = await asyncio.create_subprocess_exec(
        *tied(command),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        limit=LINE_BYTES_MOST,
        env=environment,
        cwd=ROOT,
        start_new_session=True,
    )
    pump = asyncio.create_task(pass_on(name, process))
    try:
        return await process.wait()
    finally:
        await end(process)
        await asyncio.wait([pump], timeout=1)
        pump.cancel()


async def end(process: asyncio.subprocess.Process) -> None:
    """Ask the process to end, and after a grace kill its whole group; at once when asked again (a second Ctrl-C)."""
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(GRACE_SECONDS):
            await process.wait()
    except TimeoutError:
        pass
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


def tied(command: list[str]) -> list[str]:
    """The command, told to end when its parent is gone. Linux only; elsewhere the command as it is."""
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    return [setpriv, "--pdeathsig", "TERM", "--", *command] if setpriv else command


async def pass_on(name: str, process: asyncio.subprocess.Process) -> None:
    async for line in lines_of(process):
        say(name, line.decode(errors="replace").rstrip())


async def lines_of(process: asyncio.subprocess.Process) -> AsyncIterator[bytes]:
    stream = process.stdout
    while stream and not stream.at_eof():
        with contextlib.suppress(ValueError):  # a line beyond the limit is dropped, the next ones are not
            if line := await stream.readline():
                yield line


def say(name: str, line: str) -> None:
    print(f"{name} | {line}", flush=True)


def ending_of(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
