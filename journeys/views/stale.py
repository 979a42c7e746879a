"""Two texts of one moment side by side, where both were written at once."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from journeys.forms import MomentForm
from journeys.models import Moment


def differences_between(theirs: Moment, form: MomentForm) -> list[dict[str, Any]]:
    """Label, mine and theirs of each field that differs."""
    names = [name for name in form.fields if getattr(theirs, name) != form.cleaned_data[name]]
    return [
        {"label": form[name].label, "mine": _shown(form.instance, name), "theirs": _shown(theirs, name)}
        for name in names
    ]


def _shown(moment: Moment, name: str) -> str:
    display = getattr(moment, f"get_{name}_display", None)
    value = display() if display else getattr(moment, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value if value not in (None, "") else _("(nothing)"))
