"""What is typed of a story by who looks at it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from improvements.limits import REASON_MAX
from improvements.stories.fields import Words


class DeclineForm(forms.Form):
    """Why a story is not shown; whoever told it with an account reads it."""

    reason = Words(
        label=_("Why not?"),
        rows=3,
        max_length=REASON_MAX,
        help_text=_("Whoever told it with an account reads this. What would make it a story to show?"),
        error_messages={"required": _("Say in a sentence why; its teller deserves it.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
