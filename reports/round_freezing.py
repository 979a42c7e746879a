"""What a poster keeps of a round: of its result sheet, which hides what too few said, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from assessments.choices import RoundState, View
from assessments.models import OpenLink, ResultSheet, Round, RoundMoment
from assessments.scoring import Score, risk_of_scores, value_of_scores
from improvements.reviews.keeping import review_of
from journeys.models import Journey
from journeys.teams import team_key

ABOUT = (
    "title",
    "opened_on",
    "closed_on",
    "is_complete",
    "minimum_group",
    "leave_rate_percent",
    "customers_per_year",
)
WHOLE = ("loyalty_balance", "indifference_percent", "customers_at_risk")


def rounds_with_results(journey: Journey) -> list[Round]:
    """The journey's rounds that show something, the newest first; one query."""
    rounds = Round.objects.filter(journey=journey, sheet__isnull=False)
    return list(rounds.order_by("-opened_at", "-pk"))


def open_links(journey: Journey) -> list[OpenLink]:
    """The links by which people can answer about the journey now; those for everybody of a view first. One query."""
    links = OpenLink.objects.filter(round__journey=journey, round__state=RoundState.OPEN, revoked_at=None)
    found = links.select_related("round", "group").order_by("-round__opened_at", "-view", "pk")
    return sorted(found, key=lambda link: (-link.round_id, link.group_id is not None))


def freeze_round(round_: Round, moment_ids: Sequence[int], team: str = "") -> dict[str, Any]:
    """A round as a poster keeps it. moment_ids: of the frozen plan's moments, in order.

    team: whose sheet it is. Where the round has a group of that name and shows levels of it, staff's are the group's.
    Raises ResultSheet.DoesNotExist where the round shows nothing yet.
    """
    figures = ResultSheet.objects.get(round=round_).figures
    rows = RoundMoment.objects.filter(round=round_).exclude(source_id=None)
    place_of = dict(rows.values_list("source_id", "position"))
    by_place = {moment["position"]: moment for moment in figures["moments"]}
    moments = [by_place.get(place_of.get(moment_id, -1)) for moment_id in moment_ids]
    group = _group(figures, moments, team)
    is_all = {m["position"] for m in moments if m} == set(by_place)
    return {
        "id": round_.pk,
        **{name: figures["round"][name] for name in ABOUT},
        "views": figures["views"],
        "responses": {view: figures["responses"][view]["n"] for view in figures["views"]},
        "whole": {view: _whole(figures, view, moments, is_all=is_all) for view in figures["views"]},
        "is_whole": is_all,
        "moments": [_moment(moment, group) if moment else None for moment in moments],
        "next_review": _next_review(round_),
        **({"group": _about_group(figures, group)} if group else {}),
    }


def _group(
    figures: Mapping[str, Any], moments: Sequence[Mapping[str, Any] | None], team: str
) -> Mapping[str, Any] | None:
    """The round's group that is called like the team, if the sheet shows what it said of one of the moments."""
    called = (group for group in figures["groups"] if team_key(group["name"]) == team_key(team))
    group: Mapping[str, Any] | None = next(called, None) if team else None
    return group if group and any(_of_group(moment, group) for moment in moments if moment) else None


def _of_group(moment: Mapping[str, Any], group: Mapping[str, Any]) -> Mapping[str, Any] | None:
    found: Mapping[str, Any] | None = moment["groups"][View.STAFF].get(str(group["id"]))
    return found


def _about_group(figures: Mapping[str, Any], group: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": group["name"], "responses": figures["responses"][View.STAFF]["groups"].get(str(group["id"]))}


def _whole(
    figures: Mapping[str, Any], view: str, moments: Sequence[Mapping[str, Any] | None], *, is_all: bool
) -> dict[str, Any] | None:
    """The sheet's figures of the whole journey, or for a part of it the same from what the sheet shows of its moments.

    A part has no intervals: they need more than the sheet shows.
    """
    if is_all:
        whole = figures["whole"].get(view)
        return {name: whole[name] for name in WHOLE} if whole else None
    asked = [moment for moment in moments if moment]
    shown = [moment["views"].get(view) for moment in asked]
    if not any(shown):
        return None
    scores = [Score(tuple(each["counts"])) if each else None for each in shown]
    contacts, about = [moment["contacts_per_customer"] for moment in asked], figures["round"]
    value = value_of_scores(scores, contacts, about["minimum_group"])
    risk = risk_of_scores(about["customers_per_year"], contacts, scores, about["leave_rate_percent"])
    shares = (value.loyalty_balance, value.indifference_percent) if value else (None, None)
    return {name: _bare(figure) for name, figure in zip(WHOLE, (*shares, risk.customers_at_risk), strict=True)}


def _bare(value: float | None) -> dict[str, float | None] | None:
    return None if value is None else {"value": value, "low": None, "high": None}


def _moment(moment: Mapping[str, Any], group: Mapping[str, Any] | None) -> dict[str, Any]:
    """Beside a group's levels stands no blind spot: those are found between all staff and customers."""
    means = {view: score["mean"] if score else None for view, score in moment["views"].items()}
    if group:
        said = _of_group(moment, group)
        return {**means, View.STAFF.value: said["mean"] if said else None, "gap": None}
    spot = moment["blind_spot"]
    return {**means, "gap": spot["levels"] if spot and spot["is_flagged"] else None}


def _next_review(round_: Round) -> str:
    """The next day on which this journey's results are looked at or asked for anew, as planned; empty where none is.

    Empty too where the journey is reviewed by a rhythm: then every poster of it prints that day.
    """
    if review_of(round_.journey):
        return ""
    now = timezone.now()
    rounds = Round.objects.filter(journey=round_.journey_id).exclude(state=RoundState.CLOSED)
    planned = [opens if is_draft == RoundState.DRAFT else closes
               for is_draft, opens, closes in rounds.values_list("state", "opens_at", "closes_at")]  # fmt: skip
    coming = [at for at in planned if at and at > now]
    zone = ZoneInfo(round_.organisation.time_zone)
    return min(coming).astimezone(zone).date().isoformat() if coming else ""
