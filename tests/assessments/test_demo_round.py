"""The demo's open round, and the command that prints a round's addresses."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django_scopes import scopes_disabled

from assessments.demo import OPEN_TITLE
from assessments.models import OpenLink, Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    call_command("load_demo", stdout=StringIO())
    call_command("load_demo_rounds", stdout=StringIO())
    with scopes_disabled():
        return Round.objects.get(title=OPEN_TITLE)


def printed(*arguments: str) -> str:
    told = StringIO()
    call_command("answer_links", *arguments, stdout=told)
    return told.getvalue()


def test_demo_asks_three_groups_of_staff_and_customers_once(round_):
    call_command("load_demo_rounds", stdout=StringIO())

    with scopes_disabled():
        links = [f"{link.view}: {link.group}" for link in OpenLink.objects.filter(round=round_).select_related("group")]
        assert Round.objects.filter(title=OPEN_TITLE).count() == 1
    teams = ("Gate team", "Cabin crew", "Service centre")
    assert (round_.is_open, sorted(links)) == (
        True,
        sorted(f"{view}: {team}" for view in ("staff", "customers") for team in teams),
    )


def test_demo_rounds_need_a_demo():
    told = StringIO()

    call_command("load_demo_rounds", stdout=told)

    assert told.getvalue() == ""


def test_addresses_that_are_printed_lead_to_the_round(round_, settings):
    settings.PUBLIC_URL = ""
    links = json.loads(printed(str(round_.pk), "--json"))

    urls = {Client().get(link[name]).url[:8] for link in links for name in ("address", "kiosk")}
    codes = {Client().get(f"/a/{link['code']}/").url[:9] for link in links}

    assert urls == {"/answer/"}
    assert codes == {"/answer/l"}
    assert len(printed(str(round_.pk)).splitlines()) == len(links) == 6


def test_round_that_there_is_not_is_an_error():
    with pytest.raises(CommandError, match="There is no round 77"):
        printed("77")
