"""Two journeys side by side: which moments are the same, and what differs. Plain values in and out.

Moments are paired by title, then by similar titles nearby, then where a single one of each stands between the same
neighbours. What nobody pairs was added or taken out; what changed its stage or its order was moved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from itertools import pairwise

from journeys.plan import JourneyPlan, MomentPlan

SIMILAR = 0.6
_NEARBY = 8  # places among those without a pair within which titles are compared
_FIELDS = tuple(field.name for field in fields(MomentPlan))
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One moment in both journeys; left or right is None where it is missing there. places: from 1 through the journey.

    differences: names of the fields that differ. is_moved: it stands in another stage or order.
    """

    left: MomentPlan | None
    right: MomentPlan | None
    left_place: int | None = None
    right_place: int | None = None
    left_stage: str = ""
    differences: tuple[str, ...] = ()
    is_moved: bool = False

    @property
    def is_added(self) -> bool:
        return self.left is None

    @property
    def is_removed(self) -> bool:
        return self.right is None

    @property
    def is_same(self) -> bool:
        return not (self.is_added or self.is_removed or self.is_moved or self.differences)


@dataclass(frozen=True, slots=True)
class StagePair:
    """One stage in both journeys; a title is None where the stage is missing there."""

    left: str | None
    right: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both journeys as one sequence, in the right one's order."""

    stages: tuple[StagePair, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for stage in self.stages for row in stage.rows)

    @property
    def added(self) -> int:
        return sum(row.is_added for row in self.rows)

    @property
    def removed(self) -> int:
        return sum(row.is_removed for row in self.rows)

    @property
    def moved(self) -> int:
        return sum(row.is_moved for row in self.rows)

    @property
    def changed(self) -> int:
        return sum(bool(row.differences) for row in self.rows)


def compare_journeys(left: JourneyPlan, right: JourneyPlan) -> Comparison:
    """What became of the left journey in the right one."""
    return _Comparing(left, right).comparison()


