"""manage.py load_demo_actions: what the demo organisation does about its moments."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts.demo import load_demo_people
from accounts.inside import inside
from improvements.demo import load_actions


class Command(BaseCommand):
    help = "Load the demo organisation's actions; harmless where they are loaded, or its journey is not there."

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = load_demo_people()
        with inside(organisation):
            for action in load_actions(organisation):
                self.stdout.write(f"{organisation}: {action}")
