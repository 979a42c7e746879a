"""Why a run of a schedule came to nothing, and the mail that says so to whoever answers for it."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.links import public_link
from accounts.mail import queue_mail
from accounts.models import User
from jobs.models import State
from reports.models import Made, ScheduleRun

OUR_SIDE = gettext_lazy(
    "Something went wrong on our side. Run it once more; where that fails too, give the reference to whoever runs this "
    "service."
)


def why_not(job: Made | None) -> tuple[str, str]:
    """What to change, and the reference."""
    if job is None:
        return _("The file was deleted before it could be sent. Run it once more."), ""
    if job.state == State.CANCELLED:
        return _("Somebody stopped it while it was being made. Run it once more."), job.reference
    return job.error_message, job.reference


def tell_owner(run: ScheduleRun, owner: User) -> None:
    """One mail a failed run, written with the note that it failed: what to change, and the reference."""
    schedule = run.schedule
    context = {
        "run": run,
        "schedule": schedule,
        "organisation": schedule.organisation,
        "link": public_link("schedule_edit", schedule.organisation.slug, schedule.pk),
    }
    queue_mail(
        to=owner.email,
        subject=_("Not sent: %(schedule)s") % {"schedule": schedule},
        body=render_to_string("reports/email/schedule_failed.txt", context).strip() + "\n",
    )
