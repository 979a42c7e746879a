"""The tables of a leader report: every moment, the ranking by damage, blind spots, what changed. Pure."""

from __future__ import annotations

from typing import Any

from assessments.result_words import NOTHING, Figures, interval, level_of, percent, say, view_name, with_sign
from assessments.sheet_reading import blind_spots, changed_view, clear_changes, moment_at
from journeys.figures import short
from reports.leader.choice import RANKED_MAX

MOMENTS_IN_FULL = 60


def moments_table(figures: Figures) -> dict[str, Any]:
    """A row a moment, or none where there would be too many to read; `left_out` says how many are not there."""
    moments = figures["moments"] if len(figures["moments"]) <= MOMENTS_IN_FULL else []
    return {
        "views": [view_name(view) for view in figures["views"]],
        "rows": [_moment_row(moment, figures) for moment in moments],
        "left_out": len(figures["moments"]) - len(moments),
        "count": len(figures["moments"]),
    }


def _moment_row(moment: Figures, figures: Figures) -> dict[str, Any]:
    damage = moment["damage"]
    return {
        **_named(moment),
        "is_make_or_break": moment["is_make_or_break"],
        "contacts": short(moment["contacts_per_year"]),
        "manager": say(moment["manager_level"]) if moment["manager_level"] else NOTHING,
        "scores": [_score(moment["views"].get(view)) for view in figures["views"]],
        "damage": short(damage["contacts_per_year"]) if damage else NOTHING,
    }


def _named(moment: Figures) -> dict[str, Any]:
    return {
        "place": moment["position"] + 1,
        "title": moment["title"],
        "stage": moment["stage"],
        "language": moment["language"],
    }


def _score(score: Figures | None) -> dict[str, Any] | None:
    if score is None:
        return None
    return {
        "mean": say(score["mean"]),
        "range": interval(score),
        "n": say(score["n"]),
        "level": level_of(score["mean"]),
        "at": _percent_of_scale(score["mean"]),
    }


def _percent_of_scale(mean: float) -> str:
    """Where a level lies between 1 and 6, 0 to 100, for the stylesheet."""
    return f"{(mean - 1) * 20:.1f}"


def ranking(figures: Figures) -> dict[str, Any]:
    """The moments that damage the most contacts a year; `more`: how many are not named."""
    rows = [row for row in figures["enhance"] if row["contacts_per_year"] > 0]
    most = max((row["contacts_per_year"] for row in rows), default=1)
    total = sum(row["contacts_per_year"] for row in rows)
    return {
        "rows": [_ranked(place, row, figures, most, total) for place, row in enumerate(rows[:RANKED_MAX], start=1)],
        "view": view_name(figures["weakest"]["view"]) if figures["weakest"] else "",
        "total": short(total),
        "more": len(rows) - len(rows[:RANKED_MAX]),
    }


def _ranked(rank: int, row: Figures, figures: Figures, most: float, total: float) -> dict[str, Any]:
    moment = moment_at(figures, row["position"])
    view = moment["damage"]["view"] if moment["damage"] else figures["weakest"]["view"]
    score = moment["views"][view]
    return {
        **_named(moment),
        "rank": rank,
        "contacts": short(moment["contacts_per_year"]),
        "damaged": percent(100 * score["damaged"]),
        "range": interval(score, lambda share: percent(100 * share), "damaged_low", "damaged_high"),
        "damage": short(row["contacts_per_year"]),
        "share": percent(100 * row["contacts_per_year"] / total),
        "bar": f"{100 * row['contacts_per_year'] / most:.1f}",
        "spread": _spread(score),
        "is_elimination_candidate": moment["is_elimination_candidate"],
    }


def _spread(score: Figures) -> list[tuple[int, str]]:
    """Level and share in percent of each level that somebody gave."""
    counted = enumerate(score["counts"], start=1)
    return [(level, f"{100 * count / score['n']:.2f}") for level, count in counted if count]


def spots(figures: Figures) -> dict[str, Any]:
    """Where staff are clearly kinder than customers."""
    found = blind_spots(figures)
    return {"rows": [_spot(moment) for moment in found[:RANKED_MAX]], "more": len(found) - len(found[:RANKED_MAX])}


def _spot(moment: Figures) -> dict[str, Any]:
    staff, customers = (_score(moment["views"][view]) for view in ("staff", "customers"))
    low, high = sorted(moment["views"][view]["mean"] for view in ("staff", "customers"))
    line = {"from": _percent_of_scale(low), "width": f"{(high - low) * 20:.1f}"}
    spot = moment["blind_spot"]
    return {
        **_named(moment),
        "staff": staff,
        "customers": customers,
        "line": line,
        "difference": with_sign(spot["levels"]),
        "range": interval(spot),
    }


def changes(figures: Figures) -> dict[str, Any] | None:
    """What clearly changed since the round before, both views, the largest first; None where there is none before."""
    previous = figures["round"]["previous"]
    if not previous or changed_view(figures) is None:
        return None
    pairs = [(moment, view) for view in figures["views"] for moment in clear_changes(figures, view)]
    pairs.sort(key=lambda pair: -abs(pair[0]["change"][pair[1]]["levels"]))
    compared = sum(any(moment["change"].get(view) for view in figures["views"]) for moment in figures["moments"])
    rows = [_change(moment, view) for moment, view in pairs[:RANKED_MAX]]
    return {"previous": previous["title"], "rows": rows, "more": len(pairs) - len(rows), "compared": compared}


def _change(moment: Figures, view: str) -> dict[str, Any]:
    change = moment["change"][view]
    return {**_named(moment), "view": view_name(view), "levels": with_sign(change["levels"]),
            "range": _signed_range(change), "is_better": change["levels"] > 0}  # fmt: skip


def _signed_range(change: Figures) -> str:
    """To hundredths, and to what it takes where one that leaves zero out begins so close to it."""
    return interval(change, lambda levels: with_sign(levels, 2 if round(levels, 2) else 4))
