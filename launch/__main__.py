"""bin/run, once the environment is there: look, prepare, start, announce, and end all of it."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import environ

from launch import ROOT, SetupError
from launch.announcement import announcement, until_web_answers
from launch.machine import BREW_LIBRARIES, is_mac
from launch.options import Options, is_private, parse_options, public_url
from launch.preflight import check_folder, check_libraries, check_port, free_port, hold_folder
from launch.processes import on_one_machine
from launch.supervisor import Supervisor

ROOT_IS_SAID = "ignore:You're running the worker with superuser privileges"


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    environ.Env.read_env(os.environ.get("ENV_FILE", str(ROOT / ".env")))
    try:
        with for_the_occasion(parse_options()) as options:
            start(options)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("Ended.", flush=True)
    return 0


@contextmanager
def for_the_occasion(options: Options) -> Iterator[Options]:
    """For --check: a free port, and a data folder that goes away again unless one was named."""
    if not options.check:
        yield options
        return
    with tempfile.TemporaryDirectory(prefix="moments-of-truth-") as folder:
        data = options.data if options.is_data_named else Path(folder)
        yield replace(options, port=free_port(), data=data, demo=False)


def start(options: Options) -> None:
    check_libraries()
    check_folder(options.data)
    check_port(options.host, options.port)
    if os.geteuid() == 0:
        print("You are root; an ordinary user is enough to run this.", flush=True)
    environment = environment_for(options)
    with hold_folder(options.data):
        prepare(environment)
        asyncio.run(run(options, environment))


def environment_for(options: Options) -> dict[str, str]:
    """What every process is told; what the person has set stays as it is, where bin/run doesn't decide it."""
    usual = {"LOG_LEVEL": "WARNING", "PYTHONWARNINGS": ROOT_IS_SAID}
    if is_mac():
        usual["DYLD_FALLBACK_LIBRARY_PATH"] = ":".join(map(str, BREW_LIBRARIES))
    decided = {
        "DATA_DIR": str(options.data),
        "HOST": options.host,
        "PORT": str(options.port),
        "PUBLIC_URL": public_url(options),
        "DEMO": str(int(options.demo and is_private(options))),
        "PYTHONUNBUFFERED": "1",
    }
    return {**usual, **os.environ, **decided}


def prepare(environment: Mapping[str, str]) -> None:
    if subprocess.run([sys.executable, "-m", "launch.prepare"], cwd=ROOT, env=environment).returncode:
        raise SetupError("The data folder could not be prepared; the lines above say why.")


async def run(options: Options, environment: Mapping[str, str]) -> None:
    """All processes, until told to end or, for --check, until tried out."""
    supervisor = Supervisor(on_one_machine(environment), environment)
    listen_for_interrupts(supervisor)

    async def body() -> None:
        await until_web_answers(options)
        if options.check:
            await try_out(options, environment)
            return
        print(announcement(options), flush=True)
        await asyncio.Event().wait()

    await supervisor.run(body)


def listen_for_interrupts(supervisor: Supervisor) -> None:
    """The first one ends all, with a grace; the next one ends the grace."""
    task = asyncio.current_task()

    def interrupt() -> None:
        if task and not task.cancelling():
            task.cancel()
        else:
            supervisor.hurry.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, interrupt)


async def try_out(options: Options, environment: Mapping[str, str]) -> None:
    command = (sys.executable, "-m", "launch.trial", options.address)
    trial = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment)
    if await trial.wait():
        raise SetupError("The check failed; the lines above say where.")


if __name__ == "__main__":
    sys.exit(main())
