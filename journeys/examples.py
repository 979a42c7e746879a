"""The example journeys that a new journey can start from: outlines under example_outlines/, one file each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from journeys.formats.outline import parse_outline
from journeys.plan import JourneyPlan
from journeys.volumes import total_volumes

_FOLDER = Path(__file__).parent / "example_outlines"
_REMARK = "//"


@dataclass(frozen=True, slots=True)
class Example:
    """One example as its card shows it. description: the remark in the file's first line, one sentence."""

    slug: str
    title: str
    description: str
    moments_count: int
    contacts_per_year: float
    levels: tuple[int | None, ...]


def list_examples() -> list[Example]:
    """All examples, by slug."""
    return [_example(path.stem) for path in sorted(_FOLDER.glob("*.outline"))]


@cache
def load_example(slug: str) -> JourneyPlan:
    """The example's journey. Raises KeyError where there is none of that name."""
    return parse_outline(_source(slug))[0]


@cache
def _example(slug: str) -> Example:
    plan = load_example(slug)
    volumes = total_volumes(
        plan.customers_per_year,
        [moment.contacts_per_customer for moment in plan.moments],
        [moment.seconds for moment in plan.moments],
    )
    return Example(
        slug=slug,
        title=plan.title,
        description=_source(slug).partition("\n")[0].removeprefix(_REMARK).strip(),
        moments_count=len(plan.moments),
        contacts_per_year=volumes.contacts_per_year,
        levels=tuple(moment.level for moment in plan.moments),
    )


def _source(slug: str) -> str:
    """An example's text; only names of files that are there open one."""
    paths = {path.stem: path for path in _FOLDER.glob("*.outline")}
    return paths[slug].read_text(encoding="utf-8")
