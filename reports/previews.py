"""Previews: asked for with the inputs of the paper itself, gone after a day."""

from __future__ import annotations

from typing import Any

from accounts.models import Organisation, User
from jobs import artifacts
from jobs.clock import now_plus
from jobs.models import ACTIVE
from jobs.requests import request_job
from reports.maker_version import maker_version
from reports.models import Preview

KEPT_SECONDS = 86_400
AT_ONCE = 500


def request_preview(organisation: Organisation, requested_by: User, part: str, inputs: dict[str, Any]) -> Preview:
    """The preview of a paper with these inputs: at once where there is one, else queued.

    part: of what, as in the addresses of the gallery: poster, print, report; reports.preview_making knows its maker.
    """
    frozen = {"part": part, "inputs": inputs}
    return request_job(Preview, organisation, requested_by, frozen, maker_version(), part=part)


def forget_previews() -> int:
    """For the sweeper: delete those of yesterday, with their pictures."""
    old = Preview.objects.filter(created_at__lt=now_plus(-KEPT_SECONDS)).exclude(state__in=ACTIVE)
    names = dict(old.values_list("pk", "artifact_name")[:AT_ONCE])
    Preview.objects.filter(pk__in=names).delete()
    artifacts.remove(*names.values())
    return len(names)
