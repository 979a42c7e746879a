"""Where this machine keeps the programs that tests and benchmarks drive."""

import os
import shutil
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SNAP_CHROMIUM = Path("/snap/bin/chromium")
OTHER_PLACES = (
    str(SNAP_CHROMIUM),
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
POSTGRESQL_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


def find_chromium() -> str | None:
    """CHROMIUM in the environment wins. Ubuntu's script that only starts the snap doesn't count, the snap does."""
    if named := os.environ.get("CHROMIUM"):
        return named
    found = (shutil.which(name) for name in CHROMIUM_NAMES)
    candidates = [*filter(None, found), *filter(os.path.exists, OTHER_PLACES)]
    return next((path for path in candidates if not is_snap_stub(Path(path))), None)


def is_snap_stub(program: Path) -> bool:
    return program != SNAP_CHROMIUM and b"/snap/bin/chromium" in program.read_bytes()[:4096]


def find_postgresql() -> Path | None:
    """The folder of initdb and postgres, of the newest version there is."""
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    found = [folder for pattern in POSTGRESQL_FOLDERS for folder in Path("/").glob(pattern.lstrip("/"))]
    usable = [folder for folder in found if (folder / "initdb").exists()]
    return max(usable, key=version_of, default=None)


def version_of(folder: Path) -> int:
    return int("".join(filter(str.isdigit, folder.parent.name)) or 0)
