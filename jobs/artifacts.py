"""Files that jobs leave behind, below ARTIFACT_DIR. A finished file carries its attempt's token in its name.

A file is written under `drafts/`, made durable, and renamed into place; so a name never stands for half a file.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

ORPHAN_AGE_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file. name: below ARTIFACT_DIR."""

    name: str
    sha256: str
    size_bytes: int


def path_of(name: str) -> Path:
    """Where the file of that name stands."""
    return Path(settings.ARTIFACT_DIR) / name


def draft_path(token_hex: str) -> Path:
    """Where an attempt writes before its file is whole."""
    folder = path_of("drafts")
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{token_hex}.part"


def write_draft(path: Path, content: bytes) -> None:
    """Write all of it and see it on the disk. Raises OSError where the file grows beyond the process's limit."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def thumbnail_draft(draft: Path) -> Path:
    """Where the thumbnail of that draft waits, if there is one."""
    return draft.with_suffix(".png")


def forget_draft(draft: Path) -> None:
    """Take away what an attempt has left of its file and its thumbnail."""
    for path in (draft, thumbnail_draft(draft)):
        path.unlink(missing_ok=True)


def promote(draft: Path, folder: str, suffix: str) -> Artifact:
    """Rename a draft into its place; the token in its name keeps two attempts apart."""
    artifact = _describe(draft, f"{folder}/{draft.stem}{suffix}")
    place = path_of(artifact.name)
    place.parent.mkdir(parents=True, exist_ok=True)
    draft.rename(place)
    _sync_folder(place.parent)
    return artifact


def _describe(draft: Path, name: str) -> Artifact:
    with draft.open("rb") as file:
        return Artifact(name, hashlib.file_digest(file, "sha256").hexdigest(), draft.stat().st_size)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(*names: str) -> None:
    """Delete files that may be gone already; an empty name stands for none."""
    for name in filter(None, names):
        path_of(name).unlink(missing_ok=True)


def old_names() -> Iterator[str]:
    """Names of all files, drafts too, that nobody has written to for an hour."""
    root = Path(settings.ARTIFACT_DIR)
    oldest_kept = time.time() - ORPHAN_AGE_SECONDS
    for path in root.rglob("*"):
        with suppress(FileNotFoundError):  # a job that ends takes its draft away
            if path.is_file() and path.stat().st_mtime < oldest_kept:
                yield path.relative_to(root).as_posix()
