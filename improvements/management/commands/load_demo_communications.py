"""manage.py load_demo_communications: what the demo organisation sends, and what people say of it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts.inside import inside
from accounts.models import Organisation
from improvements.communications.demo import load_communications


class Command(BaseCommand):
    help = "Load the demo organisation's communications; harmless where there are some, or where there is no demo."

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(is_demo=True).first()
        if organisation is None:
            return
        with inside(organisation):
            self.stdout.write(f"{organisation}: {load_communications(organisation)}")
