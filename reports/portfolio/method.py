"""What the figures of a portfolio rest on, sentence by sentence. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from journeys.figures import plain
from journeys.risk import leave_rate_source
from reports.portfolio.sides import MANAGER


def assumptions_of(sides: Sequence[Mapping[str, Any]]) -> list[str]:
    """Those that hold for these journeys."""
    rates = sorted({side["leave_rate_percent"] for side in sides})
    said = [
        _("%(rate)s%% of the customers who meet a poor moment leave. Source: %(source)s.")
        % {"rate": plain(rate), "source": leave_rate_source(rate)}
        for rate in rates
    ]
    said += [
        _("Contacts count as random (Poisson) and as independent between moments."),
        _("Customers at risk of several journeys are not added up: one customer may go through more than one of them."),
        _("Journeys are compared by customers' levels where customers were asked, else by staff's own view."),
        _("Ranges hold 95 % of what the same number of other people might have said."),
    ]
    if any(side["view"] == MANAGER for side in sides):
        said.append(
            _(
                "A manager's estimate is one person's level for each moment: it has no range, and a moment on level 1 "
                "or 2 counts as wholly damaged. Ask staff and customers before deciding on it."
            )
        )
    return said
