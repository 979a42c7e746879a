"""manage.py load_demo: the demo organisation, its people and two journeys."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django_scopes import scope

from accounts.demo import load_demo_people
from journeys.examples import load_example
from journeys.models import Journey
from journeys.sequence import create_journey

DEMO_EXAMPLES = ("airline-trip", "restaurant-birthday")


class Command(BaseCommand):
    help = "Load the demo organisation with its people and journeys; harmless where it is loaded already."

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = load_demo_people()
        with scope(organisation=organisation):
            if Journey.objects.exists():
                self.stdout.write(f"{organisation} has journeys already; none was added.")
                return
            for slug in DEMO_EXAMPLES:
                journey = create_journey(organisation, load_example(slug))
                self.stdout.write(f"{organisation}: {journey}")
