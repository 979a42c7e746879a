"""What the cells of one row say of a moment and of its journey."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from journeys.formats.amounts import AmountError, read_count
from journeys.formats.columns import COLUMNS
from journeys.formats.draft import JourneyDraft
from journeys.formats.header import set_language
from journeys.formats.moment_parts import read_keyed
from journeys.limits import TEXT_MAX, TITLE_MAX
from journeys.plan import MomentPlan

_TEXTS = {
    **dict.fromkeys(
        ("title", "serves_in_front", "stands_behind", "systems", "stage", "journey", "customer"), TITLE_MAX
    ),
    **dict.fromkeys(("experience", "expectation", "what_more"), TEXT_MAX),
}
_SHORT = ("channel", "contacts_per_customer", "seconds", "level", "decision")
_MOMENT_TEXTS = ("serves_in_front", "stands_behind", "systems", "experience", "expectation", "what_more")
_REFUSED = re.compile("[\x00\ud800-\udfff]")
_YES = frozenset(("yes", "y", "true", "1", "x", "!", "ja", "oui", "si", "sí"))
_NO = frozenset(("", "no", "n", "false", "0", "-", "nein", "non"))


class RowError(ValueError):
    """A row that can't be used; its text says why."""


def read_row(cells: dict[str, str]) -> tuple[MomentPlan | None, list[str]]:
    """The moment and what was doubtful; None where the row only names a stage or a journey. Raises RowError."""
    for name, limit in _TEXTS.items():
        _check_text(name, cells.get(name, ""), limit)
    title = cells.get("title", "")
    if not title.strip():
        if any(cells.get(name, "").strip() for name in (*_SHORT, *_MOMENT_TEXTS)) or not cells.get("stage", "").strip():
            raise RowError(_("The moment has no title."))
        return None, []
    values: dict[str, Any] = {name: cells[name] for name in _MOMENT_TEXTS if name in cells}
    doubts: list[str] = []
    for name in _SHORT:
        if typed := cells.get(name, "").strip():
            values |= _short(name, typed, doubts)
    return MomentPlan(title=title, is_make_or_break=_truth(cells, doubts), **values), doubts


def _short(name: str, typed: str, doubts: list[str]) -> dict[str, Any]:
    """A field of few words or a number; a word that is not known is only pointed out, a number that can't be is not."""
    try:
        meaning = read_keyed(name, typed)
    except AmountError as error:
        if name in {"channel", "decision"}:
            doubts.append(_label(name, str(error)))
            return {}
        raise RowError(_label(name, str(error))) from None
    if meaning.doubt:
        doubts.append(_label(name, meaning.doubt))
    return {name: meaning.value}


def _truth(cells: dict[str, str], doubts: list[str]) -> bool:
    typed = cells.get("is_make_or_break", "").strip().casefold()
    if typed not in _YES | _NO | {_("yes"), _("no")}:
        doubts.append(_label("is_make_or_break", _("“%(text)s” is not known there.") % {"text": typed[:60]}))
    return typed in _YES or typed == _("yes")


def _check_text(name: str, text: str, limit: int) -> None:
    if refused := _REFUSED.search(text):
        message = _("A character U+%(code)04X can't be kept. Delete it.") % {"code": ord(refused[0])}
        raise RowError(_label(name, message))
    if len(text) > limit:
        message = _("This has %(length)s characters. Shorten it to %(limit)s.") % {"length": len(text), "limit": limit}
        raise RowError(_label(name, message))


def _label(name: str, message: str) -> str:
    return f"{COLUMNS[name][0]}: {message}"


def take_header(draft: JourneyDraft, number: int, cells: dict[str, str]) -> None:
    """What a row says of the journey; the first row that says something holds."""
    draft.title = draft.title or cells.get("journey", "")
    draft.customer = draft.customer or cells.get("customer", "")
    if (typed := cells.get("customers_per_year", "").strip()) and not draft.customers_per_year:
        try:
            draft.customers_per_year = read_count(typed)
        except AmountError as error:
            raise RowError(_label("customers_per_year", str(error))) from None
    if (code := cells.get("language", "").strip()) and draft.language == "en" and code != "en":
        set_language(draft, number, code[:30])
