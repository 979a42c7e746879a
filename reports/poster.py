"""The poster's page: title and number. The whole drawing takes this module's place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.html import format_html

from journeys.figures import whole
from journeys.plan import JourneyPlan
from journeys.volumes import total_volumes
from reports.preflight import Problem, check_poster


class PosterDoesNotFit(Exception):  # noqa: N818  # named for what happened
    """problems: what to mend, all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)


def render_poster(inputs: dict[str, Any], report: Callable[[int, str], None] | None = None) -> bytes:
    """The poster as a PDF of one page in the size asked for, landscape. Raises PosterDoesNotFit."""
    import weasyprint

    if problems := check_poster(inputs):
        raise PosterDoesNotFit(problems)
    if report:
        report(40, "")

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
