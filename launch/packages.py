"""Installs what the machine lacks from its own packages: apt-get, snap or brew. Standard library alone."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from launch import SetupError
from launch.machine import Need, is_mac, missing, names, package_name

OS_RELEASE = Path("/etc/os-release")


def install_missing(groups: Iterable[str]) -> None:
    """Install what the machine lacks and say why. Raises SetupError where that can't be done or doesn't help."""
    lacking = missing(groups)
    if not lacking:
        return
    packages, commands = installation(lacking)
    print(f"Installing from the packages of this system, with {commands[-1][0]}:", flush=True)
    for need in lacking:
        print(f"  {package_name(need):22} {need.why}", flush=True)
    for command in commands:
        run_as_administrator(command, packages)
    if still := missing(groups):
        raise SetupError(f"Still missing after the installation: {names(still)}. Install by hand, then start again.")


def installation(lacking: list[Need]) -> tuple[list[str], list[list[str]]]:
    """The packages and the commands that install them. Ubuntu has its Chromium as a snap alone."""
    packages = list(dict.fromkeys(package_name(need) for need in lacking))
    if is_mac():
        return packages, [["brew", "install", *packages]]
    if not shutil.which("apt-get"):
        reasons = "; ".join(f"{need.apt} ({need.why})" for need in lacking)
        raise SetupError(f"This system has no apt-get. Install what Debian calls {reasons}; then start again.")
    snaps = ["chromium"] if "chromium" in packages and is_ubuntu() else []
    debs = [package for package in packages if package not in snaps]
    commands = [["snap", "install", snap] for snap in snaps]
    if debs:
        commands += [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "--no-install-recommends", *debs]]
    return packages, commands


def is_ubuntu() -> bool:
    return "\nID=ubuntu\n" in "\n" + OS_RELEASE.read_text() if OS_RELEASE.exists() else False


def run_as_administrator(command: list[str], packages: list[str]) -> None:
    """apt-get and snap want root: sudo asks for the password. brew wants an ordinary user."""
    prefix: list[str] = []
    if command[0] != "brew" and os.geteuid() != 0:
        if not shutil.which("sudo"):
            raise SetupError(f"Only root can install packages and there is no sudo. Ask root for: {' '.join(packages)}")
        prefix = ["sudo", "env", "DEBIAN_FRONTEND=noninteractive"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        with interrupts_held():
            done = subprocess.run(
                [*prefix, *command], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
            )
    except FileNotFoundError as error:
        raise SetupError(
            f"There is no {command[0]}. Install by hand: {' '.join(packages)}; then start again."
        ) from error
    if done.returncode:
        sys.stderr.buffer.write(done.stdout)
        raise SetupError(f"{command[0]} failed (above). Install by hand: {' '.join(packages)}; then start again.")


@contextmanager
def interrupts_held() -> Iterator[None]:
    """An installation that is cut short leaves the system's packages in disorder, so an interrupt waits for its end."""
    came: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda number, frame: came.append(number)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
    if came:
        raise KeyboardInterrupt
