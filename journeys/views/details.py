"""Linking a moment to a more detailed journey."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Action, OrgRequest, member_required
from journeys.details import DetailLoop, link_detail
from journeys.views.lookup import gone_is_404, journey_by_text_for, moment_for
from journeys.views.map_page import answer_change


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def moment_detail(request: OrgRequest, moment_id: int) -> HttpResponse:
    """Let a moment lead to the journey that `detail` names, or to none. A way round is refused and named."""
    moment = moment_for(request, moment_id)
    asked = request.POST.get("detail", "")
    detail = journey_by_text_for(request, asked) if asked else None
    try:
        with gone_is_404():
            link_detail(moment, detail)
    except DetailLoop as loop:
        problem = _("This would lead round in a circle: %(way)s. Choose another journey.") % {"way": loop}
        return answer_change(
            request, moment.stage.journey, moment.pk, status=422, detail_problem=problem, detail_asked=asked
        )
    said = (
        _("“%s” has no more detailed journey now.") if detail is None else _("“%s” leads to a more detailed journey.")
    )
    return answer_change(request, moment.stage.journey, moment.pk, said=said % moment.title)
