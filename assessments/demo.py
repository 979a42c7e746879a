"""The demo organisation's open round, so that answering can be tried without setting up anything."""

from __future__ import annotations

from django.db import transaction

from accounts.models import Organisation
from assessments.choices import ANSWER_LANGUAGES, Audience
from assessments.links import make_links
from assessments.models import Round, RoundGroup
from assessments.rounds import make_round, open_round
from journeys.models import Journey

OPEN_TITLE = "How is the trip for our customers?"
GROUPS = (("Gate team", 24), ("Cabin crew", 60), ("Service centre", 18))


@transaction.atomic
def load_open_round(organisation: Organisation) -> Round | None:
    """An open round of staff and customers about the first demo journey; None where it has one, or no such journey."""
    journey = Journey.objects.in_organisation(organisation).filter(title="A trip with us").first()
    if journey is None or Round.objects.filter(journey=journey, title=OPEN_TITLE).exists():
        return None
    journey.organisation = organisation
    round_ = make_round(journey, None, title=OPEN_TITLE, audience=Audience.BOTH, languages=list(ANSWER_LANGUAGES))
    RoundGroup.objects.bulk_create(
        RoundGroup(round=round_, name=name, people=people, position=position)
        for position, (name, people) in enumerate(GROUPS)
    )
    opened = open_round(round_)
    make_links(opened)
    return opened
