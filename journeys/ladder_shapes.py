"""The ladder's moving parts as SVG text: written in one go, since 300 moments would keep a template busy.

Numbers alone go into it, so nothing needs to be escaped.
"""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from journeys.ladder import HEIGHT, Bubble, Ladder


def write_shapes(ladder: Ladder) -> SafeString:
    """Dividers, the frames of chosen columns, the curve, and a circle with its level for each moment."""
    lines = "".join(f'<line class="divider" x1="{x:g}" x2="{x:g}" y1="0" y2="{HEIGHT}"/>' for x in ladder.dividers)
    frames = "".join(map(_frame, ladder.bubbles))
    circles = "".join(map(_circle, ladder.bubbles))
    return mark_safe(f'{lines}{frames}<path class="curve" d="{ladder.path}"/>{circles}')  # noqa: S308  # numbers


def _frame(bubble: Bubble) -> str:
    return (
        f'<rect class="chosen-column" data-column="{bubble.moment_id}" x="{bubble.left:g}" y="0" '
        f'width="{bubble.width:g}" height="{HEIGHT}"/>'
    )


def _circle(bubble: Bubble) -> str:
    kind = f"level-{bubble.level}" if bubble.level else "unjudged"
    at = f'cx="{bubble.x:g}" cy="{bubble.y:.6g}" r="{bubble.radius:g}"'
    if not bubble.is_shown:
        return f'<circle class="bubble left-out {kind}" {at}/>'
    text = f'<text x="{bubble.x:g}" y="{bubble.y:.6g}" dy="0.36em">{bubble.level or "?"}</text>'
    return f'<g class="bubble {kind}" data-open="{bubble.moment_id}"><circle {at}/>{text}</g>'
