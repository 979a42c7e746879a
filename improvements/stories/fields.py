"""The field that a text of people is typed into."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

WRONG = {
    "max_length": _("At most %(limit_value)d letters fit, and this has %(show_value)d. Shorten it: nothing is lost."),
    "null_characters_not_allowed": _("There is a letter in this that can't be stored. Type that place anew."),
}


class Words(forms.CharField):
    """A text of people. The browser cuts nothing off: what is too long comes back whole, with a word on it."""

    def __init__(self, *, rows: int = 1, **more: Any) -> None:
        area = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        line = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
        more["error_messages"] = {**WRONG, **more.get("error_messages", {})}
        super().__init__(widget=area if rows > 1 else line, **more)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")
