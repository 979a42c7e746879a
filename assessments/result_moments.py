"""What a round says of each moment, in words and numbers ready to be shown. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.level_bars import hidden_because, write_bars
from assessments.result_words import NOTHING, Figures, about, answers, interval, percent, say, view_name, with_sign
from journeys.choices import Channel, Decision
from journeys.figures import duration, short

BY_DAMAGE = "damage"


@dataclass(frozen=True, slots=True)
class Change:
    """A clear change of one view since the last round."""

    words: str
    is_better: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One view's figures of a moment. hidden: why there are none."""

    view: str
    name: str
    hidden: str
    rows: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MomentCard:
    """One moment. bars: a table of its answers by level; decisions: name, word and count of each."""

    place: int
    title: str
    stage: str
    icon: str
    channel: str
    is_make_or_break: bool
    is_weakest: bool
    is_elimination_candidate: bool
    blind_spot: str
    bars: SafeString
    sides: tuple[Side, ...]
    damage: str
    changes: tuple[Change, ...]
    decisions: tuple[tuple[str, str, str], ...]
    volumes: str


def moment_cards(figures: Figures, names: Mapping[int, str], sort: str = "") -> list[MomentCard]:
    """In the journey's order, or those first that do the most damage a year. names: of the levels, by number."""
    moments = list(figures["moments"])
    if sort == BY_DAMAGE:
        order = {row["position"]: place for place, row in enumerate(figures["enhance"])}
        moments = sorted(moments, key=lambda moment: order.get(moment["position"], len(order)))
    return [_card(moment, figures, names) for moment in moments]


def _card(moment: Figures, figures: Figures, names: Mapping[int, str]) -> MomentCard:
    views, minimum = figures["views"], figures["round"]["minimum_group"]
    weakest = figures["weakest"]
    return MomentCard(
        place=moment["position"] + 1,
        title=moment["title"],
        stage=moment["stage"],
        icon=moment["icon"],
        channel=str(Channel(moment["channel"]).label),
        is_make_or_break=moment["is_make_or_break"],
        is_weakest=bool(weakest and weakest["position"] == moment["position"]),
        is_elimination_candidate=moment["is_elimination_candidate"],
        blind_spot=say_blind_spot(moment),
        bars=write_bars(moment, views, names, minimum),
        sides=tuple(_side(moment, view, minimum) for view in views),
        damage=_damage(moment),
        changes=tuple(change for view in views if (change := say_change(moment, view))),
        decisions=_decisions(moment),
        volumes=_volumes(moment),
    )


def _side(moment: Figures, view: str, minimum: int) -> Side:
    score = moment["views"].get(view)
    if score is None:
        return Side(view, view_name(view), hidden_because(moment, view, minimum))
    damaged = interval(score, lambda share: percent(100 * share), "damaged_low", "damaged_high")
    return Side(
        view,
        view_name(view),
        "",
        (
            (_("Mean"), say(score["mean"]), interval(score)),
            (_("Median"), say(score["median"]), ""),
            (_("Answers"), say(score["n"]), ""),
            (_("Damaged"), percent(100 * score["damaged"]), damaged),
            (_("Indifferent"), percent(100 * score["indifferent"]), ""),
            (_("Created"), percent(100 * score["created"]), ""),
        ),
    )


def say_blind_spot(moment: Figures) -> str:
    """+1.7 levels (1.2 to 2.2); empty where none is flagged."""
    spot = moment["blind_spot"]
    if not spot or not spot["is_flagged"]:
        return ""
    return _("%(levels)s levels (%(range)s)") % {"levels": with_sign(spot["levels"]), "range": interval(spot)}


def say_change(moment: Figures, view: str) -> Change | None:
    """What changed since the last round; only where the interval leaves zero out."""
    change = moment["change"].get(view)
    if not change or not change["is_clear"]:
        return None
    is_better = change["levels"] > 0
    ends = sorted(abs(change[end]) for end in ("low", "high"))
    words = {
        "view": view_name(view),
        "levels": say(abs(change["levels"])),
        "range": interval({"low": ends[0], "high": ends[1]}),
    }
    better = _("%(view)s: %(levels)s levels better (%(range)s)")
    worse = _("%(view)s: %(levels)s levels worse (%(range)s)")
    return Change((better if is_better else worse) % words, is_better)


def _damage(moment: Figures) -> str:
    damage = moment["damage"]
    if not damage:
        return ""
    count = damage["contacts_per_year"]
    words = ngettext("%(count)s contact a year (%(view)s)", "%(count)s contacts a year (%(view)s)", round(count))
    return words % {"count": about(count), "view": view_name(damage["view"])}


def _decisions(moment: Figures) -> tuple[tuple[str, str, str], ...]:
    said: Mapping[str, int] = moment["decisions"] or {}
    return tuple((choice.value, str(choice.label), say(said[choice])) for choice in Decision if said.get(choice))


def _volumes(moment: Figures) -> str:
    times, seconds = moment["volumes"]["times_per_week"], moment["volumes"]["seconds"]
    parts = []
    if times:
        parts.append(_("%(times)s times a week") % {"times": say(times["median"])} + f" ({answers(times['n'])})")
    if seconds:
        parts.append(duration(seconds["median"]) + f" ({answers(seconds['n'])})")
    return " · ".join(parts)


def figure_table(figures: Figures) -> tuple[list[str], list[tuple[int, str, list[str]]]]:
    """Everything of all moments as a table: its heads, and of each moment place, title and cells."""
    heads = [_("Contacts a year"), _("Manager")]
    for view in figures["views"]:
        heads += [
            f"{view_name(view)}: {word}"
            for word in (
                _("mean"),
                _("95 % range"),
                _("median"),
                _("answers"),
                _("damaged"),
                _("indifferent"),
                _("created"),
            )
        ]
    heads += [_("Blind spot"), _("Damage a year")]
    moments = figures["moments"]
    return heads, [(it["position"] + 1, it["title"], _table_row(it, figures["views"])) for it in moments]


def _table_row(moment: Figures, views: Sequence[str]) -> list[str]:
    damage = moment["damage"]
    cells = [
        short(moment["contacts_per_year"]),
        say(moment["manager_level"] or 0) if moment["manager_level"] else NOTHING,
    ]
    for view in views:
        cells += _score_cells(moment["views"].get(view))
    return [*cells, say_blind_spot(moment) or NOTHING, short(damage["contacts_per_year"]) if damage else NOTHING]


def _score_cells(score: Any) -> list[str]:
    if score is None:
        return [NOTHING] * 7
    shares = (percent(100 * score[name]) for name in ("damaged", "indifferent", "created"))
    return [say(score["mean"]), interval(score) or NOTHING, say(score["median"]), say(score["n"]), *shares]
