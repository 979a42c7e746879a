"""What is printed of a round: what is frozen, how one is asked for, what its file is called."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User
from assessments.choices import View
from assessments.freezing import moments_of_map
from assessments.models import OpenLink, Round
from assessments.storing import moments_asked
from assessments.wording import level_words
from jobs.requests import request_job
from reports.look import with_look
from reports.maker_version import maker_version
from reports.models import FORMS, RoundPrint

FILE_TITLE_MAX = 80


def inputs_of(
    round_: Round, kind: str, paper: str, language: str, view: View, link: OpenLink | None = None
) -> dict[str, Any]:
    """All that a print is made of, as it is now. Of the link its nonce alone: a copy of the database opens nothing.

    The moments are numbered as they lie in the round from 1 on, whoever is asked, so that typed-in answers find them.
    """
    zone = ZoneInfo(round_.organisation.time_zone)
    is_staff = view == View.STAFF
    inputs = {
        "kind": kind,
        "paper": paper,
        "language": language,
        "view": view.value,
        "organisation": round_.organisation.name,
        "journey": round_.journey_title or round_.journey.title,
        "round": round_.title,
        "group": link.group.name if link and link.group else "",
        "groups": [] if link and link.group else list(round_.groups.values_list("name", flat=True)),
        "nonce": link.nonce if link else "",
        "minimum_group": round_.minimum_group,
        "is_anonymous": round_.is_anonymous,
        "closes_on": round_.closes_at.astimezone(zone).date().isoformat() if round_.closes_at else "",
        "made_on": timezone.now().astimezone(zone).date().isoformat(),
        "asks": {
            "times": is_staff and round_.asks_times,
            "seconds": is_staff and round_.asks_seconds,
            "decision": is_staff and round_.asks_decision,
            "idea": round_.asks_idea,
        },
        "levels": [
            {"level": words.level, "name": words.name, "meaning": words.meaning}
            for words in reversed(level_words(round_.organisation, language))
        ],
        "moments": _moments(round_, view, language) if kind in FORMS else [],
        "count": len(moments_asked(round_, view)) or len(moments_of_map(round_)),
    }
    return with_look(inputs, round_.organisation)


def _moments(round_: Round, view: View, language: str) -> list[dict[str, Any]]:
    return [
        {
            "number": moment.position + 1,
            "title": moment.title_in(language),
            "experience": moment.experience_in(language),
        }
        for moment in moments_asked(round_, view)
    ]


def request_print(round_: Round, requested_by: User, inputs: dict[str, Any]) -> RoundPrint:
    """The print of these inputs: at once where one is finished or under way, else queued."""
    return request_job(
        RoundPrint,
        round_.organisation,
        requested_by,
        inputs,
        maker_version(),
        round=round_,
        title=round_.title,
        kind=inputs["kind"],
        paper=inputs["paper"],
        language=inputs["language"],
    )


def retry_print(made: RoundPrint, requested_by: User) -> RoundPrint:
    """The same frozen inputs once more, as a job of its own."""
    made.round.organisation = made.organisation
    return request_print(made.round, requested_by, made.inputs)


def file_name(made: RoundPrint) -> str:
    """A name that says what it is: Autumn-2026-Gate-team-form-A4-en.pdf."""
    words = " ".join(filter(None, (made.title, made.inputs["group"])))
    stem = re.sub(r"\W+", "-", words).strip("-_")[:FILE_TITLE_MAX].rstrip("-_") or "round"
    return f"{stem}-{made.kind.replace('_', '-')}-{made.paper}-{made.language}{made.file_suffix}"
