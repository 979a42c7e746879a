"""What one says of a file of answers, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from assessments.choices import View
from assessments.import_tables import AnswerTable
from assessments.mapping import GROUP, Asked, columns_of
from assessments.models import Round
from assessments.scales import TABLES, Proposal
from journeys.limits import FILE_MAX, TITLE_MAX

HOLDS_WORDS = {
    "level": _("Level of"),
    "idea": _("Idea about"),
    "times": _("Times a week of"),
    "seconds": _("Seconds of"),
    "decision": _("Keep, enhance or eliminate of"),
}
NO_LEVEL = "none"


class AnswersFileForm(forms.Form):
    """The file, and what becomes of it. rounds: open ones that it may be added to."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, TSV or XLSX: headings in the first row, then one row for each person. Up to 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    view = forms.ChoiceField(label=_("Who answered"), choices=View.choices, initial=View.CUSTOMERS)
    round = forms.ChoiceField(label=_("What it becomes"), required=False)
    title = forms.CharField(
        label=_("Title of the new round"),
        max_length=TITLE_MAX,
        required=False,
        help_text=_("Empty: the name of the file."),
    )
    day = forms.DateField(
        label=_("When people were asked"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: today. Of a new round."),
    )

    def __init__(self, *args: Any, rounds: Sequence[Round], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.rounds = {str(round_.pk): round_ for round_ in rounds}
        added = [
            (key, _t("Added to “%(title)s”, which is open") % {"title": one.title}) for key, one in self.rounds.items()
        ]
        self.fields["round"].choices = [("", _t("A new round, closed at once")), *added]  # type: ignore[attr-defined]
        if not rounds:
            del self.fields["round"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FILE_MAX:
            raise ValidationError(_("This file is larger than 5 MB. Take a part of it."))
        return file

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"] or timezone.localdate()
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        target = self.rounds.get(values.get("round", ""))
        if target and values.get("view") not in target.views:
            self.add_error("view", _("This round does not ask them. Choose the other, or a new round."))
        return values

    def said(self) -> dict[str, Any]:
        """What the valid form says besides the file."""
        values = self.cleaned_data
        stem = PurePath(values["file"].name.replace("\0", "")).stem.strip()
        title = values["title"] or stem or _t("Imported answers")
        return {"view": values["view"], "title": title[:TITLE_MAX], "day": values["day"].isoformat()}


class ColumnsForm(forms.Form):
    """The use of each column."""

    def __init__(
        self, *args: Any, table: AnswerTable, asked: Sequence[Asked], uses: Mapping[int, str], view: View, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.table, self.asked = table, asked
        choices = _use_choices(asked, view)
        for place, heading in enumerate(table.headings):
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=heading or _t("Column %(number)s") % {"number": place + 1},
                choices=choices,
                required=False,
                initial=uses.get(place, ""),
            )

    def rows(self) -> list[tuple[forms.BoundField, list[str]]]:
        """Each column's field with examples of what stands in it."""
        return [(self[f"c{place}"], self.table.examples(place)) for place in range(len(self.table.headings))]

    def uses(self) -> dict[str, str]:
        return {name[1:]: use for name, use in self.cleaned_data.items() if name.startswith("c")}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        by_use: dict[str, str] = {}
        for name, use in list(values.items()):
            if use and use in by_use:
                other = self.fields[by_use[use]].label
                self.add_error(name, _("“%(other)s” is used for this already.") % {"other": other})
            by_use.setdefault(use, name)
        columns = columns_of({int(name[1:]): use for name, use in values.items()}, self.asked)
        if not any(holds == "level" for holds, _id in columns.values()):
            raise ValidationError(_("Say of at least one column which moment’s level it holds."))
        return values


def _use_choices(asked: Sequence[Asked], view: View) -> list[Any]:
    holds = ("level", "idea") if view == View.CUSTOMERS else tuple(HOLDS_WORDS)
    groups = [
        (
            HOLDS_WORDS[kind],
            [(f"{kind}:{moment.id}", f"{HOLDS_WORDS[kind]} {moment.number}. {moment.title}") for moment in asked],
        )
        for kind in holds
    ]
    return [("", _t("Not read")), (GROUP, _t("Group")), *groups]


class ScaleForm(forms.Form):
    """The level of each value. proposals: how often it stands there, and what it may mean; known: said before."""

    def __init__(
        self,
        *args: Any,
        proposals: Mapping[str, tuple[int, Proposal]],
        known: Mapping[str, int | None],
        levels: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.proposals = proposals
        choices = [
            ("", _t("Choose …")),
            (NO_LEVEL, _t("No level")),
            *((str(level), f"{level} {name}") for level, name in levels),
        ]
        for place, (value, (_count, meant)) in enumerate(proposals.items()):
            level = known.get(value, meant.level)
            is_open = value not in known and not meant.is_sure
            self.fields[f"v{place}"] = forms.ChoiceField(
                label=value,
                choices=choices,
                initial="" if is_open else NO_LEVEL if level is None else str(level),
                error_messages={"required": _("Say what this value means.")},
            )

    def rows(self) -> list[tuple[forms.BoundField, int, Proposal]]:
        """Each value's field, how often it stands there, and the proposal."""
        return [(self[f"v{place}"], *found) for place, found in enumerate(self.proposals.values())]

    def levels(self) -> list[list[Any]]:
        """[[value, level or None]] in their order."""
        said = [self.cleaned_data[f"v{place}"] for place in range(len(self.proposals))]
        return [
            [value, None if level == NO_LEVEL else int(level)]
            for value, level in zip(self.proposals, said, strict=True)
        ]


def scale_choices() -> list[tuple[str, str]]:
    """The scales that can be proposed."""
    named = {
        "1-3": _t("1 to 3"),
        "1-4": _t("1 to 4"),
        "1-5": _t("1 to 5"),
        "1-6": _t("1 to 6"),
        "1-7": _t("1 to 7"),
        "0-10": _t("0 to 10"),
        "0-1": _t("0 for no, 1 for yes"),
    }
    return [(name, named[name]) for name in TABLES] + [("0-100", _t("0 to 100")), ("words", _t("Words"))]
