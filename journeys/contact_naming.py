"""The page of names: each touchpoint that logs name, what it stands for or might, and the form that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext

from jobs.models import State
from journeys.contact_names import IGNORE, keep_rules, moments_of, propose, rules_of
from journeys.models import ContactCell, Journey, Moment
from journeys.models.contact_logs import NAME_MAX

SHOWN = 100  # names at once, undecided ones first, then those with the most contacts


@dataclass(frozen=True, slots=True)
class LogName:
    """chosen: a moment's id, IGNORE or "" for not yet. is_proposed: nobody has said so, it only looks alike."""

    name: str
    contacts: int
    chosen: str
    is_proposed: bool


def names_of(journey: Journey) -> list[LogName]:
    """Undecided ones first, then by contacts. Four queries."""
    counted = ContactCell.objects.filter(contact_import__journey=journey, contact_import__state=State.READY).order_by()
    contacts = dict(counted.values_list("touchpoint").annotate(total=Sum("contacts")))
    rules, moments = rules_of(journey), moments_of(journey)
    ranked = sorted(contacts, key=lambda name: (name in rules.moment_ids, -contacts[name], name))[:SHOWN]
    proposed = propose([name for name in ranked if name not in rules.moment_ids], moments)
    return [_name(name, contacts[name], rules.moment_ids, proposed) for name in ranked]


def _name(name: str, contacts: int, moment_ids: Any, proposed: dict[str, Moment]) -> LogName:
    if name in moment_ids:
        return LogName(name, contacts, str(moment_ids[name] or IGNORE), False)
    moment = proposed.get(name)
    return LogName(name, contacts, str(moment.pk) if moment else "", moment is not None)


def is_name(text: str) -> bool:
    """Whether a log could name a touchpoint so."""
    return "\0" not in text and len(text) <= NAME_MAX


class NamesForm(forms.Form):
    """A choice for each name, numbered as listed; `name-0` says which name it was when the page was made."""

    def __init__(self, *args: Any, journey: Journey, names: Sequence[LogName], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self._journey, choices = journey, _choices(moments_of(journey))
        self.listed = self._posted(names) if self.is_bound else list(names)
        for place, name in enumerate(self.listed):
            self.fields[f"moment-{place}"] = forms.ChoiceField(
                label=name.name or gettext("(no name)"), choices=choices, initial=name.chosen, required=False
            )

    def _posted(self, names: Sequence[LogName]) -> list[LogName]:
        """The names in the order in which the page listed them; one that is gone from the logs since is passed over."""
        known = {each.name: each for each in names}
        posted = (self.data.get(f"name-{place}") for place in range(SHOWN))
        return [known.get(name, LogName(name, 0, "", False)) for name in posted if name is not None and is_name(name)]

    @property
    def rows(self) -> list[tuple[LogName, forms.BoundField]]:
        return [(name, self[f"moment-{place}"]) for place, name in enumerate(self.listed)]

    @transaction.atomic
    def save(self) -> None:
        said = {name.name: self.cleaned_data[f"moment-{place}"] or None for place, name in enumerate(self.listed)}
        keep_rules(self._journey, said)


def _choices(moments: Sequence[Moment]) -> list[Any]:
    by_stage: dict[str, list[tuple[str, str]]] = {}
    for moment in moments:
        by_stage.setdefault(moment.stage.title, []).append((str(moment.pk), moment.title))
    return [("", gettext("– not yet –")), (IGNORE, gettext("ignore: no contact with a customer")), *by_stage.items()]
