"""Mails of schedules: a link that asks for sign-in, or the PDF too where the organisation allows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from uuid import UUID, uuid5

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_scopes import scopes_disabled

from accounts.mail import Attachment, Filling, queue_mails
from accounts.models import OutgoingMail, User
from jobs.artifacts import path_of
from jobs.models import State
from reports.models import Made, ScheduledFile, ScheduleKind, ScheduleRun
from reports.schedules import language_for, recipients_now, zone_of

FILL = "reports.schedule_mails.fill_mail"
ATTACHED_BYTES_MAX = 5 * 1024 * 1024
NAMES = UUID("6f1d0c0e-6a53-4d0a-9b51-3b6f3c0c5a2e")
FILE_TITLE_MAX = 80


def write_mails(run: ScheduleRun, files: Mapping[str, ScheduledFile]) -> int:
    """A mail for each who is on the list now and may see it; how many. files: those that are ready, by language.

    A mail's id is made of the run and the person, so that a second one could not even be stored.
    """
    people = recipients_now(run.schedule)
    mails = [_mail(run, person, files.get(language_for(person, run.schedule))) for person in people]
    written = [mail for mail in mails if mail]
    queue_mails(written)
    return len(written)


def fill_mail(argument: str) -> Filling | None:
    """The file, where it goes with the mail. None: the person has left, or the schedule or file is gone since."""
    file_id, _colon, user_id = argument.partition(":")
    with scopes_disabled():
        rows = ScheduledFile.objects.select_related("run__schedule__organisation", "poster", "report")
        file = rows.filter(pk=file_id).first()
        if file is None or file.job is None or file.job.state != State.READY:
            return None
        schedule = file.run.schedule
        if int(user_id) not in {person.pk for person in recipients_now(schedule)}:
            return None
        is_attached = schedule.is_attached and schedule.organisation.attaches_reports
        with override(file.language):
            return _with_file(file.job) if is_attached else Filling({"attached": ""})


def _with_file(job: Made) -> Filling:
    path = path_of(job.artifact_name)
    if not path.is_file():
        return Filling({"attached": ""})
    if job.artifact_bytes > ATTACHED_BYTES_MAX:
        return Filling({"attached": " " + _("The PDF is too large for a mail.")})
    file = Attachment(_file_name(job), path.read_bytes(), "application/pdf")
    return Filling({"attached": " " + _("The PDF is attached.")}, [file])


def _file_name(job: Made) -> str:
    title: str = job.title
    stem = re.sub(r"\W+", "-", title).strip("-_")[:FILE_TITLE_MAX].rstrip("-_")
    return f"{stem or 'file'}{job.file_suffix}"


def _mail(run: ScheduleRun, person: User, file: ScheduledFile | None) -> OutgoingMail | None:
    """None where there is nothing in the person's language."""
    if file is None or file.job is None:
        return None
    with override(file.language):
        subject = _subject(run)
        body = render_to_string("reports/email/schedule.txt", _context(run, person, file.job)).strip() + "\n"
    return OutgoingMail(
        id=uuid5(NAMES, f"{run.pk}:{person.pk}"),
        to=person.email,
        subject=" ".join(subject.split())[:255],
        body=body,
        fill=FILL,
        fill_argument=f"{file.pk}:{person.pk}",
    )


def _subject(run: ScheduleRun) -> str:
    words = {"journey": run.schedule.journey.title, "day": _day(run)}
    if run.schedule.kind == ScheduleKind.REPORT:
        return _("Report on “%(journey)s”, %(day)s") % words
    return _("Poster of “%(journey)s”, %(day)s") % words


def _day(run: ScheduleRun) -> str:
    """The day on which it was made, which is not always the one on which it was due."""
    return date_format(run.created_at.astimezone(zone_of(run.schedule.organisation)), "DATE_FORMAT")


def _context(run: ScheduleRun, person: User, job: Made) -> dict[str, object]:
    schedule = run.schedule
    due_at = run.due_at.astimezone(zone_of(schedule.organisation))
    return {
        "person": person,
        "organisation": schedule.organisation,
        "journey": schedule.journey,
        "round": run.round,
        "is_report": schedule.kind == ScheduleKind.REPORT,
        "link": settings.PUBLIC_URL + job.get_absolute_url(),
        "made_on": _day(run),
        "due_on": date_format(due_at, "DATE_FORMAT") if run.was_missed else "",
        "left_out": run.left_out,
    }
