"""The copy of a map's moments that a round asks about."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from assessments.models import MomentTranslation, Round, RoundMoment
from journeys.models import Moment


def moments_of_map(round_: Round) -> list[Moment]:
    """The map's moments in order, as they are now; one query."""
    moments = Moment.objects.filter(stage__journey_id=round_.journey_id).select_related("stage")
    return list(moments.order_by("stage__position", "position"))


def freeze_moments(round_: Round) -> list[RoundMoment]:
    """Copy the map's moments with their translations. To be called once, when the round opens."""
    moments, spoken = moments_of_map(round_), _translations(round_)
    left_out = set(round_.not_for_customers)
    copies = [
        RoundMoment(
            round=round_,
            position=position,
            moment=moment,
            source_id=moment.pk,
            stage_title=moment.stage.title,
            title=moment.title,
            experience=moment.experience,
            translations=spoken[moment.pk],
            channel=moment.channel,
            contacts_per_customer=moment.contacts_per_customer,
            seconds=moment.seconds,
            level=moment.level,
            is_make_or_break=moment.is_make_or_break,
            is_for_customers=moment.pk not in left_out,
        )
        for position, moment in enumerate(moments)
    ]
    return list(RoundMoment.objects.bulk_create(copies))


def _translations(round_: Round) -> dict[int, dict[str, Any]]:
    """By moment and language, those that say something."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    rows = MomentTranslation.objects.filter(moment__stage__journey_id=round_.journey_id, language__in=round_.languages)
    for row in rows:
        said = {name: text for name in ("title", "experience") if (text := getattr(row, name))}
        if said:
            found[row.moment_id][row.language] = said
    return found
