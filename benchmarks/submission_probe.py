"""Many clients hand in at once; prints rows as JSON. Called by rows.results."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import django
from django.core.management import call_command
from django_scopes import scope

from benchmarks.table import Row

CLIENTS = (16, 64)


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    from accounts.models import Organisation
    from assessments.rounds import make_round, open_round
    from benchmarks.handing_in_load import Load
    from benchmarks.samples import a_plan
    from journeys.sequence import create_journey

    rows, organisation = [], Organisation.objects.create(name="Measured", slug="measured")
    with scope(organisation=organisation):
        for clients in CLIENTS:
            round_ = open_round(make_round(create_journey(organisation, a_plan(20)), None, title="Measured"))
            ratio = Load(round_, clients).measure()
            name = f"20 ratings handed in by {clients} clients beside inserts"
            rows.append(Row(name, ratio.median, 0.85, ratio.low, ratio.high, is_floor=True))
    sys.stdout.write(json.dumps([asdict(row) for row in rows]))


if __name__ == "__main__":
    main()
