"""What is said to somebody who has commented: who was told, who may comment now, and which names led to nobody."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from journeys.comments import Outcome

NAMES_SHOWN = 5


def words_about(outcome: Outcome) -> str:
    """A few sentences; "Saved." where nobody was mentioned."""
    mentions = outcome.mentions
    said = [
        (_("%s will find it in their notifications."), [str(user) for user in outcome.told]),
        (_("%s may comment on this journey from now on."), [str(user) for user in outcome.invited]),
        (_("Several people answer to %s, so nobody of them was told: write the e-mail address instead."),
         [f"@{words}" for words in mentions.ambiguous]),
        (_("Nobody here is called %s, so nobody was told."), [f"@{words}" for words in mentions.unknown]),
    ]  # fmt: skip
    return " ".join([_("Saved."), *(text % _names(names) for text, names in said if names)])


def _names(names: Iterable[str]) -> str:
    names = [name if len(name) <= 60 else f"{name[:59]}…" for name in names]
    shown = ", ".join(names[:NAMES_SHOWN])
    return shown if len(names) <= NAMES_SHOWN else _("%(names)s and others") % {"names": shown}
