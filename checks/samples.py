"""The posters and reports of docs/samples.md, each made as a worker makes them, of the demo organisation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from accounts.models import Organisation
from assessments.models import Round
from journeys.models import Journey
from launch import ROOT
from reports.leader import freezing as leader
from reports.models import PosterKind
from reports.portfolio import freezing as portfolio
from reports.posters.choices import PosterChoice, PosterChoices, choices_of, freeze_choice
from reports.posters.parts import find_part
from reports.posters.rendering import render_poster
from reports.report_making import make_report

FOLDER = ROOT / "docs" / "samples"
NONCE = "5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d"  # of the link that QR codes lead to; a stored one is random
IMPACT = {
    "impact": "Ten minutes before departure he found both sets of house keys in his pocket. The supervisor had them "
    "at his wife’s door within the hour.",
    "impact_who": "March, long-haul crew",
}


class Sample(NamedTuple):
    """One picture. make: gives the PDF; pages: words that stand on each page that is shown, the first where empty."""

    name: str
    make: Callable[[], bytes]
    pages: Sequence[str] = ("",)


def wall_poster() -> bytes:
    return _poster(size="A3", words=IMPACT)


def large_poster() -> bytes:
    return _poster(size="A1", print_={"is_portrait": True})


def team_sheet() -> bytes:
    words = {"pledge": "We look up and smile before we look at the boarding pass."}
    return _poster(size="A4", kind=PosterKind.TEAM, subject="cabin crew", words=words)


def pocket_card() -> bytes:
    words = {"pledge": "Nobody waits longer than 15 minutes without hearing from us."}
    upright = {"is_portrait": True}
    return _poster(size="A6", kind=PosterKind.CARD, subject="Waits at the gate", words=words, print_=upright)


def leader_report() -> bytes:
    return _report(leader.inputs_of(_autumn(), language="en"))


def portfolio_report() -> bytes:
    journeys = list(Journey.objects.select_related("organisation").order_by("pk"))
    return _report(portfolio.inputs_of(Organisation.objects.get(), journeys, language="en"))


SAMPLES = (
    Sample("wall-poster", wall_poster),
    Sample("large-poster", large_poster),
    Sample("team-sheet", team_sheet),
    Sample("pocket-card", pocket_card),
    Sample("leader-report", leader_report, ("", "as each group sees it")),
    Sample("portfolio-report", portfolio_report, ("", "Each journey from left to right")),
)


def _autumn() -> Round:
    found: Round = Round.objects.select_related("organisation", "journey").get(title="Autumn")
    return found


def _poster(**chosen: Any) -> bytes:
    """With the results of a round. subject: a team, or the title of a card's moment."""
    round_ = _autumn()
    choices = choices_of(round_.journey)
    places = _places(choices, chosen.get("subject", ""))
    choice = PosterChoice(**chosen, places=places, round=round_, link=choices.links[0])
    return render_poster({**freeze_choice(choices, choice), "nonce": NONCE})


def _places(choices: PosterChoices, subject: str) -> list[int] | None:
    """Of the moments that are shown, None for all."""
    part = find_part(choices.plan, subject)
    titles = [moment.title for moment in choices.plan.moments]
    return list(part.places) if part else [titles.index(subject)] if subject else None


def _report(inputs: dict[str, Any]) -> bytes:
    return make_report(inputs, lambda _step, _percent: None)
