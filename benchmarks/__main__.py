"""bin/bench: measure every promise, print the table, fail where one is not kept."""

from __future__ import annotations

import argparse
import pkgutil
import sys
from importlib import import_module

from benchmarks import rows, table


def main(arguments: list[str]) -> int:
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
