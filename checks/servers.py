"""PostgreSQL and Redis of the run's own: on free ports, in a folder that goes away, ended whatever happens."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

from launch import SetupError
from launch.preflight import free_port
from launch.programs import find_postgresql
from launch.supervisor import tied

START_SECONDS = 60
UNSAFE_BUT_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """Gives the DATABASE_URL of an empty database."""
    programs, port, data = find_postgresql(), free_port(), folder / "postgresql"
    if not programs:
        raise SetupError("PostgreSQL is missing. Run bin/install test.")
    ordinary = ordinary_user(folder)
    initdb = [
        programs / "initdb",
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
        data,
    ]
    run(initdb, ordinary)
    settings = (f"port={port}", f"unix_socket_directories={folder}", "listen_addresses=127.0.0.1", *UNSAFE_BUT_QUICK)
    command = [programs / "postgres", "-D", data, *(f"-c{setting}" for setting in settings)]
    where = [f"--port={port}", "--host=127.0.0.1", "--username=postgres"]
    with running(command, folder / "postgresql.log", [programs / "pg_isready", *where], ordinary):
        run([programs / "createdb", *where, "moments"], {})
        yield f"postgres://postgres@127.0.0.1:{port}/moments"


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Gives the REDIS_URL of an empty Redis that keeps nothing on disk."""
    port = free_port()
    with running(redis_command(folder, port), folder / "redis.log", ["redis-cli", "-p", port, "ping"], {}):
        yield f"redis://127.0.0.1:{port}/0"


def redis_command(folder: Path, port: int) -> list[str]:
    server = shutil.which("redis-server")
    if not server or not shutil.which("redis-cli"):
        raise SetupError("Redis is missing. Run bin/install test.")
    settings = {"port": str(port), "bind": "127.0.0.1", "save": "", "appendonly": "no", "dir": str(folder)}
    return [server, *(word for name, value in settings.items() for word in (f"--{name}", value))]


@contextmanager
def running(command: list[Any], log: Path, question: list[Any], user: dict[str, Any]) -> Iterator[None]:
    """The server runs inside the block; `question` is a command that succeeds once it answers."""
    with log.open("wb") as words:
        process = subprocess.Popen(tied([str(word) for word in command]), stdout=words, stderr=words, **user)
    try:
        until(lambda: process.poll() is None and answers(question), log)
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def until(is_true: Callable[[], bool], log: Path) -> None:
    for _ in range(START_SECONDS * 10):
        if is_true():
            return
        sleep(0.1)
    raise SetupError(f"A server did not start: {log.read_text(errors='replace')}")


def answers(question: list[Any]) -> bool:
    return (
        subprocess.run(
            [str(word) for word in question], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ).returncode
        == 0
    )


def run(command: list[Any], user: dict[str, Any]) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **user)
    if done.returncode:
        raise SetupError(f"{command[0]} failed: {done.stdout.decode(errors='replace')}")


def ordinary_user(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses root: root lends it the user that its package made, and the folder."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": folder}
