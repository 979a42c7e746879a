"""What became of the posters: told by triggers of the database's own and by the files, not by our own rows alone."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django_scopes import scopes_disabled

from jobs.models import State
from jobs.sweeper import delete_orphans
from reports.models import Poster

TABLE = Poster._meta.db_table
BEGIN = {
    "sqlite": (
        "CREATE TABLE finishes (job integer)",
        f"CREATE TRIGGER finish AFTER UPDATE OF state ON {TABLE} WHEN NEW.state = 'ready' "  # noqa: S608
        "BEGIN INSERT INTO finishes VALUES (NEW.id); END",
    ),
    "postgresql": (
        "CREATE TABLE finishes (job integer)",
        "CREATE FUNCTION finish() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN INSERT INTO finishes VALUES (NEW.id); RETURN NEW; END $$",
        f"CREATE TRIGGER finish AFTER UPDATE OF state ON {TABLE} FOR EACH ROW WHEN (NEW.state = 'ready') "
        "EXECUTE FUNCTION finish()",
    ),
}
END = {
    "sqlite": ("DROP TRIGGER finish", "DROP TABLE finishes"),
    "postgresql": (f"DROP TRIGGER finish ON {TABLE}", "DROP FUNCTION finish", "DROP TABLE finishes"),
}


@contextmanager
def every_finish_noted() -> Iterator[None]:
    """The database notes each time that a row becomes ready."""
    _tell(BEGIN[connection.vendor])
    try:
        yield
    finally:
        _tell(END[connection.vendor])


def _tell(sentences: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for sentence in sentences:
            cursor.execute(sentence)


def count_published_twice() -> int:
    """Posters that were made ready more than once, and files that no row names once the sweeper has tidied up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT job FROM finishes")
        finishes = Counter(job for (job,) in cursor.fetchall())
    return sum(count > 1 for count in finishes.values()) + len(_files_tidied() - _whole_files() - _pictures())


def count_ready() -> int:
    """Posters that are ready and whose own file is whole."""
    return len(_whole_files())


def _files_tidied() -> set[str]:
    """A worker killed between the file and the row leaves a file that nobody can ask for; the sweeper deletes it."""
    root = Path(settings.ARTIFACT_DIR)
    for path in root.rglob("*"):
        os.utime(path, (0, 0))
    with scopes_disabled():
        delete_orphans()
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def _whole_files() -> set[str]:
    with scopes_disabled():
        rows = Poster.objects.filter(state=State.READY).values_list("artifact_name", "artifact_hash")
        return {name for name, sha256 in rows if _hash_of(Path(settings.ARTIFACT_DIR) / name) == sha256}


def _pictures() -> set[str]:
    """Of the first page of each that is ready."""
    with scopes_disabled():
        return set(Poster.objects.filter(state=State.READY).values_list("thumbnail_name", flat=True))


def _hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
