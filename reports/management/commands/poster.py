"""manage.py poster FILE --size A3 --output out.pdf: the poster of a journey in a text, a stored one, or a round."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django_scopes import scopes_disabled

from assessments.choices import ANSWER_LANGUAGES
from assessments.models import ResultSheet, Round
from journeys.formats import read_text
from journeys.models import Journey
from journeys.plan import JourneyPlan
from journeys.teams import team_key
from reports.limits import IMPACT_MAX, PLEDGE_MAX, WHO_MAX
from reports.models import PosterKind
from reports.poster import PosterDoesNotFit, render_poster
from reports.poster_choices import PosterChoice, choices_of, freeze_choice
from reports.poster_parts import cut_plan, find_part, parts_of
from reports.poster_tiles import may_split
from reports.preflight import check_poster
from reports.sizes import CARD_SIZES, SIZES, TILE_SHEETS

STANDARD = "-"  # standard input, standard output
WORDS = {"pledge": PLEDGE_MAX, "impact": IMPACT_MAX, "impact_who": WHO_MAX}


class Command(BaseCommand):
    help = "Makes a poster of a journey: of an outline or a Mermaid diagram, of one that is stored, or of a round."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", nargs="?", help="the text of the journey; - reads standard input")
        parser.add_argument("--journey", type=int, metavar="ID", help="a stored journey, in place of FILE")
        parser.add_argument("--round", type=int, metavar="ID", help="the results of a round, on its journey's map")
        parser.add_argument("--kind", choices=PosterKind.values, default="wall", help="wall, team or card")
        parser.add_argument("--subject", default="", metavar="NAME", help="of a team sheet: the channel or team")
        parser.add_argument("--moment", default="", metavar="TITLE", help="of a pocket card")
        parser.add_argument("--size", choices=(*SIZES, "A6"), help="A3 if not given; of a card A6, or A4 for four")
        parser.add_argument("--portrait", action="store_true", help="the sheet stands upright; landscape if not given")
        parser.add_argument("--grey", action="store_true", help="for a printer without colours")
        parser.add_argument("--tiles", choices=TILE_SHEETS, default="", help="split on sheets of that size, to glue")
        parser.add_argument("--output", required=True, metavar="PDF", help="where to write; - is standard output")
        parser.add_argument("--language", help=f"of the poster's own words: {', '.join(ANSWER_LANGUAGES)}")
        parser.add_argument("--pledge", default="", metavar="WORDS", help="a line that everyone keeps")
        parser.add_argument("--impact", default="", metavar="WORDS", help="a moment of impact, in a few sentences")
        parser.add_argument("--impact-who", default="", metavar="WORDS", help="who it was, and when")
        parser.add_argument("--date", type=_day, help="that the poster prints, as 2026-07-01; today if not given")
        parser.add_argument("--organisation", default="", help="whose journey it is; printed at the foot")
        parser.add_argument("--address", default="", help="of the living map, for the QR code")

    def handle(self, *args: Any, **options: Any) -> None:
        _check(options)
        if options["file"]:
            inputs = self._inputs_of_file(options)
        else:
            with scopes_disabled():
                inputs = _inputs_of_rows(options)
        for problem in check_poster(inputs):
            self.stderr.write(problem.text)
        try:
            poster = render_poster(inputs)
        except PosterDoesNotFit:
            raise CommandError("No poster was written.") from None
        write_file(options["output"], poster)

    def _inputs_of_file(self, options: dict[str, Any]) -> dict[str, Any]:
        plan = self._plan_of(_read(options["file"]))
        places, subject = _shown(plan, options)
        more = {
            "kind": "" if options["kind"] == "wall" else options["kind"],
            "subject": subject,
            "of_moments": len(plan.moments) if places is not None else 0,
            **_words(options),
        }
        return {
            "plan": (plan if places is None else cut_plan(plan, places)).to_dict(),
            "size": options["size"],
            "language": options["language"] or plan.language,
            "made_on": (options["date"] or timezone.localdate()).isoformat(),
            "version": 1,
            "organisation": options["organisation"],
            "address": options["address"],
            **_print(options),
            **{name: it for name, it in more.items() if it},
        }

    def _plan_of(self, text: str) -> JourneyPlan:
        """The journey in the text; lines that can't be used end the command."""
        plan, findings = read_text(text)
        for finding in findings:
            self.stderr.write(f"line {finding.line}: {finding.text}")
        if any(finding.is_error for finding in findings):
            raise CommandError("No poster was written: mend the lines above.")
        return plan


