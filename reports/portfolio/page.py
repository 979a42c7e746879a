"""The portfolio report as a document: a comparison, small ladders, one ranking of all moments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.result_words import NOTHING, interval, percent, quoted, say, view_name, with_sign
from journeys.figures import short, whole
from reports.charts.small import small_ladder
from reports.directions import with_directions
from reports.glossary import glossary
from reports.leader.page import Chapter, document_facts
from reports.portfolio.method import assumptions_of
from reports.portfolio.sides import MANAGER

Tell = Callable[[str, int], None]
Side = Mapping[str, Any]
RANKED_MAX = 25
LEAST_PERCENT = 0.1  # that is written out


def portfolio_document(inputs: dict[str, Any], tell: Tell) -> tuple[str, dict[str, str]]:
    """HTML and its pictures, in the language in use; as `leader_document`."""
    sides = inputs["journeys"]
    tell("ladder", 8)
    names = {int(level): name for level, name in inputs["levels"].items()}
    pictures = {f"ladder-{number}.svg": small_ladder(side, names) for number, side in enumerate(sides, start=1)}
    tell("summary", 18)
    context = {
        "report": {
            **document_facts(inputs),
            "kind": _("Portfolio report"),
            "title": _("Portfolio report") + ": " + " · ".join(side["title"] for side in sides),
            "head": _journeys(len(sides)),
        },
        "count": _journeys(len(sides)),
        "sentences": sentences_of(sides),
        "rows": [_compared(side) for side in sides],
        "chapters": chapters_of(sides, list(pictures)),
    }
    tell("chapters", 20)
    return with_directions(render_to_string("reports/portfolio/report.html", context)), pictures


def _journeys(count: int) -> str:
    return ngettext("%(count)s journey side by side", "%(count)s journeys side by side", count) % {
        "count": whole(count)
    }


def chapters_of(sides: Sequence[Side], pictures: Sequence[str]) -> list[Chapter]:
    """What follows the comparison."""
    ladders = [_drawn(side, name) for side, name in zip(sides, pictures, strict=True)]
    method = {"assumptions": assumptions_of(sides)}
    return [
        Chapter("ladders", _("The ladders"), ladders, breaks=True),
        Chapter("ranking", _("Where it costs most"), ranking_of(sides)),
        Chapter("method", _("Method and assumptions"), method),
        Chapter("glossary", _("Glossary"), {"terms": glossary()}),
    ]


def source_of(side: Side) -> str:
    """Whose levels a journey is shown by."""
    return _("manager's estimate") if side["view"] == MANAGER else view_name(side["view"])


def weakest_of(side: Side) -> tuple[int, Any] | None:
    """Place from 1 and moment with the lowest level; the first one where several are as low."""
    judged = [(place, moment) for place, moment in enumerate(side["moments"], start=1) if moment["level"] is not None]
    return min(judged, key=lambda pair: pair[1]["level"]) if judged else None


def _compared(side: Side) -> dict[str, Any]:
    weakest = weakest_of(side)
    contacts = sum(moment["contacts_per_year"] for moment in side["moments"])
    return {
        "title": side["title"],
        "language": side["language"],
        "source": source_of(side),
        "is_estimate": side["view"] == MANAGER,
        "round": side["round"],
        "contacts": short(contacts) if contacts else NOTHING,
        "balance": with_sign(side["balance"]["value"], 0) if side["balance"] else NOTHING,
        "balance_range": interval(side["balance"], lambda number: with_sign(number, 0)),
        "tone": _tone(side["balance"]),
        "at_risk": short(side["at_risk"]["value"]) if side["at_risk"] else NOTHING,
        "risk_range": interval(side["at_risk"], short),
        "weakest": weakest[1]["title"] if weakest else "",
        "level": say(weakest[1]["level"]) if weakest else NOTHING,
    }


def _tone(balance: Any) -> str:
    value = round(balance["value"]) if balance else 0
    return "blue" if value > 0 else "red" if value < 0 else "ink"


def sentences_of(sides: Sequence[Side]) -> list[str]:
    """Where the most customers are at risk, where the weakest moment is, which moment costs most."""
    said = []
    risky = [side for side in sides if side["at_risk"] and side["at_risk"]["value"] >= 1]
    if risky:
        most = max(risky, key=lambda side: side["at_risk"]["value"])
        words = {"journey": quoted(most["title"]), "count": short(most["at_risk"]["value"]), "source": source_of(most)}
        said.append(_("Most customers are at risk in %(journey)s: about %(count)s a year (%(source)s).") % words)
    weak = [(found[1], side) for side in sides if (found := weakest_of(side))]
    if weak:
        moment, side = min(weak, key=lambda pair: pair[0]["level"])
        words = {"title": quoted(moment["title"]), "journey": quoted(side["title"]), "level": say(moment["level"]),
                 "source": source_of(side)}  # fmt: skip
        said.append(
            _("The weakest moment of all is %(title)s in %(journey)s: level %(level)s of 6 (%(source)s).") % words
        )
    if ranked := ranking_of(sides)["rows"]:
        words = {"title": quoted(ranked[0]["title"]), "journey": quoted(ranked[0]["journey"]),
                 "count": ranked[0]["damage"], "share": ranked[0]["share"]}  # fmt: skip
        said.append(
            _("%(title)s in %(journey)s costs most: about %(count)s damaged contacts a year, %(share)s of all.") % words
        )
    return said or [
        _("None of these journeys has levels yet: judge their moments, or ask staff and customers in a round.")
    ]


def ranking_of(sides: Sequence[Side]) -> dict[str, Any]:
    """All moments that do damage, the most a year first."""
    damaging = [
        (moment["damage_per_year"], place, moment, side)
        for side in sides
        for place, moment in enumerate(side["moments"], start=1)
        if moment["damage_per_year"]
    ]
    damaging.sort(key=lambda row: -row[0])
    total = sum(row[0] for row in damaging)
    rows = [_ranked(rank, row, total, damaging[0][0]) for rank, row in enumerate(damaging[:RANKED_MAX], start=1)]
    return {"rows": rows, "more": len(damaging) - len(rows), "total": short(total)}


def _ranked(rank: int, row: tuple[float, int, Any, Side], total: float, most: float) -> dict[str, Any]:
    damage, place, moment, side = row
    return {
        "rank": rank,
        "place": place,
        "title": moment["title"],
        "language": side["language"],
        "journey": side["title"],
        "is_estimate": side["view"] == MANAGER,
        "level": say(moment["level"]),
        "n": whole(moment["n"]) if moment["n"] else "",
        "contacts": short(moment["contacts_per_year"]),
        "damage": short(damage),
        "share": _share(100 * damage / total),
        "bar": f"{100 * damage / most:.1f}",
    }


def _share(number: float) -> str:
    """What does damage is never 0% of it: beside a large journey a small one counts less than a tenth of one."""
    return percent(number) if number >= LEAST_PERCENT else f"< {percent(LEAST_PERCENT)}"


def _drawn(side: Side, picture: str) -> dict[str, Any]:
    levels = [
        f"{place} {moment['title']}: {NOTHING if moment['level'] is None else say(moment['level'])}"
        for place, moment in enumerate(side["moments"], start=1)
    ]
    weakest = weakest_of(side)
    return {
        "name": picture,
        "title": side["title"],
        "language": side["language"],
        "source": source_of(side),
        "is_estimate": side["view"] == MANAGER,
        "round": side["round"],
        "described": "; ".join(levels),
        "weakest": _named(*weakest) if weakest else None,
    }


def _named(place: int, moment: Any) -> dict[str, Any]:
    return {"place": place, "title": moment["title"], "level": say(moment["level"])}
