"""What one chooses before something of a round is printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.choices import ANSWER_LANGUAGES, View
from assessments.models import OpenLink, Round
from reports.models import FORMS, PAPERS, PrintKind

SHEETS = ("A4", "A3", "A6", "Letter")
CARD_SHEETS = {"A6": _("One card, A6"), "A4": _("Four cards on an A4, to be cut")}
NOT_OPEN = _("A form asks about the moments as they are when the round opens. Open it first.")
CLOSED = _("This round is closed: nobody could answer. Open it again first.")
NEEDS_LINK = (PrintKind.QR_POSTER, PrintKind.TABLE_CARD)


class PrintForm(forms.Form):
    """What, on which paper, in which language, for whom. links: those that work, of the form's round."""

    kind = forms.ChoiceField(label=_("What"), choices=PrintKind.choices)
    paper = forms.ChoiceField(label=_("Paper"), choices=[(name, name) for name in SHEETS], required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    link = forms.ChoiceField(label=_("For whom"), required=False)

    def __init__(self, *args: Any, round_: Round, links: Sequence[OpenLink], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.round, self.links = round_, {str(link.pk): link for link in links}
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, ANSWER_LANGUAGES.get(code, code)) for code in round_.languages
        ]
        names = [(str(link.pk), name_of(link, round_)) for link in links]
        everyone = [
            (view.value, _("%(view)s, group to be ticked, no QR code") % {"view": view.label}) for view in round_.views
        ]
        self.fields["link"].choices = [*names, *everyone]  # type: ignore[attr-defined]
        self.fields["paper"].widget.choices = papers_of(self["kind"].value() or PrintKind.FORM)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        kind = values.get("kind")
        if self.round.is_draft and kind in FORMS:
            raise ValidationError(NOT_OPEN)
        if self.round.has_ended:
            raise ValidationError(CLOSED)
        if kind:
            papers = PAPERS[PrintKind(kind)]
            values["paper"] = values.get("paper") or papers[0]
            if values["paper"] not in papers:
                self.add_error("paper", _("Choose one of these: %(papers)s.") % {"papers": ", ".join(papers)})
        if kind in NEEDS_LINK and values.get("link") not in self.links:
            self.add_error("link", _("Choose whom it leads to: each group has an address of its own."))
        values["language"] = values.get("language") or self.round.languages[0]
        return values

    def chosen(self) -> tuple[View, OpenLink | None]:
        """Whom the valid form is for."""
        said = self.cleaned_data["link"]
        link = self.links.get(said)
        return View(link.view if link else said or self.round.views[0]), link


def obstacle_of(round_: Round) -> Any:
    """Why nothing, or no form, can be printed yet or any more; empty where all can be."""
    return CLOSED if round_.has_ended else NOT_OPEN if round_.is_draft else ""


def papers_of(kind: str) -> list[tuple[str, Any]]:
    """What a form offers of a kind's sheets; of all where there is no such kind."""
    papers = PAPERS[PrintKind(kind)] if kind in PrintKind.values else SHEETS
    said = CARD_SHEETS if kind == PrintKind.TABLE_CARD else {}
    return [(paper, said.get(paper, paper)) for paper in papers]


def name_of(link: OpenLink, round_: Round) -> str:
    """Customers, Gate team."""
    words = [link.get_view_display()] if len(round_.views) > 1 or not link.group else []
    return ", ".join([*words, *([link.group.name] if link.group else [])])
