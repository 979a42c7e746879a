"""What a round does next, in sentences."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.choices import RoundState
from assessments.models import Round


def what_is_next(round_: Round) -> list[str]:
    """Sentences for whoever sees the round; no query."""
    sentences = {
        RoundState.DRAFT: _of_draft,
        RoundState.OPEN: _of_open,
        RoundState.CLOSED: _of_closed,
        RoundState.ARCHIVED: _of_archived,
    }
    return sentences[RoundState(round_.state)](round_)


def _of_draft(round_: Round) -> list[str]:
    if round_.opens_at is None:
        return [_("Nobody can answer yet. Look at the links, then open it.")]
    if round_.opens_at > timezone.now():
        return [_("It opens by itself on %s.") % local(round_.opens_at), *_closes(round_)]
    if round_.closes_at and round_.closes_at <= timezone.now():
        return [_("It was to open on %s, but its end is over too. Choose other times.") % local(round_.opens_at)]
    return [
        _("It was to open on %s. It will within a minute, once the map has a moment to ask about.")
        % local(round_.opens_at)
    ]


def _of_open(round_: Round) -> list[str]:
    words = [*_closes(round_)] or [_("People can answer until you close it.")]
    if round_.remind_at:
        words.append(
            _("On %s those who were invited by mail and have not answered are reminded.") % local(round_.remind_at)
        )
    return words


def _closes(round_: Round) -> list[str]:
    return [_("It closes by itself on %s.") % local(round_.closes_at)] if round_.closes_at else []


def _of_closed(round_: Round) -> list[str]:
    return [_("Nobody can answer any more. Opening it again needs a reason, which stands in its log.")]


def _of_archived(round_: Round) -> list[str]:
    return [_("Put away. Its results stay, and it can be opened again with a reason.")]


def local(moment: datetime) -> str:
    """In the organisation's time zone: 22 Nov 2026, 18:00."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
