"""What `manage.py poster` can be told: as much as the form in the browser."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import CommandError

from assessments.choices import ANSWER_LANGUAGES
from reports.limits import IMPACT_MAX, PLEDGE_MAX, WHO_MAX
from reports.models import PosterKind
from reports.posters.tiles import may_split
from reports.sizes import CARD_SIZES, SIZES, TILE_SHEETS

WORDS = {"pledge": PLEDGE_MAX, "impact": IMPACT_MAX, "impact_who": WHO_MAX}
STORED_ALONE = ("scenario", "leads_to", "story", "said")


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", nargs="?", help="the text of the journey; - reads standard input")
    parser.add_argument("--journey", type=int, metavar="ID", help="a stored journey, in place of FILE")
    parser.add_argument("--round", type=int, metavar="ID", help="the results of a round, on its journey's map")
    parser.add_argument("--scenario", default="", metavar="NAME", help="of a stored journey: today and this target")
    parser.add_argument("--kind", choices=PosterKind.values, default="wall", help="wall, team or card")
    parser.add_argument("--subject", default="", metavar="NAME", help="of a team sheet: the channel or team")
    parser.add_argument("--moment", default="", metavar="TITLE", help="of a pocket card")
    parser.add_argument("--size", choices=(*SIZES, "A6"), help="A3 if not given; of a card A6, or A4 for four")
    parser.add_argument("--portrait", action="store_true", help="the sheet stands upright; landscape if not given")
    parser.add_argument("--grey", action="store_true", help="for a printer without colours")
    parser.add_argument("--tiles", choices=TILE_SHEETS, default="", help="split on sheets of that size, to glue")
    parser.add_argument("--output", "--out", required=True, metavar="PDF", help="where to write; - is standard output")
    parser.add_argument("--language", help=f"of the poster's own words: {', '.join(ANSWER_LANGUAGES)}")
    parser.add_argument("--pledge", default="", metavar="WORDS", help="a line that everyone keeps")
    parser.add_argument("--impact", default="", metavar="WORDS", help="a moment of impact, in a few sentences")
    parser.add_argument("--impact-who", default="", metavar="WORDS", help="who it was, and when")
    story = "of a stored journey: a published story as the moment of impact, by its number or as “featured”"
    parser.add_argument("--story", default="", metavar="ID", help=story)
    parser.add_argument("--said", action="store_true", help="of a stored journey: “You said, we did”, the newest three")
    parser.add_argument("--date", type=day, help="that the poster prints, as 2026-07-01; today if not given")
    parser.add_argument("--organisation", default="", help="whose journey it is; printed at the foot")
    leads_to = (
        "of a stored journey: the open round's group whose link the QR code holds, or map; the first if not given"
    )
    parser.add_argument("--leads-to", default="", metavar="GROUP", help=leads_to)
    parser.add_argument("--address", default="", help="of the living map, for the QR code")


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is not a date like 2026-07-01") from None


def check_options(options: dict[str, Any]) -> None:
    """What the options can't be together, before anything is read."""
    is_card = options["kind"] == PosterKind.CARD
    size = options["size"] = options["size"] or ("A6" if is_card else "A3")
    _check_source(options, is_card=is_card)
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


def _check_source(options: dict[str, Any], *, is_card: bool) -> None:
    """One source, and of it what the poster can show."""
    if bool(options["file"]) == bool(options["journey"] or options["round"]):
        raise CommandError("Name one of these: FILE, --journey or --round.")
    for name in STORED_ALONE:
        if options["file"] and options[name]:
            raise CommandError(f"--{name.replace('_', '-')} needs a stored journey: --journey or --round.")
    if options["scenario"] and options["round"]:
        raise CommandError(
            "One poster shows either: the results of a --round, or today and the target of a --scenario. Make two."
        )
    if options["story"] and options["impact"]:
        raise CommandError("One poster tells one moment of impact: leave out --story or --impact.")
    if options["story"] and is_card:
        raise CommandError("A card has no room for a --story.")
    if options["scenario"] and is_card:
        raise CommandError("A card has no room for a --scenario.")


def words_of(options: dict[str, Any]) -> dict[str, str]:
    return {name: options[name] for name in WORDS if options[name]}


def print_of(options: dict[str, Any]) -> dict[str, Any]:
    is_card = options["kind"] == PosterKind.CARD
    return {"is_portrait": options["portrait"] or is_card, "is_grey": options["grey"], "tiles": options["tiles"]}
