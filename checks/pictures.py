"""The sample posters and reports of docs/samples.md: `python -m checks.pictures`.

Loads the demo organisation into a database of its own that goes away, on a day that never changes, makes its posters
and reports as a worker would, and draws them into docs/samples. The same sources give the same bytes.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, NamedTuple

import django
import pypdfium2 as pdfium
import time_machine
from PIL import Image

from launch import ROOT

FOLDER = ROOT / "docs" / "samples"
TODAY = "2026-11-23T09:00:00+00:00"
PUBLIC_URL = "https://moments.northern-air.example"
NONCE = "5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d"  # of the link that QR codes lead to; a stored one is random
LONG_SIDE, COLOURS, GAP = 1200, 256, 20
BETWEEN = (208, 212, 218)  # behind pages that lie side by side
PLEDGE = "Nobody waits longer than 15 minutes without hearing from us."
IMPACT = (
    "Ten minutes before departure he found both sets of house keys in his pocket. The supervisor had them at his "
    "wife’s door within the hour."
)
IMPACT_WHO = "March, long-haul crew"


class Sample(NamedTuple):
    """One picture. make: gives the PDF; pages: words that stand on each page that is shown, the first where empty."""

    name: str
    make: Callable[[], bytes]
    pages: Sequence[str] = ("",)

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.name}.png"


def wall_poster() -> bytes:
    """With the results of a round and a moment of impact."""
    return _poster(size="A3", round=_round(), words={"impact": IMPACT, "impact_who": IMPACT_WHO})


def large_poster() -> bytes:
    return _poster(size="A1", round=_round(), print_={"is_portrait": True})


def team_sheet() -> bytes:
    from reports.models import PosterKind

    return _poster(size="A4", kind=PosterKind.TEAM, subject="cabin crew", round=_round(), words={"pledge": PLEDGE})


def pocket_card() -> bytes:
    from reports.models import PosterKind

    words = {"pledge": PLEDGE}
    return _poster(
        size="A6",
        kind=PosterKind.CARD,
        subject="Waits at the gate",
        round=_round(),
        words=words,
        print_={"is_portrait": True},
    )


def leader_report() -> bytes:
    from reports import leader

    return _report(leader.inputs_of(_round(), language="en"))


def portfolio_report() -> bytes:
    from accounts.models import Organisation
    from journeys.models import Journey
    from reports import portfolio

    journeys = list(Journey.objects.select_related("organisation").order_by("pk"))
    return _report(portfolio.inputs_of(Organisation.objects.get(), journeys, language="en"))


SAMPLES = (
    Sample("wall-poster", wall_poster),
    Sample("large-poster", large_poster),
    Sample("team-sheet", team_sheet),
    Sample("pocket-card", pocket_card),
    Sample("leader-report", leader_report, ("", "Group by group")),
    Sample("portfolio-report", portfolio_report),
)


def _round() -> Any:
    from assessments.models import Round

    return Round.objects.select_related("organisation", "journey").get(title="Autumn")


def _poster(**chosen: Any) -> bytes:
    """Of the demo's first journey. subject: a team, or the title of a card's moment."""
    from django_scopes import scope

    from journeys.models import Journey
    from reports.poster import render_poster
    from reports.poster_choices import PosterChoice, choices_of, freeze_choice
    from reports.preflight import check_poster

    journey = Journey.objects.select_related("organisation").get(title="A trip with us")
    with scope(organisation=journey.organisation):
        choices = choices_of(journey)
        places = _places(choices, chosen.get("subject", ""))
        inputs = freeze_choice(choices, PosterChoice(**chosen, places=places, link=choices.links[0]))
    for problem in check_poster(inputs):
        print(f"  {problem.text}")
    return render_poster({**inputs, "nonce": NONCE})


def _places(choices: Any, subject: str) -> list[int] | None:
    from reports.poster_parts import find_part

    if not subject:
        return None
    part = find_part(choices.plan, subject)
    titles = [moment.title for moment in choices.plan.moments]
    return list(part.places) if part else [titles.index(subject)]


def _report(inputs: dict[str, Any]) -> bytes:
    from reports.report_making import make_report

    return make_report(inputs, lambda _step, _percent: None)


def picture_of(pdf: bytes, pages: Sequence[str]) -> bytes:
    """Pages side by side as a small PNG. pages: words that stand on each."""
    document = pdfium.PdfDocument(pdf)
    shown = [_page(document, words) for words in pages]
    width = sum(page.get_width() for page in shown)
    room = LONG_SIDE - GAP * (len(shown) - 1)
    scale = min(room / width, LONG_SIDE / max(page.get_height() for page in shown))
    drawn = [page.render(scale=scale).to_pil().convert("RGB") for page in shown]
    return _packed(_side_by_side(drawn))


def _page(document: Any, words: str) -> Any:
    return next(page for page in document if words in page.get_textpage().get_text_bounded())


def _side_by_side(drawn: Sequence[Image.Image]) -> Image.Image:
    width = sum(one.width for one in drawn) + GAP * (len(drawn) - 1)
    sheet, at = Image.new("RGB", (width, max(one.height for one in drawn)), BETWEEN), 0
    for one in drawn:
        sheet.paste(one, (at, 0))
        at += one.width + GAP
    return sheet


def _packed(picture: Image.Image) -> bytes:
    file = BytesIO()
    few = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


@contextmanager
def demo() -> Iterator[None]:
    """The demo organisation in a data folder that goes away. Once a process: Django is set up for it."""
    with tempfile.TemporaryDirectory(prefix="moments-of-truth-pictures-") as folder:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="config.settings",
            ENV_FILE=os.devnull,
            DATA_DIR=folder,
            DATABASE_URL=f"sqlite:///{folder}/db.sqlite3",
            REDIS_URL="",
            PUBLIC_URL="http://127.0.0.1:8000",
            SECRET_KEY="of the samples, so that their QR codes stay",  # noqa: S106  # of nothing that is kept
        )
        django.setup()
        _load()
        yield


def _load() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    for command in ("load_demo", "load_demo_results", "load_demo_rounds"):
        call_command(command, stdout=StringIO())


def main() -> int:
    """Writes all pictures, and says how large each is."""
    with time_machine.travel(TODAY, tick=False), demo():
        from django.test import override_settings
        from django_scopes import scopes_disabled

        with override_settings(PUBLIC_URL=PUBLIC_URL), scopes_disabled():
            for sample in SAMPLES:
                sample.path.parent.mkdir(exist_ok=True)
                picture = picture_of(sample.make(), sample.pages)
                sample.path.write_bytes(picture)
                print(f"{sample.path.relative_to(ROOT)}: {len(picture) // 1000} kB", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
