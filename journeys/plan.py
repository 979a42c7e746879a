"""A journey as plain values: what importers make, what templates are, what a poster freezes.

Nothing here knows the database. `to_dict` and `from_dict` are each other's inverse and fit a JSON column.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class MomentPlan:
    """One moment. contacts_per_customer: a year; seconds: of one contact; level: 1 to 6 or None for not judged."""

    title: str
    experience: str = ""
    expectation: str = ""
    channel: str = "other"
    contacts_per_customer: float = 1.0
    seconds: float = 60.0
    serves_in_front: str = ""
    stands_behind: str = ""
    systems: str = ""
    is_make_or_break: bool = False
    decision: str = ""
    what_more: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class StagePlan:
    """A named stretch of a journey and its moments, in order."""

    title: str
    moments: tuple[MomentPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class JourneyPlan:
    """A whole journey. customers_per_year: how many customers go through it; language: as in <html lang>."""

    title: str
    customers_per_year: int = 0
    customer: str = ""
    language: str = "en"
    stages: tuple[StagePlan, ...] = ()

    @property
    def moments(self) -> tuple[MomentPlan, ...]:
        """All moments in order, across stages."""
        return tuple(moment for stage in self.stages for moment in stage.moments)

    def to_dict(self) -> dict[str, Any]:
        """Lists, dicts and scalars only."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> JourneyPlan:
        """The plan that `to_dict` gave. Raises TypeError or KeyError where the dict is not one."""
        stages = tuple(
            StagePlan(title=stage["title"], moments=tuple(MomentPlan(**_known(moment)) for moment in stage["moments"]))
            for stage in values["stages"]
        )
        return cls(**{**values, "stages": stages})


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {field.name: values[field.name] for field in fields(MomentPlan) if field.name in values}
