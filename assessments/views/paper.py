"""Typing in what came back on paper: one screen a sheet, by keyboard alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import Action, OrgRequest, member_required
from assessments.choices import ANSWER_LANGUAGES, View
from assessments.handing_in import NotTaken
from assessments.models import Round, RoundGroup
from assessments.paper import count_sheets, new_sheet, save_sheet, take_back
from assessments.sheet_form import SheetRow, answers_in, read_rows, rows_of
from assessments.storing import moments_asked
from assessments.views.lookup import round_for
from assessments.wording import level_words
from journeys.choices import Decision


@dataclass
class Entry:
    """One sheet on the screen. saved: the key of the sheet before, which can be taken back; said: what happened."""

    round: Round
    view: View
    group: RoundGroup | None
    language: str
    sheet: str
    rows: list[SheetRow] = field(default_factory=list)
    said: str = ""
    saved: str = ""
    problem: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.RUN_ROUNDS)
def paper_entry(request: OrgRequest, round_id: int) -> HttpResponse:
    """One sheet after the other; group and view stay chosen. What can't be saved stays as it was typed."""
    round_ = round_for(request, round_id)
    typed = request.POST if request.method == "POST" else request.GET
    entry = _entry(round_, typed)
    if request.method == "POST":
        _take_back(entry, typed["undo"]) if typed.get("undo") else _save(entry, typed)
    elif not round_.is_open:
        entry.problem = _not_open(round_)
    entry.rows = entry.rows or read_rows(moments_asked(round_, entry.view), {})
    page = "assessments/_paper_entry.html" if request.htmx else "assessments/paper_entry.html"
    return render(request, page, _context(request, entry), status=422 if entry.problem and request.POST else 200)


def _entry(round_: Round, typed: Any) -> Entry:
    view = View(typed["view"]) if typed.get("view") in round_.views else round_.views[0]
    groups = {str(group.pk): group for group in round_.groups.all()}
    language = typed.get("language") if typed.get("language") in round_.languages else round_.languages[0]
    return Entry(round_, view, groups.get(typed.get("group", "")), language, typed.get("sheet") or new_sheet())


def _save(entry: Entry, typed: Any) -> None:
    entry.rows = read_rows(moments_asked(entry.round, entry.view), typed)
    answers = answers_in(entry.rows)
    if any(row.errors for row in entry.rows):
        entry.problem = _("Not saved yet: mend what is marked.")
    elif not answers:
        entry.problem = _("Nothing is marked on this sheet. Type at least one answer.")
    if entry.problem:
        return
    try:
        is_new = save_sheet(entry.round, entry.sheet, entry.view, entry.group, answers, entry.language)
    except NotTaken:
        entry.problem = _not_open(entry.round)
        return
    number = {"number": count_sheets(entry.round)}
    entry.said = _("Sheet %(number)s saved.") % number if is_new else _("This sheet was saved before.")
    entry.saved, entry.sheet, entry.rows = entry.sheet, new_sheet(), []


def _take_back(entry: Entry, sheet: str) -> None:
    """The sheet stands on the screen again, to be mended and saved anew."""
    moments = moments_asked(entry.round, entry.view)
    try:
        answers = take_back(entry.round, sheet)
    except NotTaken:
        answers = None
    if answers is None:
        entry.problem = _("This sheet can't be taken back any more: its results are out, or it is gone.")
        entry.rows = read_rows(moments, {})
        return
    entry.said = _("The sheet is taken back. What it said stands below; save it again, or clear it.")
    entry.rows, entry.sheet = rows_of(moments, answers), new_sheet()


def _not_open(round_: Round) -> str:
    if round_.is_draft:
        return _("This round has not been opened yet. Open it first; then sheets can be typed in.")
    return _("This round is closed, so nothing can be added. Open it again, with a reason, to type in late sheets.")


def _context(request: OrgRequest, entry: Entry) -> dict[str, Any]:
    round_ = entry.round
    is_staff = entry.view == View.STAFF
    asks = {
        "times": is_staff and round_.asks_times,
        "seconds": is_staff and round_.asks_seconds,
        "decision": is_staff and round_.asks_decision,
        "idea": round_.asks_idea,
    }
    return {
        "section": "rounds",
        "round": round_,
        "entry": entry,
        "asks": asks,
        "has_more": any(asks.values()),
        "groups": round_.groups.all(),
        "languages": [(code, ANSWER_LANGUAGES.get(code, code)) for code in round_.languages],
        "levels": list(reversed(level_words(request.organisation, round_.languages[0]))),
        "decisions": Decision.choices,
    }
