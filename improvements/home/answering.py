"""Rounds that a member may answer now, and by which ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from allauth.account.models import EmailAddress
from django.db.models import F
from django.utils import timezone

from accounts.models import Organisation, User
from assessments.addresses import answer_address
from assessments.choices import RoundState, View
from assessments.models import OpenLink, Recipient, Round

ROUNDS_SHOWN, WAYS_SHOWN = 6, 12


@dataclass(frozen=True, slots=True)
class Way:
    """One link. name: of the team that answers by it, empty for all."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """One round that asks staff. ways: none once the member's own answer is in."""

    journey: str
    language: str
    closes_on: date | None
    ways: tuple[Way, ...]
    more_ways: int = 0
    is_answered: bool = False


def rounds_to_answer(organisation: Organisation, user: User) -> list[ToAnswer]:
    """Open rounds of staff: by one's own link where one was asked by mail, else by the teams' links. A round that
    asks others by mail is left out. Five queries or fewer.
    """
    rounds = list(
        Round.objects.in_organisation(organisation)
        .filter(state=RoundState.OPEN)
        .exclude(audience=View.CUSTOMERS)
        .order_by("closes_at", "pk")[:ROUNDS_SHOWN]
    )
    if not rounds:
        return []
    own, by_mail, links = _own_of(rounds, user), _asks_by_mail(rounds), _links_of(rounds)
    found = [_to_answer(round_, own.get(round_.pk), links.get(round_.pk, [])) for round_ in rounds]
    return [
        it for it, round_ in zip(found, rounds, strict=True)
        if it.is_answered or (it.ways and (round_.pk in own or round_.pk not in by_mail))
    ]  # fmt: skip


def _own_of(rounds: Sequence[Round], user: User) -> dict[int, Recipient]:
    """By round. Only of addresses that the member has shown to be theirs: the link answers in its owner's place."""
    verified = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    mine = Recipient.objects.filter(round__in=rounds, view=View.STAFF, email__in=[it.lower() for it in verified])
    return {row.round_id: row for row in mine}


def _asks_by_mail(rounds: Sequence[Round]) -> set[int]:
    asked = Recipient.objects.filter(round__in=rounds, view=View.STAFF).order_by()
    return set(asked.values_list("round_id", flat=True).distinct())


def _links_of(rounds: Sequence[Round]) -> dict[int, list[OpenLink]]:
    links = OpenLink.objects.filter(
        round__in=rounds, view=View.STAFF, revoked_at=None, response_count__lt=F("cap")
    ).select_related("group")
    rows = links.order_by("round_id", "group__position", "pk")
    return {round_id: list(rows_) for round_id, rows_ in groupby(rows, key=lambda link: link.round_id)}


def _to_answer(round_: Round, own: Recipient | None, links: Sequence[OpenLink]) -> ToAnswer:
    closes_on = timezone.localdate(round_.closes_at) if round_.closes_at else None
    ways = [Way("", answer_address(own))] if own else [_way(link) for link in links]
    if own and own.has_answered:
        ways = []
    return ToAnswer(
        round_.journey_title,
        round_.journey_language,
        closes_on,
        tuple(ways[:WAYS_SHOWN]),
        max(0, len(ways) - WAYS_SHOWN),
        is_answered=bool(own and own.has_answered),
    )


def _way(link: OpenLink) -> Way:
    return Way(link.group.name if link.group else "", answer_address(link))
