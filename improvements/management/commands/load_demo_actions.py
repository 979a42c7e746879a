"""manage.py load_demo_actions: what the demo organisation does about its moments."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django_scopes import scope

from accounts.demo import load_demo_people
from improvements.demo import load_actions


class Command(BaseCommand):
    help = "Load the demo organisation's actions; harmless where they are loaded, or its journey is not there."

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = load_demo_people()
        with scope(organisation=organisation), timezone.override(organisation.time_zone):
            for action in load_actions(organisation):
                self.stdout.write(f"{organisation}: {action}")
