"""How answers spread over the six levels: a row a level with its number, its word, and a bar for each view.

Written as text in one go, since 300 moments would keep a template busy; it is a table, so it reads as one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from assessments.result_words import Figures, fewer_than, say, view_name


def write_bars(moment: Figures, views: Sequence[str], names: Mapping[int, str], minimum: int) -> SafeString:
    """names: of the levels, by number. Two views lie back to back, one alone beside its words."""
    scores = {view: moment["views"].get(view) for view in views}
    widest = max((count / it["n"] for it in scores.values() if it for count in it["counts"]), default=1)
    shares = {view: [count / it["n"] / widest for count in it["counts"]] if it else None for view, it in scores.items()}
    left = ["staff"] if len(views) > 1 else []
    right = [view for view in views if view not in left]
    rows = []
    for level in range(6, 0, -1):
        cells = [_cells(scores[view], shares[view], level, is_left=True) for view in left]
        cells.append(f'<th scope="row"><b>{level}</b> <span>{conditional_escape(names[level])}</span></th>')
        cells += [_cells(scores[view], shares[view], level, is_left=False) for view in right]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    heads = {view: _head(view, "" if scores[view] else hidden_because(moment, view, minimum)) for view in views}
    head = [*(heads[view] for view in left), "<td></td>", *(heads[view] for view in right)]
    caption = conditional_escape(_("Answers by level"))
    return mark_safe(  # noqa: S308  # numbers and escaped words
        f'<table class="bars{" both" if left else ""}"><caption class="visually-hidden">{caption}</caption>'
        f"{_columns(left, right)}<thead><tr>{''.join(head)}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def hidden_because(moment: Figures, view: str, minimum: int) -> str:
    """Why a view has no figures at a moment."""
    is_asked = view != "customers" or moment["is_for_customers"]
    return fewer_than(minimum) if is_asked else _("not asked")


def _columns(left: Sequence[str], right: Sequence[str]) -> str:
    """Counts are narrow, words as wide as they need, bars share the rest."""
    sides = ['<col class="counts"><col>' for side in left], ['<col><col class="counts">' for side in right]
    return f'<colgroup>{"".join(sides[0])}<col class="words">{"".join(sides[1])}</colgroup>'


def _head(view: str, hidden: str) -> str:
    note = f' <span class="soft">{conditional_escape(hidden)}</span>' if hidden else ""
    return f'<th scope="col" colspan="2">{conditional_escape(view_name(view))}{note}</th>'


def _cells(score: Figures | None, shares: Sequence[float] | None, level: int, *, is_left: bool) -> str:
    """A bar and its count; both empty where the view is hidden."""
    if score is None or shares is None:
        return "<td></td><td></td>"
    count, share = score["counts"][level - 1], shares[level - 1]
    bar = f'<svg class="l{level}" width="{100 * share:.3g}%" height="12" aria-hidden="true"></svg>' if count else ""
    cells = [f"<td>{bar}</td>", f'<td class="count">{say(count)}</td>']
    return "".join(reversed(cells) if is_left else cells)
