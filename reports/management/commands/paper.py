"""manage.py paper ROUND --kind form --out form.pdf: what the browser prints for a round."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scopes_disabled

from accounts.inside import inside
from assessments.choices import ANSWER_LANGUAGES, View
from assessments.models import OpenLink, Round
from jobs.problems import Refusal
from journeys.management.files import write_file
from reports import prints
from reports.models import PrintKind
from reports.print_forms import SHEETS, PrintForm, name_of
from reports.print_making import make_print


class Command(BaseCommand):
    help = "Makes a form, a QR poster or a table card of a round. ROUND: the number in the round's address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", type=int, metavar="ROUND")
        parser.add_argument("--kind", choices=PrintKind.values, default=PrintKind.FORM, help="form if not given")
        parser.add_argument("--paper", choices=SHEETS, default="", help="the usual one of its kind if not given")
        parser.add_argument("--language", choices=ANSWER_LANGUAGES, default="", help="the round's first if not given")
        parser.add_argument("--view", choices=View.values, help="who is asked; the round's first if not given")
        parser.add_argument("--group", default="", help="whose link the QR code holds")
        parser.add_argument(
            "--out", "--output", required=True, metavar="PDF", help="where to write; - is standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with scopes_disabled():
            rounds = Round.objects.select_related("organisation", "journey__organisation")
            round_ = rounds.filter(pk=options["round"]).first()
        if round_ is None:
            raise CommandError(f"There is no round {options['round']}.")
        with inside(round_.organisation):
            inputs = _inputs(round_, options)
        try:
            content = make_print(inputs, lambda step, percent: None)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        write_file(options["out"], content)


def _inputs(round_: Round, options: dict[str, Any]) -> dict[str, Any]:
    """Chosen and checked as in the browser."""
    links = list(OpenLink.objects.filter(round=round_, revoked_at=None).select_related("group"))
    link = _link(links, round_, options)
    said = {name: options[name] for name in ("kind", "paper", "language")}
    whom = str(link.pk) if link else options["view"] or round_.views[0].value
    form = PrintForm({**said, "link": whom}, round_=round_, links=links)
    if not form.is_valid():
        raise CommandError(" ".join(str(error) for errors in form.errors.values() for error in errors))
    values, (view, chosen) = form.cleaned_data, form.chosen()
    return prints.inputs_of(round_, values["kind"], values["paper"], values["language"], view, chosen)


def _link(links: list[OpenLink], round_: Round, options: dict[str, Any]) -> OpenLink | None:
    """The one for the view and group; the only one there is where none is named; else none."""
    fitting = [link for link in links if options["view"] in (None, link.view)]
    if options["group"]:
        named = [link for link in fitting if link.group and link.group.name == options["group"]]
        if not named:
            known = ", ".join(name_of(link, round_) for link in fitting)
            raise CommandError(f"No link of this round leads to the group {options['group']}. There are: {known}.")
        return named[0]
    return fitting[0] if len(fitting) == 1 else None
