"""A new user finds a review that is near, the minutes of the last, and communications that others have judged."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command
from django_scopes import scope

from accounts.models import Organisation
from improvements.communications.keeping import communications_of
from improvements.communications.lines import lines_of
from improvements.communications.opinions import opinions_of
from improvements.communications.rules import Verdict
from improvements.communications.surveys import surveys_of
from improvements.models import Communication, CommunicationSurvey, Review
from improvements.reviews.keeping import journeys_reviewed_soon

COMMANDS = ("load_demo_communications", "load_demo_reviews")


def test_demo_is_loaded_once_and_shows_every_verdict(db, settings):
    settings.IS_LOOPBACK = True
    for command in ("load_demo", *COMMANDS, *COMMANDS):
        call_command(command, stdout=StringIO())
    organisation = Organisation.objects.get()

    with scope(organisation=organisation):
        opinions = opinions_of(organisation, surveys_of(organisation))
        lines = lines_of(communications_of(organisation), opinions, None)
        counts = (Communication.objects.count(), CommunicationSurvey.objects.count(), Review.objects.count())
        reviewed = [journey.title for journey in journeys_reviewed_soon(organisation)]

    assert counts == (10, 2, 1)
    assert {line.verdict for line in lines} == set(Verdict) - {Verdict.UNKNOWN}
    assert [line.row.name for line in lines if line.verdict == Verdict.UNDERMINES] == ["Delay message"]
    assert any(cell.gap and cell.gap.is_flattering for line in lines for cell in line.level_cells)
    assert reviewed == ["A trip with us"]


def test_without_a_demo_nothing_is_made(db, organisation):
    for command in COMMANDS:
        call_command(command, stdout=StringIO())

    with scope(organisation=organisation):
        assert not Communication.objects.exists()
        assert not Review.objects.exists()
