"""A folder that is watched: CONTACT_LOG_FOLDER/<organisation>/<journey's number>/. What lies there is imported.

A file is taken once it has not grown between two looks. Where its columns are known from an earlier file of the same
shape it is counted; else it waits on the page for somebody to confirm them.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django_scopes import scope, scopes_disabled

from journeys.contact_making import file_path
from journeys.contact_uploads import AlreadyThere, begin_upload, finish_upload, request_import
from journeys.contacts.mapping import mapping_from
from journeys.contacts.refusals import Refused
from journeys.models import ContactUpload, Journey

SEEN_SECONDS = 3600
AT_ONCE = 20
REFUSED_FOLDER = "refused"
TAKING = ".taking"
LEFT_SECONDS = 900
log = logging.getLogger(__name__)


def watch_folder() -> int:
    """Take what has come to rest; says how many files were taken. One that can't be read goes to `refused/`."""
    if not settings.CONTACT_LOG_FOLDER:
        return 0
    count = 0
    for path in list(_files(Path(settings.CONTACT_LOG_FOLDER)))[:AT_ONCE]:
        if _is_at_rest(path):
            count += _take(path)
    return count


def _files(root: Path) -> Iterator[Path]:
    for path in sorted(root.glob("*/*/*")):
        is_hidden = path.name.startswith(".") and not _is_left(path)
        if path.is_file() and not path.is_symlink() and not is_hidden and path.parent.name.isdecimal():
            yield path


def _is_left(path: Path) -> bool:
    """Whether somebody began to take it and did not come to an end."""
    return path.suffix == TAKING and time.time() - path.stat().st_ctime > LEFT_SECONDS


def _is_at_rest(path: Path) -> bool:
    """Whether it is as it was at the look before, on whichever machine that was."""
    stat = path.stat()
    now, key = [stat.st_size, stat.st_mtime_ns], f"contact-log:{path}"
    was = cache.get(key)
    cache.set(key, now, SEEN_SECONDS)
    return bool(was == now and stat.st_size)


def _take(path: Path) -> bool:
    journey = _journey_of(path)
    if journey is None:
        return False
    name = path.name.removesuffix(TAKING).removeprefix(".")
    taken = path.with_name(f".{name}{TAKING}")
    try:
        path.rename(taken)
    except FileNotFoundError:  # another machine was quicker
        return False
    with scope(organisation=journey.organisation):
        try:
            _import(journey, taken, name)
        except AlreadyThere:
            log.info("%s has been imported before", path)
        except Refused as refused:
            log.warning("%s is refused: %s", path, refused)
            _put_aside(taken, name)
    taken.unlink(missing_ok=True)
    return True


def _journey_of(path: Path) -> Journey | None:
    with scopes_disabled():
        journeys = Journey.objects.filter(organisation__slug=path.parent.parent.name, pk=int(path.parent.name[:18]))
        found: Journey | None = journeys.select_related("organisation").first()
    return found


def _import(journey: Journey, path: Path, name: str) -> None:
    upload = begin_upload(journey, None, name, path.stat().st_size, "")
    shutil.copyfile(path, file_path(upload.stored_name))
    finish_upload(upload)
    if _is_clear(upload):
        request_import(upload, mapping_from(upload.said), None)


def _is_clear(upload: ContactUpload) -> bool:
    """Whether the columns are known from an earlier file; a guess is for people to confirm."""
    return bool(upload.sample["is_known"])


def _put_aside(path: Path, name: str) -> None:
    folder = path.parent / REFUSED_FOLDER
    folder.mkdir(exist_ok=True)
    path.rename(folder / name)
