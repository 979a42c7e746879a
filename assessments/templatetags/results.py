"""Tags of the pages that show a round's results."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from assessments.models import Round
from assessments.result_ladder import ResultLadder
from assessments.result_ladder_shapes import write_result_shapes
from assessments.result_state import Standing, standing_of

register = template.Library()


@register.simple_tag
def result_shapes(ladder: ResultLadder) -> SafeString:
    """All that lies on the bands of a round's ladder."""
    return write_result_shapes(ladder)


@register.filter
def standing(round_: Round) -> Standing:
    """What there is to see of a round's results; one query."""
    return standing_of(round_)
