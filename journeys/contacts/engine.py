"""DuckDB inside its bounds: so much memory, so many threads, the files of one folder and nothing else."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeys.contacts.limits import MEMORY_MB, TEMPORARY_GB, THREADS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_PATTERN = re.compile(r"[*?\[\]{}]")


@dataclass
class Engine:
    """A database in memory that spills into `folder`, where everything that it reads or writes must lie."""

    connection: DuckDBPyConnection
    folder: Path
    _numbers: int = field(default=0)

    def run(self, sql: str, values: list[Any] | None = None) -> None:
        self.connection.execute(sql, values)

    def rows(self, sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql, values).fetchall()

    def value(self, sql: str, values: list[Any] | None = None) -> Any:
        return self.rows(sql, values)[0][0]

    def new_path(self, suffix: str = "") -> Path:
        """A path in the folder that nothing has yet."""
        return self.folder / f"{self.new_number()}{suffix}"

    def new_number(self) -> int:
        """A number for a name that nothing has yet."""
        self._numbers += 1
        return self._numbers

    def reach(self, path: Path) -> Path:
        """Where to read a given file: a copy inside the folder where DuckDB would take its path for a pattern."""
        path = path.resolve()
        if not _PATTERN.search(str(path)):
            return path
        return Path(shutil.copyfile(path, self.new_path(path.suffix)))


@contextmanager
def open_engine(
    files: Sequence[Path],
    time_zone: str = "UTC",
    *,
    folder: Path | None = None,
    memory_mb: int = MEMORY_MB,
    threads: int = THREADS,
    attached: Sequence[str] | None = None,
) -> Iterator[Engine]:
    """An engine that may read some files, and whose folder is gone afterwards. folder: where to make that folder.

    attached: statements that make a source known; only then it may read whatever this process may.
    """
    with tempfile.TemporaryDirectory(prefix="contacts-", dir=folder) as own:
        import duckdb  # only where a log is read: it takes time and memory

        connection = duckdb.connect(":memory:")
        try:
            bounds = _bounds(Path(own), time_zone, memory_mb, threads)
            opened = _closed([path.resolve() for path in files], Path(own)) if attached is None else attached
            for statement in (*bounds, *opened, "SET lock_configuration = true"):
                connection.execute(statement)
            yield Engine(connection, Path(own))
        finally:
            connection.close()


def _bounds(folder: Path, time_zone: str, memory_mb: int, threads: int) -> tuple[str, ...]:
    place = quoted(str(folder))
    return (
        f"SET memory_limit = '{memory_mb}MiB'",
        f"SET threads = {threads}",
        f"SET temp_directory = {place}",
        f"SET max_temp_directory_size = '{TEMPORARY_GB}GB'",
        "SET enable_progress_bar = false",
        "ATTACH ':memory:' AS log (COMPRESS)",  # fifty million contacts then fit into the memory that is allowed
        "USE log",
        "SET python_enable_replacements = false",
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET allow_community_extensions = false",
        f"SET TimeZone = {quoted(time_zone)}",
    )


def _closed(files: Sequence[Path], folder: Path) -> tuple[str, ...]:
    """No file but these, and those of the folder."""
    return (
        f"SET allowed_directories = [{quoted(str(folder))}]",
        f"SET allowed_paths = [{', '.join(quoted(str(path)) for path in files)}]",
        "SET enable_external_access = false",
    )


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def named(name: str) -> str:
    """The name of a column as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'
