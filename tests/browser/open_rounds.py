"""Rounds in the running product, made beside its browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.browser.conftest import ROOT, Product

SCRIPT = """
import json
from django_scopes import scope
from accounts.models import Organisation
from tests.assessments.rounds import make_journey, make_open_round
organisation = Organisation.objects.get(slug="northern-air")
with scope(organisation=organisation):
    asked = json.loads({asked!r})
    journey = make_journey(organisation, asked.pop("titles"))
    round_ = make_open_round(organisation, asked.pop("groups"), journey, **asked)
    print(json.dumps({{"round": round_.pk, "journey": journey.pk}}))
"""


def open_round_in(
    product: Product, titles: list[str], groups: tuple[str, ...] = (), **fields: object
) -> dict[str, int]:
    """An open round of a new journey of Northern Air: the ids of both."""
    asked = json.dumps({"titles": titles, "groups": groups, **fields})
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    environment |= {"DATA_DIR": product.process.args[-1], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", SCRIPT.format(asked=asked)]
    said = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert said.returncode == 0, said.stderr
    made: dict[str, int] = json.loads(said.stdout.splitlines()[-1])
    return made
