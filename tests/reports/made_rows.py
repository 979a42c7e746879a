"""One file of each kind, for tests of what they have in common."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django_scopes import scope

from accounts.models import Organisation
from assessments.models import Round
from assessments.rounds import make_round
from journeys.models import Journey
from reports.models import Made, Poster, PrintKind, Report, RoundPrint
from tests.poster_rows import INPUTS


def has_page(model: type[Made]) -> bool:
    try:
        reverse(
            {"poster": "poster_page", "print": "round_print_page", "report": "report_page"}[model.part], args=["x", 1]
        )
    except NoReverseMatch:
        return False
    return True


PAGED = [model for model in (Poster, Report, RoundPrint) if has_page(model)]


def round_of(journey: Journey, title: str = "Autumn") -> Round:
    with scope(organisation=journey.organisation):
        return make_round(journey, None, title=title)


def made_row(model: type[Made], organisation: Organisation, journey: Journey, **fields: Any) -> Any:
    """A file that is ready, with its picture; or in another state."""
    own: dict[str, Any] = {
        Poster: {"journey": journey, "journey_version": journey.version, "size": "A4"},
        Report: {"journey": journey, "language": "en"},
        RoundPrint: {"kind": PrintKind.FORM, "paper": "A4", "language": "en"},
    }[model]
    name, now = secrets.token_hex(8), timezone.now()
    common = {"inputs": INPUTS, "inputs_hash": name, "title": "A trip with us", "state": "ready"}
    if fields.get("state", "ready") == "ready":
        common |= {"artifact_name": f"{model.file_folder}/{name}.pdf", "started_at": now, "finished_at": now}
        common |= {"thumbnail_name": f"{model.file_folder}/{name}.png"}
    if fields.get("state") == "running":
        common |= {"lease_token": uuid.uuid4(), "lease_until": now}
    if model is RoundPrint and "round" not in fields:
        own["round"] = round_of(journey)
    with scope(organisation=organisation):
        made = model.objects.create(organisation=organisation, **{**own, **common, **fields})
        made.refresh_from_db()
    for file in made.file_names:
        path = settings.ARTIFACT_DIR / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.encode())
    return made


def reread_made(made: Made) -> Any:
    """The row as it is now, or None."""
    return type(made).objects.with_scopes_disabled().filter(pk=made.pk).first()
