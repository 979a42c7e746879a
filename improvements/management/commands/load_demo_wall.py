"""manage.py load_demo_wall: the demo organisation's screen."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django_scopes import scope

from accounts.models import Organisation
from improvements.walls.demo import load_screen


class Command(BaseCommand):
    help = "Load the demo organisation's screen; harmless where it is there, or where there is no demo."

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(is_demo=True).first()
        if organisation is None:
            return
        with scope(organisation=organisation):
            if made := load_screen(organisation):
                self.stdout.write(f"{organisation}: {made}")
