"""What a sheet holds, found: one moment, the view that leads, blind spots, what changed. Pure."""

from __future__ import annotations

from typing import Any

from assessments.result_words import Figures


def moment_at(figures: Figures, position: int) -> Any:
    """The moment with a position."""
    return next(moment for moment in figures["moments"] if moment["position"] == position)


def has_answers(figures: Figures, view: str) -> bool:
    """Whether a view has figures that may be shown."""
    return view in figures["views"] and figures["responses"][view]["n"] is not None


def leading_view(figures: Figures) -> str | None:
    """Customers' where they may be shown, as the customer is the judge; else staff's; else none."""
    views = [view for view in ("customers", "staff") if has_answers(figures, view) and figures["whole"].get(view)]
    return views[0] if views else None


def blind_spots(figures: Figures) -> list[Any]:
    """The moments that are flagged, the largest first."""
    spots = [moment for moment in figures["moments"] if moment["blind_spot"] and moment["blind_spot"]["is_flagged"]]
    return sorted(spots, key=lambda moment: -moment["blind_spot"]["levels"])


def changed_view(figures: Figures) -> str | None:
    """The view in which moments can be compared with the round before, customers' first."""
    views = [view for view in ("customers", "staff") if any(m["change"].get(view) for m in figures["moments"])]
    return views[0] if views else None


def clear_changes(figures: Figures, view: str) -> list[Any]:
    """Moments whose change leaves zero out, from the most better to the most worse."""
    changed = [m for m in figures["moments"] if m["change"].get(view) and m["change"][view]["is_clear"]]
    return sorted(changed, key=lambda moment: -moment["change"][view]["levels"])
