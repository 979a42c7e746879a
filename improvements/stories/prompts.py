"""Questions that bring a story back to mind, for who has none at hand."""

from __future__ import annotations

from django.utils.translation import gettext as _


def story_prompts() -> list[str]:
    """In the language at hand."""
    return [
        _("When did you last notice that a customer was under stress? What did you do?"),
        _("Whom did you or a colleague help although it was nobody's job?"),
        _("What did a customer thank you for that seemed small to you?"),
        _("When did a rule stand in the way, and how was the promise kept all the same?"),
        _("What did you tell about work at home, because it was good?"),
    ]
