"""How much of a large round a report shows, so that it stays a report: which ideas, plans, rows and groups. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

IDEAS_MAX, IDEA_LETTERS_MAX, IDEAS_LETTERS_MAX = 100, 500, 11_000
PLANS_MAX, PLAN_LETTERS_MAX, PLANS_LETTERS_MAX = 60, 400, 12_000
RANKED_MAX = 20
GROUPS_A_TABLE = 10
HEAT_ROWS_MAX, HEAT_ROWS_LEAST = 300, 12


def choose_ideas(ideas: Sequence[tuple[int, str]], places: Mapping[int, int]) -> list[int]:
    """Indexes of the ideas to show: the first of each moment, then the second, and so on, while there is room.

    ideas: position of the moment and text; places: of positions in the ranking by damage, whose moments come first.
    """
    turns: dict[int, int] = {}
    order = []
    for index, (position, _text) in enumerate(ideas):
        turns[position] = turns.get(position, -1) + 1
        order.append((turns[position], places.get(position, len(places)), position, index))
    chosen, room = [], IDEAS_LETTERS_MAX
    for *_, index in sorted(order)[:IDEAS_MAX]:
        room -= min(len(ideas[index][1]), IDEA_LETTERS_MAX)
        if room < 0:
            break
        chosen.append(index)
    return sorted(chosen)


def choose_plans(plans: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The first ones, while there is room. plans: in the order of their weight."""
    chosen, room = [], PLANS_LETTERS_MAX
    for plan in plans[:PLANS_MAX]:
        room -= min(len(plan["what_more"]), PLAN_LETTERS_MAX)
        if room < 0:
            break
        chosen.append(plan)
    return chosen


def parted_groups(groups: Sequence[Any]) -> list[Sequence[Any]]:
    """Groups as they share tables, each with as many as the next or one more."""
    tables = ceil(len(groups) / GROUPS_A_TABLE)
    size = ceil(len(groups) / tables) if tables else 1
    return [groups[start : start + size] for start in range(0, len(groups), size)]


def heat_positions(figures: Mapping[str, Any], tables: int) -> set[int]:
    """The moments that a heat map shows where it takes so many tables: all, or those that do the most damage."""
    positions = [moment["position"] for moment in figures["moments"]]
    most = max(HEAT_ROWS_LEAST, HEAT_ROWS_MAX // max(1, tables))
    by_damage = [row["position"] for row in figures["enhance"]]
    rest = [position for position in positions if position not in set(by_damage)]
    return set([*by_damage, *rest][:most]) if len(positions) > most else set(positions)
