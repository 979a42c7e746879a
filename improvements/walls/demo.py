"""The demo organisation's screen, so that the wall can be looked at without making anything."""

from __future__ import annotations

from accounts.models import Organisation
from improvements.models import Display
from improvements.walls.displays import make_display

SCREEN = "Crew corridor, second floor"


def load_screen(organisation: Organisation) -> Display | None:
    """A screen of staff that shows everything; None where the organisation has had one."""
    if Display.objects.in_organisation(organisation).exists():
        return None
    return make_display(organisation, None, {"name": SCREEN}, [])
