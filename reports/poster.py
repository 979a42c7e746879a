"""The poster's page: title and number. The whole drawing takes this module's place."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html

from journeys.figures import whole
from journeys.plan import JourneyPlan
from journeys.volumes import total_volumes


def render_poster(inputs: dict[str, Any]) -> bytes:
    """The poster as a PDF of one page in the size asked for, landscape."""
    import weasyprint

    plan = JourneyPlan.from_dict(inputs["plan"])
    moments = plan.moments
    volumes = total_volumes(
        plan.customers_per_year, [m.contacts_per_customer for m in moments], [m.seconds for m in moments]
    )
    page = format_html(
        "<html lang='{}'><style>@page {{ size: {} landscape }}</style><h1>{}</h1><p>{}</p>{}",
        inputs["language"],
        inputs["size"],
        whole(volumes.contacts_per_year, inputs["language"]),
        plan.title,
        " · ".join(moment.title for moment in moments),
    )
    return bytes(weasyprint.HTML(string=page).write_pdf())
