"""bin/bench: measure every promise, print the table, fail where one is not kept."""

from __future__ import annotations

import argparse
import os
import pkgutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import django
from django.core.management import call_command

from benchmarks import rows, table


def main(arguments: list[str]) -> int:
    with prepared():
        return measure(arguments)


@contextmanager
def prepared() -> Iterator[None]:
    """The product set up in a data folder of the run's own."""
    with tempfile.TemporaryDirectory(prefix="moments-of-truth-bench-") as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "WARNING"}
        os.environ |= {"PUBLIC_URL": "http://testserver", "DATABASE_URL": "", "REDIS_URL": "", "ENV_FILE": os.devnull}
        os.environ.pop("DATABASE_URL")
        django.setup()
        for command in (("migrate", "-v0"), ("collectstatic", "-v0", "--noinput")):
            call_command(*command)
        yield


def measure(arguments: list[str]) -> int:
    for module in pkgutil.iter_modules(rows.__path__):
        import_module(f"benchmarks.rows.{module.name}")
    chosen = choose(arguments)
    print(table.head(), flush=True)
    measured = []
    for name in chosen:
        for row in table.BENCHMARKS[name]():
            print(table.line(row), flush=True)
            measured.append(row)
    missed = table.count_missed(measured)
    print(f"\n{len(measured) - missed} kept, {missed} missed")
    return int(missed > 0)


def choose(arguments: list[str]) -> list[str]:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measure what the project promises of its speed.")
    names = sorted(table.BENCHMARKS)
    parser.add_argument("--only", action="append", choices=names, metavar="NAME", help=f"one of: {', '.join(names)}")
    return parser.parse_args(arguments).only or names


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
