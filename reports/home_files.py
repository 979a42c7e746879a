"""Files on everybody's first page: those that failed, and the newest that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import Organisation
from improvements.home.needs import Need, address_of, need
from jobs.models import State
from journeys.models import ContactImport
from reports.gallery import KINDS
from reports.models import Made, Report

FAILED_FOR = timedelta(days=14)
REPORTS_SHOWN = 3


def failed_files(organisation: Organisation) -> Iterator[Need]:
    """Posters, reports and prints, and contact logs, that failed lately; a query a kind."""
    since = timezone.now() - FAILED_FOR
    titles = [title for model in KINDS.values() for title in _failed(model, organisation).filter(
        finished_at__gte=since).values_list("title", flat=True)]  # fmt: skip
    if titles:
        what = ngettext("%(n)s file could not be made", "%(n)s files could not be made", len(titles))
        yield need("files", what % {"n": len(titles)}, address_of("poster_gallery", organisation), titles)
    logs = list(_failed(ContactImport, organisation).filter(finished_at__gte=since).values_list("pk", "file_name"))
    if logs:
        what = ngettext("%(n)s contact log could not be counted", "%(n)s contact logs could not be counted", len(logs))
        where = address_of("contact_log_page", organisation, logs[0][0])
        yield need("logs", what % {"n": len(logs)}, where, [name for _id, name in logs])


def _failed(model: type[Made] | type[ContactImport], organisation: Organisation) -> QuerySet[Any]:
    return model.objects.in_organisation(organisation).filter(state=State.FAILED)


def newest_reports(organisation: Organisation) -> list[Report]:
    """Those that can be read, without their long inputs; one query."""
    ready = Report.objects.in_organisation(organisation).filter(state=State.READY).defer("inputs")
    rows = list(ready.select_related("round").order_by("-created_at", "-pk")[:REPORTS_SHOWN])
    for report in rows:
        report.organisation = organisation
    return rows
