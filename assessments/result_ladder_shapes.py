"""The moving parts of a round's ladder as SVG text, as journeys.ladder_shapes writes the map's.

Numbers alone go into it, so nothing needs to be escaped.
"""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from assessments.result_ladder import Dot, ResultLadder
from assessments.result_words import say


def write_result_shapes(ladder: ResultLadder) -> SafeString:
    """Dividers, the weakest moment's column, blind spots, both curves and all dots with their numbers of answers."""
    parts = [
        *(f'<line class="divider" x1="{it.x:g}" x2="{it.x:g}" y1="0" y2="{ladder.height}"/>'
          for it in ladder.stretches[1:]),
        *(_weakest(column.x, ladder) for column in ladder.columns if column.is_weakest),
        *(f'<line class="gap" x1="{x:g}" x2="{x:g}" y1="{top:g}" y2="{bottom:g}"/>' for x, top, bottom in ladder.gaps),
        *(f'<path class="curve of-{view}" d="{path}"/>' for view, path in ladder.paths.items()),
        *(f'<circle class="of-manager" cx="{x:g}" cy="{y:g}" r="4"/>' for x, y in ladder.manager),
        *map(_dot, ladder.dots),
    ]  # fmt: skip
    return mark_safe("".join(parts))  # noqa: S308  # numbers


def _weakest(x: float, ladder: ResultLadder) -> str:
    left, width = x - ladder.column_width / 2, ladder.column_width
    return f'<rect class="weakest" x="{left + 2:g}" y="2" width="{width - 4:g}" height="{ladder.height - 4}"/>'


def _dot(dot: Dot) -> str:
    """Staff's are round, customers' stand on a corner."""
    shape = f'<circle cx="{dot.x:g}" cy="{dot.y:.5g}" r="7"/>'
    if dot.view == "customers":
        x, y, half = dot.x, dot.y, 8
        shape = f'<path d="M{x:g},{y - half:.5g}L{x + half:g},{y:.5g}L{x:g},{y + half:.5g}L{x - half:g},{y:.5g}Z"/>'
    text = f'<text class="n" x="{dot.x:g}" y="{dot.label_y:.5g}">{say(dot.n)}</text>'
    return f'<g class="dot-of-{dot.view}">{shape}{text}</g>'
