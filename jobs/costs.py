"""How long a job takes, judged by past runs of its kind that had about as much to draw."""

from __future__ import annotations

from statistics import median
from typing import Any

from django_scopes import scopes_disabled

from jobs.models import Job, State

RUNS_LOOKED_AT = 200
RUNS_COUNTED = 20
ALIKE = 2  # from half as many cells to twice as many

Run = tuple[int, float]


def count_cells(inputs: Any) -> int:
    """How many single values the frozen inputs hold: what there is to draw grows with them."""
    if isinstance(inputs, dict):
        return sum(map(count_cells, inputs.values()))
    return sum(map(count_cells, inputs)) if isinstance(inputs, list) else 1


def usual_seconds(model: type[Job], cell_count: int) -> float | None:
    """Median of the newest runs of about that size; None where no run of this kind has ended yet."""
    return judge(_past_runs(model), cell_count)


def expected_seconds(model: type[Job], cell_count: int) -> float:
    """The same, but before the first run what its kind says of itself."""
    usual = usual_seconds(model, cell_count)
    return model.first_guess_seconds if usual is None else usual


def judge(runs: list[Run], cell_count: int) -> float | None:
    """Seconds, from runs of (cells, seconds), the newest first. Where none is alike, all count, in proportion."""
    alike = [seconds for cells, seconds in runs if cells <= cell_count * ALIKE and cell_count <= cells * ALIKE]
    scaled = [seconds * cell_count / cells if cells else seconds for cells, seconds in runs]
    counted = (alike or scaled)[:RUNS_COUNTED]
    return median(counted) if counted else None


def _past_runs(model: type[Job]) -> list[Run]:
    with scopes_disabled():
        ready = model.objects.filter(state=State.READY, started_at__isnull=False).order_by("-pk")
        rows = ready.values_list("cell_count", "started_at", "finished_at")[:RUNS_LOOKED_AT]
        return [(cells, (finished - started).total_seconds()) for cells, started, finished in rows]
