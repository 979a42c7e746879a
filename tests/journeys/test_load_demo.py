"""manage.py load_demo."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command
from django_scopes import scope

from accounts.models import Organisation
from journeys.models import Journey
from journeys.volumes import total_volumes


def test_load_demo_fills_one_organisation_once(db):
    call_command("load_demo", stdout=StringIO())
    call_command("load_demo", stdout=StringIO())

    organisation = Organisation.objects.get(is_demo=True)
    with scope(organisation=organisation):
        titles = [journey.title for journey in Journey.objects.all()]
    assert titles == ["A birthday table for twelve", "A trip with us"]


def test_load_demo_leaves_changed_journeys_alone(db):
    call_command("load_demo", stdout=StringIO())
    organisation = Organisation.objects.get(is_demo=True)
    with scope(organisation=organisation):
        Journey.objects.filter(title="A trip with us").update(title="Our trip")
        Journey.objects.exclude(title="Our trip").delete()

        call_command("load_demo", stdout=StringIO())

        (journey,) = Journey.objects.all()
        moments = [moment for stage in journey.stages.all() for moment in stage.moments.all()]

    volumes = total_volumes(
        journey.customers_per_year,
        [moment.contacts_per_customer for moment in moments],
        [moment.seconds for moment in moments],
    )
    assert (journey.title, volumes.contacts_per_year, volumes.average_seconds) == ("Our trip", 50_000_000, 15)