class _Comparing:
    """The pairs found so far, by the place (stage, moment) of a moment in its journey."""

    def __init__(self, left: JourneyPlan, right: JourneyPlan) -> None:
        self.left, self.right = left, right
        self.lefts = dict(_placed(left))
        self.rights = dict(_placed(right))
        self.pairs: dict[Place, Place] = {}
        self._pair_titles()
        self.stages = self._stage_pairs()
        self._pair_similar()
        self._pair_lonely()
        self.back = {right: left for left, right in self.pairs.items()}
        self.moved = self._moved()

    def _pair_titles(self) -> None:
        """Equal titles, those in stages of equal titles first."""
        for with_stage in (True, False):
            waiting: dict[tuple[str, ...], list[Place]] = defaultdict(list)
            for place in self._free_rights():
                waiting[_key(self.right, place, with_stage)].append(place)
            for place in self._free_lefts():
                if found := waiting[_key(self.left, place, with_stage)]:
                    self.pairs[place] = found.pop(0)

    def _stage_pairs(self) -> dict[int, int]:
        """Stages of equal titles; then those that share most moments; then those of similar titles."""
        pairs: dict[int, int] = {}
        for left, right in (*self._stages_by_title(), *self._stages_by_moments(), *self._stages_by_likeness()):
            if left not in pairs and right not in pairs.values():
                pairs[left] = right
        return pairs

    def _stages_by_title(self) -> Iterator[tuple[int, int]]:
        for left, stage in enumerate(self.left.stages):
            for right, other in enumerate(self.right.stages):
                if stage.title.casefold() == other.title.casefold():
                    yield left, right

    def _stages_by_moments(self) -> list[tuple[int, int]]:
        shared: dict[tuple[int, int], int] = defaultdict(int)
        for (left, _), (right, _) in self.pairs.items():
            shared[left, right] += 1
        return sorted(shared, key=lambda pair: -shared[pair])

    def _stages_by_likeness(self) -> Iterator[tuple[int, int]]:
        for left, stage in enumerate(self.left.stages):
            for right, other in enumerate(self.right.stages):
                if likeness(stage.title, other.title) >= SIMILAR:
                    yield left, right

    def _pair_similar(self) -> None:
        """The most similar first, in stages that belong together."""
        found = []
        for left, right in self.stages.items():
            lefts = [place for place in self._free_lefts() if place[0] == left]
            rights = [place for place in self._free_rights() if place[0] == right]
            for number, place in enumerate(lefts):
                near = rights[max(0, number - _NEARBY) : number + _NEARBY + 1]
                found += [(likeness(self.lefts[place].title, self.rights[other].title), place, other) for other in near]
        for score, place, other in sorted(found, key=lambda entry: -entry[0]):
            if score >= SIMILAR and place not in self.pairs and other not in self.pairs.values():
                self.pairs[place] = other

    def _pair_lonely(self) -> None:
        """A single one on either side between the same two neighbours."""
        for left, right in self.stages.items():
            ends = [(left, -1), *(place for place in self.lefts if place[0] == left and self._stays(place, right))]
            ends.append((left, len(self.left.stages[left].moments)))
            others = {(left, -1): -1, ends[-1]: len(self.right.stages[right].moments)}
            for start, end in pairwise(ends):
                first = others.get(start, self.pairs.get(start, (0, 0))[1])
                last = others.get(end, self.pairs.get(end, (0, 0))[1])
                if end[1] - start[1] == 2 and last - first == 2:
                    self._pair_free((left, start[1] + 1), (right, first + 1))

    def _stays(self, place: Place, right: int) -> bool:
        return place in self.pairs and self.pairs[place][0] == right

    def _pair_free(self, left: Place, right: Place) -> None:
        if left not in self.pairs and right not in self.pairs.values():
            self.pairs[left] = right

    def _moved(self) -> set[Place]:
        """Left places of pairs that changed their stage, or that the fewest would have to leave to keep the order."""
        staying = [place for place in self.lefts if place in self.pairs and self._keeps_stage(place)]
        kept = longest_rise([self.pairs[place] for place in staying])
        in_order = {place for number, place in enumerate(staying) if number in kept}
        return {place for place in self.pairs if place not in in_order}

    def _keeps_stage(self, place: Place) -> bool:
        return self.stages.get(place[0]) == self.pairs[place][0]

    def _free_lefts(self) -> list[Place]:
        return [place for place in self.lefts if place not in self.pairs]

    def _free_rights(self) -> list[Place]:
        taken = set(self.pairs.values())
        return [place for place in self.rights if place not in taken]

    def comparison(self) -> Comparison:
        """The right one's stages in order, those that only the left one has behind the stage that they followed."""
        lefts = {right: left for left, right in self.stages.items()}
        order: list[tuple[int | None, int | None]] = [(lefts.get(i), i) for i in range(len(self.right.stages))]
        for left in range(len(self.left.stages)):
            if left not in self.stages:
                before = next((at for at, pair in enumerate(order) if left and pair[0] == left - 1), -1)
                order.insert(before + 1, (left, None))
        return Comparison(tuple(self._stage(left, right) for left, right in order))

    def _stage(self, left: int | None, right: int | None) -> StagePair:
        rows: list[tuple[Place | None, Place | None]] = [
            (self.back.get(place), place) for place in self.rights if place[0] == right
        ]
        for place in (place for place in self.lefts if place[0] == left and place not in self.pairs):
            before = next((at for at, row in enumerate(rows) if row[0] == (place[0], place[1] - 1)), -1)
            rows.insert(before + 1, (place, None))
        return StagePair(
            None if left is None else self.left.stages[left].title,
            None if right is None else self.right.stages[right].title,
            tuple(self._row(*row) for row in rows),
        )

    def _row(self, left: Place | None, right: Place | None) -> Row:
        old, new = (self.lefts[left] if left else None), (self.rights[right] if right else None)
        differing = [name for name in _FIELDS if old and new and getattr(old, name) != getattr(new, name)]
        return Row(
            left=old,
            right=new,
            left_place=_count(self.left, left) if left else None,
            right_place=_count(self.right, right) if right else None,
            left_stage=self.left.stages[left[0]].title if left else "",
            differences=tuple(differing),
            is_moved=left in self.moved if left else False,
        )


def likeness(left: str, right: str) -> float:
    """How alike two titles are, 0 to 1; 0 where a quick look tells that they are not SIMILAR."""
    matcher = SequenceMatcher(None, left.casefold(), right.casefold(), autojunk=False)
    if matcher.real_quick_ratio() < SIMILAR or matcher.quick_ratio() < SIMILAR:
        return 0.0
    return matcher.ratio()


def longest_rise(values: Sequence[Place]) -> set[int]:
    """The numbers (from 0) of the longest part of a sequence that rises, with gaps."""
    tails: list[Place] = []
    ends: list[int] = []
    before: list[int] = []
    for number, value in enumerate(values):
        at = bisect_left(tails, value)
        before.append(ends[at - 1] if at else -1)
        tails[at:] = [value] if at == len(tails) else [value, *tails[at + 1 :]]
        ends[at:] = [number] if at == len(ends) else [number, *ends[at + 1 :]]
    kept, number = set(), ends[-1] if ends else -1
    while number >= 0:
        kept.add(number)
        number = before[number]
    return kept


def _placed(plan: JourneyPlan) -> Iterator[tuple[Place, MomentPlan]]:
    for stage_number, stage in enumerate(plan.stages):
        for number, moment in enumerate(stage.moments):
            yield (stage_number, number), moment


def _key(plan: JourneyPlan, place: Place, with_stage: bool) -> tuple[str, ...]:
    stage = plan.stages[place[0]]
    title = " ".join(stage.moments[place[1]].title.split()).casefold()
    return (title, stage.title.casefold()) if with_stage else (title,)


def _count(plan: JourneyPlan, place: Place) -> int:
    """The place from 1 through the whole journey."""
    return sum(len(stage.moments) for stage in plan.stages[: place[0]]) + place[1] + 1
