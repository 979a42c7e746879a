"""Rounds in the running product's database, made by the same functions as its pages use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.browser.conftest import ROOT, Product

MAKE = """
import json, sys
import django
django.setup()
from django_scopes import scope
from accounts.models import Organisation
from assessments.models import OpenLink, Response
from assessments.rounds import close_round
from assessments.tokens import code_of, token_of
from tests.assessments.rounds import make_journey, make_open_round

organisation = Organisation.objects.get(slug="northern-air")
asked = json.loads(sys.argv[1])
with scope(organisation=organisation):
    titles, then = asked.pop("titles", None), asked.pop("then", "")
    journey = make_journey(organisation, titles) if titles else make_journey(organisation)
    round_ = make_open_round(organisation, asked.pop("groups", ()), journey, **asked)
    if then == "close":
        close_round(round_)
    links = OpenLink.objects.filter(round=round_)
    if then in ("revoke", "fill"):
        links.update(**({"revoked_at": round_.opened_at} if then == "revoke" else {"cap": 1, "response_count": 1}))
    link = links.order_by("pk").first()
    print(json.dumps({"round": round_.pk, "way": link.pk, "token": token_of(link.nonce), "code": code_of(link.nonce)}))
"""
COUNT = """
import json, sys
import django
django.setup()
from django_scopes import scopes_disabled
from assessments.models import Draft, Rating, Response

with scopes_disabled():
    responses = Response.objects.filter(round_id=sys.argv[1])
    ratings = Rating.objects.filter(response__in=responses).order_by("response_id", "moment__position")
    print(json.dumps({
        "responses": responses.count(),
        "sources": sorted(set(responses.values_list("source", flat=True))),
        "levels": list(ratings.values_list("level", flat=True)),
        "ideas": sorted(idea.text for response in responses for idea in response.ideas.all()),
        "drafts": Draft.objects.filter(round_id=sys.argv[1], is_handed_in=False).count(),
    }))
"""


@dataclass(frozen=True)
class AskedRound:
    """An open round and the way into it."""

    product: Product
    round: int
    way: int
    token: str
    code: str

    @property
    def path(self) -> str:
        return f"/a/{self.token}/"

    @property
    def base(self) -> str:
        return f"/answer/l{self.way}/"

    def outcome(self) -> dict:
        """What was handed in."""
        return run(self.product, COUNT, str(self.round))


def ask(product: Product, **asked: object) -> AskedRound:
    """A new round; asked: titles of its moments, groups, fields of Round, and then: close, revoke or fill."""
    return AskedRound(product, **run(product, MAKE, json.dumps(asked)))


def run(product: Product, program: str, argument: str) -> dict:
    command = list(product.process.args)
    data = command[command.index("--data") + 1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    environment |= {"DATA_DIR": data, "DJANGO_SETTINGS_MODULE": "config.settings", "PUBLIC_URL": product.address}
    done = subprocess.run(
        [sys.executable, "-c", program, argument],
        cwd=Path(ROOT),
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict = json.loads(done.stdout.splitlines()[-1])
    return answer
