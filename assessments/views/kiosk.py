"""The next person at the same device: on purpose by an open link, by itself on a shared tablet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from assessments.asking import Asking
from assessments.links import make_pass
from assessments.saving import forget_draft
from assessments.views.ways import go_to, hand_over, respondent


@respondent
@require_POST
def answer_again(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Somebody else answers on this device, which has answered already."""
    return _anew(asking) if asking.is_handed_in and asking.way.link else go_to(asking, "answer_start")


@respondent
@require_safe
def answer_anew(request: HttpRequest, asking: Asking) -> HttpResponse:
    """The shared tablet forgets whoever was at it, and begins with the next. By a plain link: no script is needed."""
    if not asking.way.is_kiosk:
        return go_to(asking, "answer_start")
    forget_draft(asking.way)
    return _anew(asking)


def _anew(asking: Asking) -> HttpResponse:
    response = go_to(asking, "answer_start")
    hand_over(response, asking.way.name, make_pass(asking.way.owner, is_kiosk=asking.way.is_kiosk))
    return response
