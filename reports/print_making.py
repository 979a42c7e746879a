"""How a worker makes a form, a QR poster or a card of frozen inputs."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from jobs.child import Report
from reports.models import FORMS
from reports.paper.form import render_form
from reports.paper.sign import render_sign
from reports.report_text import check_texts


def make_print(inputs: dict[str, Any], report: Report) -> bytes:
    """The PDF, in the language of who answers. Raises Refusal, with all that is in the way, where it can't be made."""
    check_texts(inputs)
    report("page", 10)
    with translation.override(inputs["language"]):
        data = render_form(inputs) if inputs["kind"] in FORMS else render_sign(inputs)
    report("save", 95)
    return data
