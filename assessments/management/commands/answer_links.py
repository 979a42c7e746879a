"""manage.py answer_links ROUND: the addresses by which people answer, for whoever has the shell but no screen."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django_scopes import scopes_disabled

from assessments.models import OpenLink, Round
from assessments.tokens import code_of, token_of


class Command(BaseCommand):
    help = "Print the open links of a round, with their short codes and kiosk addresses. Keep them to yourself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", type=int, help="id of the round, as in its page's address")
        parser.add_argument("--json", action="store_true", help="one JSON list instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        with scopes_disabled():
            if not Round.objects.filter(pk=options["round"]).exists():
                raise CommandError(f"There is no round {options['round']}.")
            links = OpenLink.objects.filter(round_id=options["round"], revoked_at=None).select_related("group")
            found = [_told(link) for link in links]
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for link in found:
            self.stdout.write(f"{link['view']}, {link['group'] or 'no group'}: {link['address']} or {link['code']}")


def _told(link: OpenLink) -> dict[str, str]:
    token = token_of(link.nonce)
    return {
        "view": link.view,
        "group": link.group.name if link.group else "",
        "address": settings.PUBLIC_URL + reverse("answer_open", args=[token]),
        "kiosk": settings.PUBLIC_URL + reverse("answer_kiosk", args=[token]),
        "code": code_of(link.nonce),
    }
