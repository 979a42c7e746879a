"""manage.py convert IN OUT: one format into another. What there is to say about a file goes to standard error."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from journeys.formats.files import FORMATS, READABLE, FileReading, format_by_suffix, read_file
from journeys.limits import FILE_MAX
from journeys.management.files import STANDARD, write_file


class Command(BaseCommand):
    help = "Convert a journey from one format into another. - stands for standard input or output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="IN", help="The file to read, or -.")
        parser.add_argument("target", metavar="OUT", help="The file to write, or -.")
        parser.add_argument("--from", dest="source_format", choices=READABLE, default="", help="By name and content.")
        parser.add_argument("--to", dest="target_format", choices=list(FORMATS), default="", help="By the name of OUT.")

    def handle(self, *args: Any, **options: Any) -> None:
        source, target = options["source"], options["target"]
        target_format = options["target_format"] or format_by_suffix(target)
        if not target_format:
            raise CommandError(f"Say with --to what to write: {', '.join(FORMATS)}.")
        reading = read_file(_read(source), source, options["source_format"])
        self._say(reading)
        if reading.is_refused:
            raise CommandError(f"{source} was refused; nothing was written.")
        write_file(target, FORMATS[target_format].to_bytes(reading.plan))

    def _say(self, reading: FileReading) -> None:
        for finding in reading.findings:
            place = finding.place or f"Line {finding.line}"
            self.stderr.write(f"{place}: {'error' if finding.is_error else 'warning'}: {finding.text}")
        if reading.table and reading.table.rows_rejected:
            self.stderr.write(f"{reading.table.rows_rejected} rows were left out.")


def _read(source: str) -> bytes:
    """One byte more than is taken at most, so that no file is read that would be refused."""
    if source == STANDARD:
        return sys.stdin.buffer.read(FILE_MAX + 1)
    try:
        with Path(source).open("rb") as file:
            return file.read(FILE_MAX + 1)
    except OSError as error:
        raise CommandError(f"{source} can't be read: {error.strerror}.") from None
