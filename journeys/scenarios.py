"""Scenarios: a what-if that is kept under a name. Call inside the organisation's scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django_scopes import scopes_disabled

from accounts.models import User
from journeys.models import Journey, Scenario

SCENARIOS_MAX = 50
Targets = dict[int, int]


class NameTaken(ValueError):
    """The journey has a scenario of this name already."""


class TooManyScenarios(ValueError):
    """The journey has as many scenarios as one may."""


class ScenarioStale(ValueError):
    """Somebody else changed or deleted the scenario since the writer read it."""


def targets_of(scenario: Scenario) -> Targets:
    """Target level by moment id; what is no level is passed over."""
    return {
        int(moment_id): level
        for moment_id, level in scenario.targets.items()
        if moment_id.isdecimal() and level in range(1, 7)
    }


def targets_by_place(scenario: Scenario, moment_ids: Sequence[int]) -> list[int | None]:
    """A target or None for each of a journey's moments, in order; targets of moments that are gone are left out."""
    targets = targets_of(scenario)
    return [targets.get(moment_id) for moment_id in moment_ids]


def create_scenario(
    journey: Journey, made_by: User, name: str, targets: Mapping[int, int], leave_rate_percent: float
) -> Scenario:
    """Keep a what-if. Raises NameTaken, or TooManyScenarios at SCENARIOS_MAX."""
    if Scenario.objects.filter(journey=journey).count() >= SCENARIOS_MAX:
        raise TooManyScenarios
    try:
        with transaction.atomic():
            return Scenario.objects.create(
                journey=journey,
                name=name,
                targets=_stored(targets),
                leave_rate_percent=leave_rate_percent,
                made_by=made_by,
            )
    except IntegrityError:
        raise NameTaken from None


def change_scenario(
    scenario: Scenario, version: int, name: str, targets: Mapping[int, int], leave_rate_percent: float
) -> None:
    """Rename a scenario and set its targets, if it still has the version that the writer read.

    Raises ScenarioStale where it has another one or is gone, NameTaken where another scenario has the name. Outside the
    scope, whose join would put the condition into a subquery, and PostgreSQL looks at that only once.
    """
    try:
        with scopes_disabled(), transaction.atomic():
            found = Scenario.objects.filter(pk=scenario.pk, version=version).update(
                name=name,
                targets=_stored(targets),
                leave_rate_percent=leave_rate_percent,
                version=F("version") + 1,
                changed_at=Now(),
            )
    except IntegrityError:
        raise NameTaken from None
    if not found:
        raise ScenarioStale


def _stored(targets: Mapping[int, int]) -> dict[str, int]:
    return {str(moment_id): level for moment_id, level in targets.items()}