def _check(options: dict[str, Any]) -> None:
    """What the options can't be together, before anything is read."""
    is_card = options["kind"] == PosterKind.CARD
    size = options["size"] = options["size"] or ("A6" if is_card else "A3")
    if bool(options["file"]) == bool(options["journey"] or options["round"]):
        raise CommandError("Name one of these: FILE, --journey or --round.")
    if is_card != (size == "A6") and not (is_card and size in CARD_SIZES):
        raise CommandError("A pocket card is A6, or four of them on an A4; nothing else is A6.")
    if is_card and options["tiles"]:
        raise CommandError("A card is not split: leave out --tiles.")
    if options["tiles"] and not may_split(size, options["tiles"]):
        tiles = options["tiles"]
        raise CommandError(f"{size} is not larger than {tiles} sheets: leave out --tiles or choose a larger --size.")
    for name, longest in WORDS.items():
        if len(options[name]) > longest:
            raise CommandError(f"--{name.replace('_', '-')} is longer than {longest} characters.")


def _inputs_of_rows(options: dict[str, Any]) -> dict[str, Any]:
    """Of a stored journey, or of a round and its journey."""
    round_ = _round(options["round"]) if options["round"] else None
    journeys = Journey.objects.select_related("organisation")
    journey = journeys.filter(pk=options["journey"] or (round_.journey_id if round_ else None)).first()
    if journey is None:
        raise CommandError(f"There is no journey {options['journey']}.")
    if round_ and round_.journey_id != journey.pk:
        raise CommandError(f"Round {round_.pk} is of another journey.")
    choices = choices_of(journey)
    places, subject = _shown(choices.plan, options)
    chosen = PosterChoice(
        size=options["size"],
        kind=options["kind"],
        places=places,
        subject=subject,
        round=round_,
        link=choices.links[0] if choices.links else None,
        language=options["language"] or "",
        print_=_print(options),
        words=_words(options),
    )
    inputs = freeze_choice(choices, chosen)
    return inputs | ({"made_on": options["date"].isoformat()} if options["date"] else {})


def _round(pk: int) -> Round:
    round_ = Round.objects.select_related("organisation").filter(pk=pk).first()
    if round_ is None or not ResultSheet.objects.filter(round=round_).exists():
        raise CommandError(f"Round {pk} shows no results: it is not there, or not closed yet.")
    found: Round = round_
    return found


def _shown(plan: JourneyPlan, options: dict[str, Any]) -> tuple[list[int] | None, str]:
    """The places of the moments that the kind shows, None for all, and what it is called."""
    if options["kind"] == PosterKind.TEAM:
        part = find_part(plan, options["subject"])
        if part is None:
            names = ", ".join(dict.fromkeys(part.name for part in parts_of(plan)))
            raise CommandError(f"--subject has to be one of these: {names}.")
        return list(part.places), part.name
    if options["kind"] == PosterKind.CARD:
        titles = [team_key(moment.title) for moment in plan.moments]
        if team_key(options["moment"]) not in titles:
            raise CommandError("--moment has to be the title of a moment of this journey.")
        place = titles.index(team_key(options["moment"]))
        return [place], plan.moments[place].title
    return None, ""


def _words(options: dict[str, Any]) -> dict[str, str]:
    return {name: options[name] for name in WORDS if options[name]}


def _print(options: dict[str, Any]) -> dict[str, Any]:
    is_card = options["kind"] == PosterKind.CARD
    return {"is_portrait": options["portrait"] or is_card, "is_grey": options["grey"], "tiles": options["tiles"]}


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
