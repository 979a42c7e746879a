"""Rows that were not in order, by reason, as a page tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journeys.contacts.reasons import DOUBTFUL, LEFT_OUT, REJECTED, REJECTED_BY_READER

_GROUPS: tuple[tuple[str, Promise | str, dict[str, Any]], ...] = (
    ("rejected", _("Rejected: not counted"), REJECTED_BY_READER | REJECTED),
    ("left_out", _("Left out"), LEFT_OUT),
    ("doubtful", _("Counted with a doubt"), DOUBTFUL),
)


@dataclass(frozen=True, slots=True)
class Reason:
    """examples: row number and text, without the customer."""

    words: Promise | str
    rows: int
    examples: Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Group:
    """rows: a row with several reasons counts once."""

    title: Promise | str
    rows: int
    reasons: Sequence[Reason]


def reason_groups(rows: dict[str, Any]) -> list[Group]:
    """rows: of an import. Only groups with rows; the most frequent reason first."""
    return [Group(title, rows[name], _reasons(rows, words)) for name, title, words in _GROUPS if rows.get(name)]


def _reasons(rows: dict[str, Any], words: dict[str, Any]) -> list[Reason]:
    found = sorted((-number, reason) for reason, number in rows["reasons"].items() if reason in words)
    return [Reason(words[reason], -number, rows["examples"].get(reason, [])) for number, reason in found]
