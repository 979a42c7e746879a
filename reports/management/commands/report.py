"""manage.py report --round ID | --portfolio ID ID, --out out.pdf: a report from the shell."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope, scopes_disabled

from assessments.choices import ANSWER_LANGUAGES
from assessments.models import Round
from jobs.problems import Refusal
from journeys.management.files import write_file
from journeys.models import Journey
from reports.leader import freezing as leader
from reports.models import REPORT_PAPERS
from reports.portfolio import freezing as portfolio
from reports.report_forms import JOURNEYS_MAX
from reports.report_making import make_report


class Command(BaseCommand):
    help = "Makes the leader report of a round, or the portfolio report of several journeys of one organisation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--round", type=int, metavar="ID", help="the number in the round's address")
        what.add_argument(
            "--portfolio", type=int, nargs="+", metavar="ID", help="the numbers in the journeys' addresses"
        )
        parser.add_argument(
            "--language", choices=list(ANSWER_LANGUAGES), default="en", help="of the report's own words"
        )
        parser.add_argument("--paper", choices=REPORT_PAPERS, default="A4", help="A4 if not given")
        parser.add_argument("--archive", action="store_true", help="PDF/A-3 with its data inside")
        parser.add_argument(
            "--out", "--output", required=True, metavar="FILE", help="where to write; - is standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = {"language": options["language"], "paper": options["paper"], "is_archive": options["archive"]}
        if options["round"] is not None:
            inputs = self._of_round(options["round"], chosen)
        else:
            inputs = self._of_journeys(options["portfolio"], chosen)
        try:
            data = make_report(inputs, lambda _step, _percent: None)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        write_file(options["out"], data)

    def _of_round(self, round_id: int, chosen: dict[str, Any]) -> dict[str, Any]:
        with scopes_disabled():
            round_ = Round.objects.select_related("journey", "organisation").filter(pk=round_id).first()
        if round_ is None:
            raise CommandError(f"There is no round {round_id}.")
        with scope(organisation=round_.organisation):
            if obstacle := leader.why_not(round_):
                raise CommandError(obstacle)
            return leader.inputs_of(round_, **chosen)

    def _of_journeys(self, journey_ids: list[int], chosen: dict[str, Any]) -> dict[str, Any]:
        with scopes_disabled():
            found = {it.pk: it for it in Journey.objects.select_related("organisation").filter(pk__in=journey_ids)}
        missing = [str(pk) for pk in journey_ids if pk not in found]
        if missing:
            raise CommandError(f"There is no journey {', '.join(missing)}.")
        journeys = [found[pk] for pk in dict.fromkeys(journey_ids)]
        if len(journeys) < 2 or len({journey.organisation_id for journey in journeys}) > 1:
            raise CommandError("Name two journeys or more, of one organisation.")
        if len(journeys) > JOURNEYS_MAX:
            raise CommandError(f"One report compares {JOURNEYS_MAX} journeys at most.")
        with scope(organisation=journeys[0].organisation):
            return portfolio.inputs_of(journeys[0].organisation, journeys, **chosen)
