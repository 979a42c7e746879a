"""Filters of how a moment hangs together with teams and other journeys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.formats import date_format

from journeys.choices import VolumeSource
from journeys.models import Moment
from journeys.teams import split_names

register = template.Library()


@register.filter
def team_names(moment: Moment) -> list[str]:
    """Everybody who serves in front or stands behind."""
    return split_names(f"{moment.serves_in_front},{moment.stands_behind}")


@register.filter
def volume_source(moment: Moment) -> str:
    """Where contacts and seconds come from: estimate, typed; staff's median, 12 Nov 2026."""
    said = str(VolumeSource(moment.volume_source).label)
    return f"{said}, {date_format(moment.volume_source_on)}" if moment.volume_source_on else said


@register.filter
def of_moment(values: Mapping[int, Any], moment: Moment) -> Any:
    """What a mapping by moments' ids holds for this one, None for nothing."""
    return values.get(moment.pk)
