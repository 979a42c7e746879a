"""A journey copied for another kind of customer, and the family that such copies make."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from journeys.models import Journey, Moment
from journeys.plan import JourneyPlan
from journeys.sequence import create_journey
from journeys.snapshot import plan_of


def copy_journey(journey: Journey, *, title: str, customer: str, customers_per_year: int) -> Journey:
    """A variant with the same stages and moments, their links to more detailed journeys too. The original stays."""
    with transaction.atomic():
        plan = plan_of(journey)
        copied = JourneyPlan(title, customers_per_year, customer, plan.language, plan.stages)
        variant = create_journey(journey.organisation, copied)
        Journey.objects.filter(pk=variant.pk).update(variant_of=journey)
        _copy_links(journey, variant)
    variant.variant_of = journey
    return variant


def _copy_links(journey: Journey, variant: Journey) -> None:
    """Nothing leads to the copy yet, so none of its links can close a loop."""
    links = Moment.objects.filter(stage__journey=journey, detail_journey__isnull=False)
    for stage, position, detail in links.values_list("stage__position", "position", "detail_journey"):
        rows = Moment.objects.filter(stage__journey=variant, stage__position=stage, position=position)
        rows.update(detail_journey=detail)


def family_of(journey: Journey) -> QuerySet[Journey]:
    """What it is a variant of, its variants, and other variants of the same journey."""
    related = Q(variant_of=journey) | Q(pk=journey.variant_of_id)
    if journey.variant_of_id:
        related |= Q(variant_of=journey.variant_of_id)
    return Journey.objects.filter(related, organisation=journey.organisation).exclude(pk=journey.pk)
