"""manage.py load_demo_reviews: when the demo organisation looks at its journey, and the last minutes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts.inside import inside
from accounts.models import Organisation
from improvements.reviews.demo import load_reviews


class Command(BaseCommand):
    help = "Load the demo organisation's reviews; harmless where there are some, or where there is no demo."

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(is_demo=True).first()
        if organisation is None:
            return
        with inside(organisation):
            if made := load_reviews(organisation):
                self.stdout.write(f"{organisation}: {made}")
