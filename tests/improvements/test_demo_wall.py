"""The demo's screen is there once, and stays away once it was revoked."""

from __future__ import annotations

from django.core.management import call_command
from django_scopes import scope

from accounts.demo import load_demo_people
from improvements.models import Display
from improvements.walls.demo import load_screen
from improvements.walls.displays import revoke_display


def test_demo_screen_is_made_once_in_its_life(db):
    organisation = load_demo_people()

    call_command("load_demo_wall")
    with scope(organisation=organisation):
        (screen,) = Display.objects.all()
        revoke_display(screen)
        again = load_screen(organisation)

        assert (screen.name, again, Display.objects.count()) == ("Crew corridor, second floor", None, 1)


def test_without_a_demo_nothing_is_made(db, organisation):
    call_command("load_demo_wall")

    with scope(organisation=organisation):
        assert not Display.objects.exists()
