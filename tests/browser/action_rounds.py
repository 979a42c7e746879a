"""Rounds and an overdue action in the running product, made beside its browser: python -m tests.browser.action_rounds.

`spring` makes a journey with a round that closed 80 days ago and prints both ids; `autumn` with these ids makes the
round after it; `late` makes an action of the demo's staff overdue and writes the mails of next week. DATA_DIR names the
folder.
"""

from __future__ import annotations

import sys
from datetime import timedelta

import django

django.setup()

from django.db import transaction  # noqa: E402  # after the setup
from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from accounts.models import Organisation, User  # noqa: E402
from assessments.choices import View  # noqa: E402
from assessments.models import ResultSheet, Round  # noqa: E402
from improvements.actions.changing import Origin, make_action  # noqa: E402
from improvements.actions.owner_mails import write_mails  # noqa: E402
from journeys.models import Journey  # noqa: E402
from journeys.sequence import change_journey  # noqa: E402
from tests.assessments.rounds import answer_by, make_journey, make_open_round, release  # noqa: E402

PEOPLE = 14


def put_round(journey: Journey, title: str, days_ago: int, level: int, previous: Round | None = None) -> Round:
    """A round of staff and customers that was open for ten days; all but every third judge the last moment alike."""
    round_ = make_open_round(journey.organisation, journey=journey, title=title, audience="both", previous=previous)
    for number in range(PEOPLE):
        idea = "Speak every 15 minutes, even with no news." if number == 0 else ""
        levels = [4, 4, level - (number % 3 == 0)]
        answer_by(round_, levels, idea=idea)
        answer_by(round_, levels, view=View.CUSTOMERS)
    released = release(round_)
    opened_at = timezone.now() - timedelta(days=days_ago)
    closed_at = opened_at + timedelta(days=10)
    Round.objects.filter(pk=released.pk).update(opened_at=opened_at, closed_at=closed_at)
    sheet = ResultSheet.objects.get(round=released)
    sheet.figures["round"] |= {"opened_on": str(opened_at.date()), "closed_on": str(closed_at.date())}
    sheet.save()
    return released


def spring(organisation: Organisation) -> str:
    journey = make_journey(organisation)
    change_journey(journey, title="Actions in a browser")
    return f"{journey.pk} {put_round(journey, 'Spring', 90, 2).pk}"


def autumn(organisation: Organisation, journey_id: str, round_id: str) -> str:
    journey = Journey.objects.get(pk=journey_id)
    journey.organisation = organisation
    return str(put_round(journey, "Autumn", 20, 5, Round.objects.get(pk=round_id)).pk)


def late(organisation: Organisation, journey_id: str) -> str:
    today = timezone.localdate()
    owner = User.objects.get(email="staff@demo.example")
    origin = Origin(Journey.objects.get(pk=journey_id))
    values = {"what": "Tell families first", "owner_id": owner.pk, "due_on": today - timedelta(days=3)}
    make_action(organisation, origin, values)
    return str(write_mails(organisation, today + timedelta(days=7 - today.weekday())))


if __name__ == "__main__":
    of_demo = Organisation.objects.get(slug="northern-air")
    with transaction.atomic(), scope(organisation=of_demo):
        print({"spring": spring, "autumn": autumn, "late": late}[sys.argv[1]](of_demo, *sys.argv[2:]))
