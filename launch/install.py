"""Brings this machine to what the named locks ask for: system packages, then the environment in .venv.

Runs before the environment exists, so it uses the standard library alone. Nothing is done twice: .venv keeps a
record of the locks it was made from.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from launch import ROOT, SetupError
from launch.packages import install_missing

ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
UV = ENVIRONMENT / "bin" / "uv"
RECORD = ENVIRONMENT / "installed.json"
GROUPS = ("app", "test", "lint", "bench")


def lock_of(group: str) -> Path:
    return ROOT / "locks" / f"{group}.txt"


def wanted_record(groups: list[str]) -> dict[str, str]:
    """What .venv must have been made from: the version of Python and the hash of each lock."""
    locks = {group: sha256(lock_of(group).read_bytes()).hexdigest() for group in ("uv", *groups)}
    return {"python": f"{sys.version_info.major}.{sys.version_info.minor}", **locks}


def kept_record() -> dict[str, str]:
    record: dict[str, str] = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    return record


def is_current(groups: list[str]) -> bool:
    return PYTHON.exists() and wanted_record(groups).items() <= kept_record().items()


def make_environment() -> None:
    """A fresh .venv with uv in it. Only a .venv that was made here is ever replaced: its record stays to the end."""
    if ENVIRONMENT.is_symlink() or (ENVIRONMENT.exists() and not RECORD.exists()):
        raise SetupError(f"{ENVIRONMENT} was made by something else. Move it away, then start again.")
    print(f"Making the environment in .venv with Python {sys.version.split()[0]}, and uv in it", flush=True)
    ENVIRONMENT.mkdir(exist_ok=True)
    RECORD.write_text("{}")
    for entry in ENVIRONMENT.iterdir():
        if entry != RECORD:
            entry.unlink() if entry.is_symlink() or entry.is_file() else shutil.rmtree(entry)
    run([sys.executable, "-m", "venv", str(ENVIRONMENT)])
    run([str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock_of("uv"))])


def sync(groups: list[str]) -> None:
    """Exactly what the locks name, checked by hash, with the Python that is here."""
    kept = kept_record()
    together = [group for group in GROUPS if group in groups or group in kept]
    print(f"Installing Python packages from the locks: {', '.join(together)}", flush=True)
    RECORD.write_text(json.dumps(wanted_record([])))
    locks = [str(lock_of(group)) for group in ("uv", *together)]
    run([str(UV), "pip", "sync", "--quiet", "--python", str(PYTHON), "--require-hashes", *locks])
    RECORD.write_text(json.dumps(wanted_record(together), indent=1))


def run(command: list[str]) -> None:
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    try:
        subprocess.run(command, check=True, env=environment)
    except subprocess.CalledProcessError as error:
        raise SetupError(
            f"{Path(command[0]).name} failed; its words above say why. Start again once mended."
        ) from error


def install(groups: list[str]) -> None:
    install_missing(groups)
    if is_current(groups):
        return
    if not UV.exists() or kept_record().get("python") != wanted_record([])["python"]:
        make_environment()
    sync(groups)


def main(arguments: list[str]) -> int:
    """install LOCK... [-- COMMAND...]: install, then turn into the command."""
    groups, command = arguments, []
    if "--" in arguments:
        cut = arguments.index("--")
        groups, command = arguments[:cut], arguments[cut + 1 :]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        install(groups)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    if command:
        os.execv(command[0], command)  # noqa: S606
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
