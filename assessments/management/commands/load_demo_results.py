"""manage.py load_demo_results: two rounds of the demo organisation that are over, with their results."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts.demo import load_demo_people
from accounts.inside import inside
from assessments.demo_results import load_results


class Command(BaseCommand):
    help = "Load the demo organisation's results; harmless where they are loaded, or its journey is not there."

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = load_demo_people()
        with inside(organisation):
            for round_ in load_results(organisation):
                self.stdout.write(f"{organisation}: {round_}")
