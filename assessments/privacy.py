"""What may be shown of what people said. METHOD, "Privacy"; RELIABILITY, "People and organisations".

Everything that a page, a file or a command shows of a round is computed from the counts that `publish` lets through, so
this is the one place to get right. One question about one moment makes one table; its cells stand on a fixed tree:
view, group, sub-group. There is no figure over both views and none of a group over both views: those would cross the
tree, and two shown figures could then be subtracted into a third that nobody checked.

A cell of fewer than k answers is hidden (primary), an empty one too: "nobody" and "a few" look alike. Where the answers
of a shown cell that stand in none of its shown parts are 1 to k - 1, the smallest of these parts is hidden as well
(complementary), for they would be the difference. With a hidden cell go its parts. What is hidden of any shown cell is
then nobody or at least k answers, in sums and in counts by level alike, as both subtract in the same way. A hidden cell
tells neither its n nor which of the two rules hid it.

Answers come out in batches: a batch is counted once and kept, so an answer that is deleted later changes no shown
figure, and what differs between two releases is one batch, which went through the same rule.

What k can't hide: where all answers of a shown cell stand on one level, everybody knows what everybody said; and where
none stands on a level, that none of its parts has one there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assessments.scoring import Counts

Path = tuple[str, ...]
"""A view and what it is divided into: ("staff",), ("staff", "Oslo"), ("staff", "Oslo", "Night")."""
Table = Mapping[Path, Counts]
"""Counts of answers by where people stand; each answer once, at the deepest path that is known of it."""

SMALLEST_MINIMUM = 3
DEFAULT_MINIMUM = 5
COMMENTS_MINIMUM = 10


def check_minimum(minimum: int) -> int:
    """The minimum group k of a round. Raises ValueError below 3."""
    if minimum < SMALLEST_MINIMUM:
        raise ValueError(f"The minimum group is at least {SMALLEST_MINIMUM}.")
    return minimum


def may_release(waiting: int, minimum: int) -> bool:
    """Whether an open round has the new responses in one view that a batch needs; the rest makes one at closing."""
    return waiting >= check_minimum(minimum)


def publish(batches: Sequence[Table], minimum: int) -> dict[Path, Counts | None]:
    """Every cell of the tree with its counts, None where it is hidden.

    batches: the tables of one question, in any order, with as many counts everywhere; one table, where all came out at
    closing. A cell is the sum of the batches in which it may be shown; figures that are no counts, such as medians, are
    computed from the answers of these batches (`publish_batch`) and of no others. Raises ValueError where `minimum` is
    below 3 or tables differ in width.
    """
    shown = [publish_batch(batch, minimum) for batch in batches]
    paths = sorted({path for batch in shown for path in batch})
    return {path: _sum_shown(batch.get(path) for batch in shown) for path in paths}


def publish_batch(table: Table, minimum: int) -> dict[Path, Counts | None]:
    """Every cell of one batch, None where it is hidden."""
    check_minimum(minimum)
    sums = sum_up(table)
    visible = _visible({path: sum(counts) for path, counts in sums.items()}, minimum)
    return {path: counts if path in visible else None for path, counts in sums.items()}


def publish_comments(responses: Mapping[Path, int], minimum: int) -> frozenset[Path]:
    """Where the comments of one batch may be read: from 10 responses, or k if that is more, by the rule of figures.

    responses: how many stand at each path, with a comment or without. Batches are never added up here: a comment can be
    recognised, so what is new under a group and new under its view would show who came when.
    """
    table = {path: (count,) for path, count in responses.items()}
    shown = publish_batch(table, max(check_minimum(minimum), COMMENTS_MINIMUM))
    return frozenset(path for path, counts in shown.items() if counts is not None)


def sum_up(table: Table) -> dict[Path, Counts]:
    """Every cell of the tree, from the view down: its own answers and those of all its parts.

    Raises ValueError where an answer belongs to no view.
    """
    if () in table:
        raise ValueError("An answer belongs to a view.")
    sums: dict[Path, Counts] = {}
    for path, counts in table.items():
        for depth in range(1, len(path) + 1):
            cell = sums.get(path[:depth], (0,) * len(counts))
            sums[path[:depth]] = tuple(a + b for a, b in zip(cell, counts, strict=True))
    return dict(sorted(sums.items()))


def _visible(sizes: Mapping[Path, int], minimum: int) -> set[Path]:
    """The cells that may be shown: from the views down, the parts of visible cells alone."""
    level: set[Path] = {path for path, size in sizes.items() if len(path) == 1 and size >= minimum}
    visible = set(level)
    while level:
        level = {part for path in level for part in _visible_parts(path, sizes, minimum)}
        visible |= level
    return visible


def _visible_parts(path: Path, sizes: Mapping[Path, int], minimum: int) -> set[Path]:
    """The parts of a visible cell that may be shown, so that the rest is nobody or at least `minimum`."""
    shown = {part for part in sizes if part[:-1] == path and sizes[part] >= minimum}
    rest = sizes[path] - sum(sizes[part] for part in shown)
    if 0 < rest < minimum:
        shown.remove(min(shown, key=lambda part: (sizes[part], part)))
    return shown


def _sum_shown(cells: Iterable[Counts | None]) -> Counts | None:
    """The sum of the batches in which a cell is shown, None where it is in none."""
    shown = [counts for counts in cells if counts is not None]
    return tuple(map(sum, zip(*shown, strict=True))) if shown else None
