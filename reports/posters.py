"""Posters of a journey: what is frozen, how one is asked for, how one goes."""

from __future__ import annotations

import re
from datetime import datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from accounts.models import User
from jobs import artifacts
from jobs.requests import request_job
from journeys.models import Journey
from journeys.plan import JourneyPlan
from reports.maker_version import maker_version
from reports.models import Poster

FILE_TITLE_MAX = 80


def inputs_of(journey: Journey, plan: JourneyPlan, size: str) -> dict[str, Any]:
    """All that a poster is made of, as it is now; plan: the journey's. The date is the organisation's today."""
    return {
        "plan": plan.to_dict(),
        "size": size,
        "language": journey.language,
        "made_on": datetime.now(ZoneInfo(journey.organisation.time_zone)).date().isoformat(),
        "version": journey.version,
        "organisation": journey.organisation.name,
        "address": _public_address(journey),
    }


def _public_address(journey: Journey) -> str:
    """The map's address for the paper; empty where only this machine could open it."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return "" if _is_loopback(host) else settings.PUBLIC_URL + journey.get_absolute_url()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def request_poster(journey: Journey, requested_by: User, inputs: dict[str, Any]) -> Poster:
    """The poster of these inputs: at once where one is finished or under way, else queued."""
    return request_job(
        Poster,
        journey.organisation,
        requested_by,
        inputs,
        maker_version(),
        journey=journey,
        title=journey.title,
        journey_version=journey.version,
        size=inputs["size"],
    )


def retry_poster(poster: Poster, requested_by: User) -> Poster:
    """The same frozen inputs once more, as a job of its own; the one that ended stays as a record."""
    return request_job(
        Poster,
        poster.organisation,
        requested_by,
        poster.inputs,
        maker_version(),
        journey=poster.journey,
        title=poster.title,
        journey_version=poster.journey_version,
        size=poster.size,
    )


def delete_poster(poster: Poster) -> None:
    """Take the row away, and its file once that is certain; whoever still works on it sees the lease gone."""
    name = poster.artifact_name
    poster.delete()
    transaction.on_commit(lambda: artifacts.remove(name))


def file_name(poster: Poster) -> str:
    """A name that says what it is: A-trip-with-us-A3-v12.pdf."""
    title = re.sub(r"\W+", "-", poster.title).strip("-_")[:FILE_TITLE_MAX].rstrip("-_") or "poster"
    return f"{title}-{poster.size}-v{poster.journey_version}{poster.file_suffix}"
