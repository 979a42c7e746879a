"""Poster rows and journeys for tests of jobs and reports."""

from __future__ import annotations

from typing import Any

from django_scopes import scope

from accounts.models import Organisation
from journeys.models import Journey, Moment, Stage
from reports.models import Poster

INPUTS: dict[str, Any] = {
    "plan": {
        "title": "A trip with us",
        "customers_per_year": 10_000_000,
        "customer": "",
        "language": "en",
        "stages": [
            {
                "title": "Before",
                "moments": [{"title": "Searches a fare", "contacts_per_customer": 5.0, "seconds": 15.0, "level": 3}],
            }
        ],
    },
    "size": "A4",
    "language": "en",
    "made_on": "2026-11-21",
    "version": 12,
    "organisation": "Northern Air",
    "address": "",
}


def poster_row(organisation: Organisation, **fields: Any) -> Poster:
    """A poster of that organisation, queued unless told otherwise."""
    defaults = {
        "inputs": INPUTS,
        "inputs_hash": f"hash {Poster.objects.with_scopes_disabled().count()}",
        "title": "A trip with us",
        "journey_version": 12,
        "size": "A4",
    }
    with scope(organisation=organisation):
        poster = Poster.objects.create(organisation=organisation, **{**defaults, **fields})
        poster.refresh_from_db()
    return poster


def reread(poster: Poster) -> Poster:
    """The row as it is now."""
    return Poster.objects.with_scopes_disabled().get(pk=poster.pk)


def journey_row(organisation: Organisation, title: str = "A trip with us", moments: int = 1) -> Journey:
    """A journey of one stage with that many moments."""
    with scope(organisation=organisation):
        journey = Journey.objects.create(
            organisation=organisation, title=title, customers_per_year=10_000_000, version=12
        )
        stage = Stage.objects.create(journey=journey, title="Before", position=0)
        for position in range(moments):
            Moment.objects.create(
                stage=stage, position=position, title=f"Moment {position}", contacts_per_customer=5, seconds=15, level=3
            )
    return journey
