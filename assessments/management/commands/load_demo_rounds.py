"""manage.py load_demo_rounds: what the demo organisation asks its staff and customers."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django_scopes import scope

from accounts.models import Organisation
from assessments.demo import load_open_round


class Command(BaseCommand):
    help = "Load the demo organisation's rounds; harmless where they are there, or where there is no demo."

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(is_demo=True).first()
        if organisation is None:
            return
        with scope(organisation=organisation):
            if made := load_open_round(organisation):
                self.stdout.write(f"{organisation}: {made}")
