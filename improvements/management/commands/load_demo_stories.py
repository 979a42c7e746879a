"""manage.py load_demo_stories: what the demo organisation's people tell."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts.inside import inside
from accounts.models import Organisation
from improvements.stories.demo import load_stories


class Command(BaseCommand):
    help = "Load the demo organisation's stories; harmless where there are some, or where there is no demo."

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(is_demo=True).first()
        if organisation is None:
            return
        with inside(organisation):
            count = load_stories(organisation)
            self.stdout.write(f"{organisation}: {count} stories")
