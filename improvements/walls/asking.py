"""Slides with the code of a round that is open, for who passes by."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.db.models import F
from django.utils import timezone

from assessments.addresses import answer_address, short_address
from assessments.choices import RoundState
from assessments.models import OpenLink
from assessments.qr import qr_svg
from improvements.models import Display
from improvements.walls.slide import Slide
from improvements.walls.slide_kinds import SlideKind
from improvements.walls.words import say_closing, say_question

CODES_A_SLIDE, ROUNDS_ASKED = 4, 4


def asking_slides(display: Display, journey_ids: Sequence[int]) -> list[Slide]:
    """One a round with links for who passes by that still take answers; one query."""
    links = OpenLink.objects.filter(
        round__state=RoundState.OPEN,
        round__journey__in=journey_ids,
        view=display.asks,
        revoked_at=None,
        response_count__lt=F("cap"),
    )
    rows = links.select_related("round", "group").order_by("-round__opened_at", "-round_id", "group__position", "pk")
    rounds = [list(links_) for _, links_ in groupby(rows, key=lambda link: link.round_id)]
    return [_slide(display, found) for found in rounds[:ROUNDS_ASKED]]


def _slide(display: Display, links: list[OpenLink]) -> Slide:
    round_ = links[0].round
    chosen = [link for link in links if _is_team(link, display.team)] or links
    closes_at = round_.closes_at
    says: dict[str, Any] = {
        "question": say_question(display.asks),
        "codes": [_code(link) for link in chosen[:CODES_A_SLIDE]],
        "closing": say_closing(timezone.localdate(closes_at)) if closes_at else "",
    }
    return Slide(SlideKind.ASK, str(round_.pk), round_.journey_title, round_.journey_language, says)


def _is_team(link: OpenLink, team: str) -> bool:
    return bool(team and link.group and link.group.name.casefold() == team.strip().casefold())


def _code(link: OpenLink) -> dict[str, Any]:
    address = answer_address(link)
    return {"qr": qr_svg(address), "short": short_address(link), "team": link.group.name if link.group else ""}
