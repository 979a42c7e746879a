"""manage.py results ROUND [--format xlsx --out FILE]: what a round shows, on a terminal or as a file."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_scopes import scopes_disabled

from accounts.inside import inside
from assessments.export_kinds import CONTENT_TYPES, names_for, write_results
from assessments.export_tables import TABLES, groups_table, moments_table, responses_table, whole_table
from assessments.models import ResultSheet
from journeys.management.files import STANDARD, write_file


class Command(BaseCommand):
    help = "Print what a round shows; hidden figures stay hidden. ROUND: the number in the round's address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", type=int, metavar="ROUND")
        parser.add_argument("--json", action="store_true", help="all figures of the result page, as they are")
        parser.add_argument("--format", choices=CONTENT_TYPES, help="a file as the result page offers it")
        parser.add_argument("--table", choices=TABLES, default="moments", help="of a CSV; moments if not given")
        parser.add_argument("--out", default=STANDARD, metavar="FILE", help="where to write it; - is standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        with scopes_disabled():
            sheets = ResultSheet.objects.select_related("round__organisation")
            sheet = sheets.filter(round_id=options["round"]).first()
        if sheet is None:
            raise CommandError(f"Round {options['round']} shows no results: it is not there, or not closed yet.")
        if options["format"]:
            self._write(sheet, options)
        elif options["json"]:
            self.stdout.write(json.dumps(sheet.figures, indent=2, ensure_ascii=False))
        else:
            self._summarise(sheet.figures)

    def _write(self, sheet: ResultSheet, options: dict[str, Any]) -> None:
        organisation = sheet.round.organisation
        with inside(organisation):
            content = write_results(options["format"], sheet.figures, names_for(organisation), options["table"])
        write_file(options["out"], content)

    def _summarise(self, figures: dict[str, Any]) -> None:
        about = figures["round"]
        self.stdout.write(
            f"{about['journey']}: {about['title']} ({about['opened_on']} to {about['closed_on'] or '...'})"
        )
        for table in (responses_table(figures), whole_table(figures), moments_table(figures), groups_table(figures)):
            self.stdout.write(f"\n{table.title}")
            for row in table.rows:
                named = zip(table.columns, row, strict=True)
                cells = [f"{heading} {_short(cell)}" for (heading, _meaning), cell in named if cell is not None]
                self.stdout.write("  " + "; ".join(cells))


def _short(cell: Any) -> str:
    return f"{cell:,.2f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)
