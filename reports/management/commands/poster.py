"""manage.py poster FILE --size A3 --output out.pdf: the poster of a journey in a text, a stored one, or a round."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scopes_disabled

from journeys.formats import read_text
from journeys.management.files import read_file, write_file
from journeys.plan import JourneyPlan
from reports.management.poster_inputs import inputs_of_plan, inputs_of_rows
from reports.management.poster_options import add_options, check_options
from reports.posters.rendering import PosterDoesNotFit, render_poster
from reports.preflight import check_poster


class Command(BaseCommand):
    help = "Makes a poster of a journey: of an outline or a Mermaid diagram, of one that is stored, or of a round."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        check_options(options)
        if options["file"]:
            inputs = inputs_of_plan(self._plan_of(read_file(options["file"])), options)
        else:
            with scopes_disabled():
                inputs = inputs_of_rows(options)
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
