"""What forms, QR posters and table cards say, in the language in use: that of who answers, not of who prints."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.choices import View
from journeys.choices import Decision

SECONDS_A_MOMENT = 12


def question(view: str) -> str:
    """What is asked of each moment."""
    return _("How was it for you?") if view == View.CUSTOMERS else _("How do our customers find it?")


def invitation() -> str:
    """Under the question, on a poster or card."""
    return _("Tell us, moment by moment.")


def how_to(view: str) -> str:
    """The line under a form's title."""
    if view == View.CUSTOMERS:
        return _("Mark one box for each moment. Leave out what you would rather not say.")
    return _("Mark one box for each moment, as customers found it lately. Leave out what you would rather not say.")


def idea_asked(view: str) -> str:
    """Before the line for ideas."""
    return _("What could we do better?") if view == View.CUSTOMERS else _("What more could we do?")


def not_seen(view: str) -> str:
    """The box for people without an opinion of a moment."""
    return _("Not for me") if view == View.CUSTOMERS else _("I do not see this")


def decisions() -> list[tuple[str, str]]:
    """Value and word of what is to become of a moment."""
    return [(Decision.KEEP, _("Keep")), (Decision.ENHANCE, _("Enhance")), (Decision.ELIMINATE, _("Eliminate"))]


def privacy_of(minimum: int, *, is_anonymous: bool) -> str:
    """The promise that the round makes."""
    if is_anonymous:
        return _("Anonymous: write no name. What fewer than %(n)s people said is shown to nobody.") % {"n": minimum}
    return _(
        "Confidential: nobody is shown who said what. What fewer than %(n)s people said is shown to nobody."
    ) % {"n": minimum}  # fmt: skip


def how_long(moments: int) -> str:
    """About 2 minutes, 10 moments."""
    minutes = max(1, round(moments * SECONDS_A_MOMENT / 60))
    time = ngettext("About %(n)d minute", "About %(n)d minutes", minutes) % {"n": minutes}
    return f"{time} · " + ngettext("%(n)s moment", "%(n)s moments", moments) % {"n": moments}


def closing(day: date) -> str:
    """Until when one can answer."""
    return _("Open until %(day)s") % {"day": date_format(day, "DATE_FORMAT")}


def no_account() -> str:
    return _("No account, no app.")


def afterwards(organisation: str) -> str:
    """What happens with a form that was filled in."""
    return _(
        "Put the sheet into the box or give it to whoever collects them. %(organisation)s types it in without a name "
        "and then destroys it; everybody sees the results together."
    ) % {"organisation": organisation}  # fmt: skip


def afterwards_by_mail(organisation: str) -> str:
    """The same of a form that was filled in on a screen."""
    return _(
        "Save the file and send it to whoever gave it to you. %(organisation)s takes the answers over without a name "
        "and then deletes the file; everybody sees the results together."
    ) % {"organisation": organisation}  # fmt: skip


def rather_online() -> str:
    """Beside the QR code of a form."""
    return _("Rather on your phone?")


def or_type() -> str:
    """Before the short address."""
    return _("or type")
