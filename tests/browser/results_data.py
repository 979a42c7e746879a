"""Puts a closed round with hand-made results into a running product: python -m tests.browser.results_data.

Prints the round's id and its journey's. DATA_DIR names the product's folder.
"""

from __future__ import annotations

import django

django.setup()

from django.db import transaction  # noqa: E402  # after the setup
from django_scopes import scope  # noqa: E402

from accounts.models import Organisation  # noqa: E402
from assessments.models import ResultSheet, RoundGroup  # noqa: E402
from assessments.rounds import close_round, make_round, open_round  # noqa: E402
from journeys.sequence import change_journey  # noqa: E402
from tests.assessments.rounds import make_journey  # noqa: E402
from tests.assessments.sheets import judged  # noqa: E402


@transaction.atomic
def put_results() -> str:
    """All at once, or the product's worker would count the closed round first."""
    organisation = Organisation.objects.get(slug="northern-air")
    with scope(organisation=organisation):
        journey = make_journey(organisation)
        change_journey(journey, title="Results in a browser")
        round_ = make_round(journey, None, title="Results in a browser", audience="both")
        RoundGroup.objects.create(round=round_, name="Gate team", position=0, people=20)
        closed = close_round(open_round(round_))
        about = {"previous": {"id": closed.pk, "title": "Spring"}}
        ResultSheet.objects.create(round=closed, figures=judged(round=about))
        return f"{closed.pk} {closed.journey_id}"


if __name__ == "__main__":
    print(put_results())
