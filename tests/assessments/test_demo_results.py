"""manage.py load_demo_results."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django_scopes import scopes_disabled

from assessments.demo_results import TALES
from assessments.models import Idea, ResultSheet, Round
from assessments.tending import call_for_tending

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheets():
    """By title of the round; loaded twice, as on a second start."""
    call_command("load_demo", stdout=StringIO())
    call_command("load_demo_results", stdout=StringIO())
    call_command("load_demo_results", stdout=StringIO())
    with scopes_disabled():
        assert Round.objects.count() == 2
        return {sheet.figures["round"]["title"]: sheet.figures for sheet in ResultSheet.objects.all()}


def test_demo_results_show_blind_spots_damage_and_hidden_groups(sheets):
    figures = sheets["Autumn"]
    named = {group["name"]: figures["responses"]["staff"]["groups"][str(group["id"])] for group in figures["groups"]}
    moments = {moment["title"]: moment for moment in figures["moments"]}

    assert named == {"Gate team": 14, "Cabin crew": 16, "Service centre": None, "Night desk": None}
    assert [title for title, moment in moments.items() if moment["blind_spot"]["is_flagged"]] == [
        "Waits at the gate",
        "Hears the captain",
    ]
    assert figures["moments"][figures["enhance"][0]["position"]]["title"] == "Waits at the gate"
    assert [title for title, moment in moments.items() if moment["is_elimination_candidate"]] == [
        "Receives a survey e-mail"
    ]
    assert figures["ideas"]["staff"]["may_be_read"]


@pytest.mark.usefixtures("sheets")
def test_demo_ideas_are_each_said_by_one_person_of_several_teams():
    with scopes_disabled():
        said = list(Idea.objects.filter(round__title="Autumn").values_list("text", "group__name"))

    assert sorted(text for text, _ in said) == sorted(idea for tale in TALES.values() for idea in tale.ideas)
    assert {"Gate team", "Cabin crew"} <= {name for _, name in said}


def test_demo_results_tell_what_changed_since_spring(sheets):
    changes = {moment["title"]: moment["change"]["customers"] for moment in sheets["Autumn"]["moments"]}

    clear = {title: change["levels"] > 0 for title, change in changes.items() if change["is_clear"]}

    assert clear == {"Drops the bag": True, "Receives a survey e-mail": False}
    assert sheets["Spring"]["round"]["opened_on"] < sheets["Spring"]["round"]["closed_on"]


def test_demo_results_leave_nothing_to_do(sheets):
    assert call_for_tending() == 0
