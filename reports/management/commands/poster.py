"""manage.py poster FILE --size A3 --output out.pdf: the wall poster of an outline or a Mermaid journey."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from journeys.formats import read_text
from journeys.plan import JourneyPlan
from reports.poster import PosterDoesNotFit, render_poster
from reports.poster_tiles import may_split
from reports.preflight import check_poster
from reports.sizes import SIZES, TILE_SHEETS

STANDARD = "-"  # standard input, standard output


class Command(BaseCommand):
    help = "Makes the wall poster of a journey written as an outline or as a Mermaid journey diagram."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the text of the journey; - reads it from standard input")
        parser.add_argument("--size", choices=SIZES, default="A3", help="of the sheet; A3 if not given")
        parser.add_argument("--portrait", action="store_true", help="the sheet stands upright; landscape if not given")
        parser.add_argument("--grey", action="store_true", help="for a printer without colours")
        parser.add_argument("--tiles", choices=TILE_SHEETS, default="", help="split on sheets of that size, to glue")
        parser.add_argument("--output", required=True, metavar="PDF", help="where to write; - is standard output")
        parser.add_argument("--language", help="of the poster's own words; the journey's if not given")
        parser.add_argument("--date", type=_day, help="that the poster prints, as 2026-07-01; today if not given")
        parser.add_argument("--organisation", default="", help="whose journey it is; printed at the foot")
        parser.add_argument("--address", default="", help="of the living map, for the QR code")

    def handle(self, *args: Any, **options: Any) -> None:
        size, tiles = options["size"], options["tiles"]
        if tiles and not may_split(size, tiles):
            raise CommandError(
                f"{size} is not larger than {tiles} sheets: leave out --tiles or choose a larger --size."
            )
        plan = self._plan_of(_read(options["file"]))
        inputs = {
            "plan": plan.to_dict(),
            "size": size,
            "language": options["language"] or plan.language,
            "made_on": (options["date"] or timezone.localdate()).isoformat(),
            "version": 1,
            "organisation": options["organisation"],
            "address": options["address"],
            "is_portrait": options["portrait"],
            "is_grey": options["grey"],
            "tiles": tiles,
        }
        for problem in check_poster(inputs):
            self.stderr.write(problem.text)
        try:
            poster = render_poster(inputs)
        except PosterDoesNotFit:
            raise CommandError("No poster was written.") from None
        write_file(options["output"], poster)

    def _plan_of(self, text: str) -> JourneyPlan:
        """The journey in the text; lines that can't be used end the command."""
        plan, findings = read_text(text)
        for finding in findings:
            self.stderr.write(f"line {finding.line}: {finding.text}")
        if any(finding.is_error for finding in findings):
            raise CommandError("No poster was written: mend the lines above.")
        return plan


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is not a date like 2026-07-01") from None


def _read(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == STANDARD else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name} can't be read: {error.strerror}.") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError(f"{name} is not UTF-8 text.") from None


def write_file(name: str, data: bytes) -> None:
    if name == STANDARD:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        Path(name).write_bytes(data)
    except OSError as error:
        raise CommandError(f"{name} can't be written: {error.strerror}.") from None
