"""Posters of a journey: what is frozen, how one is asked for, how one goes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings

from accounts.models import User
from improvements.reviews.keeping import review_of
from jobs.requests import request_job
from journeys.limits import TITLE_MAX
from journeys.models import Journey, Scenario
from journeys.plan import JourneyPlan
from journeys.scenarios import targets_by_place
from reports.look import look_of
from reports.maker_version import maker_version
from reports.models import Poster, PosterKind
from reports.posters.said_done import said_anew
from reports.posters.story import told_anew

FILE_TITLE_MAX = 80
PRINT_DEFAULTS: dict[str, Any] = {"is_portrait": False, "is_grey": False, "tiles": ""}


def inputs_of(
    journey: Journey,
    plan: JourneyPlan,
    size: str,
    scenario: dict[str, Any] | None = None,
    print_: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """All that a poster is made of, as it is now; plan: the journey's; scenario: what `freeze_scenario` gave.

    print_: those of `PRINT_DEFAULTS` that differ. The date is the organisation's today.
    """
    inputs = {
        "plan": plan.to_dict(),
        "size": size,
        "language": journey.language,
        "made_on": datetime.now(ZoneInfo(journey.organisation.time_zone)).date().isoformat(),
        "version": journey.version,
        "organisation": journey.organisation.name,
        "address": _public_address(journey),
    }
    chosen = {name: value for name, value in (print_ or {}).items() if value != PRINT_DEFAULTS[name]}
    look = look_of(journey.organisation)
    if review := review_of(journey):
        inputs["review"] = {"on": review.on.isoformat(), "is_overdue": review.is_overdue}
    return {**inputs, **chosen, **({"scenario": scenario} if scenario else {}), **({"look": look} if look else {})}


def print_of(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """How a poster is printed, by its inputs; what they don't name is as it was before one could choose."""
    return {name: inputs.get(name, default) for name, default in PRINT_DEFAULTS.items()}


def columns_of(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """What a poster's row tells of its inputs."""
    return {
        "kind": inputs.get("kind") or PosterKind.WALL,
        "subject": inputs.get("subject", "")[:TITLE_MAX],
        "language": inputs["language"],
        "size": inputs["size"],
        **print_of(inputs),
    }


def freeze_scenario(scenario: Scenario, moment_ids: Sequence[int]) -> dict[str, Any]:
    """A scenario as a poster keeps it; moment_ids: of the frozen plan's moments, in order."""
    return {
        "name": scenario.name,
        "targets": targets_by_place(scenario, moment_ids),
        "leave_rate_percent": scenario.leave_rate_percent,
    }


def _title(journey: Journey, inputs: dict[str, Any]) -> str:
    """The journey's and, where there is one, the team's, moment's or scenario's, as much as a title holds."""
    name = inputs.get("subject") or (inputs["scenario"]["name"] if "scenario" in inputs else "")
    title = f"{journey.title}: {name}" if name else journey.title
    return title if len(title) <= TITLE_MAX else f"{title[: TITLE_MAX - 1]}…"


def _public_address(journey: Journey) -> str:
    """The map's address for the paper; empty where only this machine could open it."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return "" if _is_loopback(host) else settings.PUBLIC_URL + journey.get_absolute_url()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def request_poster(journey: Journey, requested_by: User | None, inputs: dict[str, Any]) -> Poster:
    """The poster of these inputs: at once where one is finished or under way, else queued."""
    return request_job(
        Poster,
        journey.organisation,
        requested_by,
        inputs,
        maker_version(),
        journey=journey,
        title=_title(journey, inputs),
        journey_version=journey.version,
        round_id=inputs["round"]["id"] if inputs.get("round") else None,
        **columns_of(inputs),
    )


def retry_poster(poster: Poster, requested_by: User) -> Poster:
    """The same frozen inputs once more, as a job of its own; the one that ended stays as a record.

    Only stories and what people said are told as they may be now: a name that was taken back since, or an idea that
    was hidden, is printed on nothing new.
    """
    inputs = said_anew(told_anew(poster.inputs, poster.organisation), poster.journey)
    return request_job(
        Poster,
        poster.organisation,
        requested_by,
        inputs,
        maker_version(),
        journey=poster.journey,
        title=poster.title,
        journey_version=poster.journey_version,
        round_id=poster.round_id,
        **columns_of(inputs),
    )


def file_name(poster: Poster) -> str:
    """A name that says what it is: A-trip-with-us-A3-portrait-grey-v12.pdf."""
    title = re.sub(r"\W+", "-", poster.title).strip("-_")[:FILE_TITLE_MAX].rstrip("-_") or "poster"
    is_card = poster.kind == PosterKind.CARD
    kinds = (
        "card" if is_card else "",
        "portrait" if poster.is_portrait and not is_card else "",
        "grey" if poster.is_grey else "",
    )
    tiles = f"on-{poster.tiles}" if poster.tiles else ""
    parts = (title, poster.size, *kinds, tiles, f"v{poster.journey_version}")
    return f"{'-'.join(filter(None, parts))}{poster.file_suffix}"
