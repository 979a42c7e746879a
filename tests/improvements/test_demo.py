"""A new user finds actions that live: one that worked, one that did not, one that is overdue."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command
from django.utils import timezone
from django_scopes import scope

from accounts.models import Organisation
from improvements.actions.effect_words import say_verdict
from improvements.actions.effects import effects_of
from improvements.actions.rows import overdue_actions
from improvements.actions.said_done import you_said_we_did
from improvements.models import Action


def test_demo_acts_on_what_its_rounds_say(db, settings):
    settings.IS_LOOPBACK = True
    for command in ("load_demo", "load_demo_results", "load_demo_actions", "load_demo_actions"):
        call_command(command, stdout=StringIO())
    organisation = Organisation.objects.get()

    with scope(organisation=organisation):
        actions = list(Action.objects.order_by("pk"))
        effects = effects_of(actions)
        late = overdue_actions(organisation, timezone.localdate())
        told = you_said_we_did(organisation)

    assert len(actions) == 8
    assert [say_verdict(effects[pk]) for pk in sorted(effects)] == ["Better", "No change that we can see"]
    assert [action.what for action in late] == ["Call back instead of a queue"]
    assert [row.said for row in told] == [
        "Speak every 15 minutes, even with no news.",
        "Two belts open from five in the morning.",
    ]
    assert {action.state for action in actions} == {"proposed", "planned", "doing", "done", "dropped"}
