"""A round's form on paper, and the same as a PDF to fill in: frozen inputs in, one PDF out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from assessments.addresses import answer_address, short_address
from assessments.choices import RIGHT_TO_LEFT
from assessments.models import OpenLink
from reports.look import logo_pictures, shown_look
from reports.paper import words
from reports.paper.text import clean, qr_picture

WAYS = (
    (6, (("roomy", 170), ("usual", 100))),
    (12, (("usual", 100), ("close", 60), ("close", 0))),
    (None, (("usual", 100),)),
)
"""Up to how many moments: how closely a form is set, and how many letters of an experience it shows."""
LOGO_MM = (34, 11)
"""The room of the logo beside the title: width and height."""
COLUMNS = 7  # six levels and "I do not see this"


def render_form(inputs: dict[str, Any]) -> bytes:
    """The PDF of a form, in the language in use. inputs: as `reports.prints` freezes them."""
    from reports.pdf import write_paper

    form = form_of(clean(inputs))
    code = {"qr.svg": qr_picture(form["scanned"])} if form["scanned"] else {}
    ways = next(ways for most, ways in WAYS if most is None or len(form["moments"]) <= most)
    attempts = [_html(form, density, letters) for density, letters in ways]
    return write_paper(attempts, {**code, **logo_pictures(inputs)}, has_fields=form["has_fields"])


def _html(form: dict[str, Any], density: str, letters: int) -> str:
    moments = [{**moment, "short": shortened(moment["experience"], letters)} for moment in form["moments"]]
    context = {"form": {**form, "moments": moments}, "density": density}
    return render_to_string("reports/paper/form.html", context)


def shortened(text: str, letters: int) -> str:
    """Whole words up to so many letters, with an ellipsis where there is more; nothing for none."""
    line = " ".join(text.split())
    if len(line) <= letters:
        return line
    whole = line[:letters].rpartition(" ")[0]
    return f"{whole or line[:letters]}…" if letters else ""


def form_of(inputs: dict[str, Any]) -> dict[str, Any]:
    """All that the template says."""
    view, asks, nonce = inputs["view"], inputs["asks"], inputs["nonce"]
    has_fields = inputs["kind"] == "form_fillable"
    width = sum(span for name, span in (("times", 2), ("seconds", 2), ("decision", 3)) if asks[name])
    ending = words.afterwards_by_mail if has_fields else words.afterwards
    return {
        **inputs,
        "has_fields": has_fields,
        "sheet": "letter" if inputs["paper"] == "Letter" else inputs["paper"],
        "direction": "rtl" if inputs["language"] in RIGHT_TO_LEFT else "ltr",
        "title": f"{inputs['journey']} · {inputs['round']}",
        "question": words.question(view),
        "how_to": words.how_to(view),
        "privacy": words.privacy_of(inputs["minimum_group"], is_anonymous=inputs["is_anonymous"]),
        "closing": words.closing(date.fromisoformat(inputs["closes_on"])) if inputs["closes_on"] else "",
        "scanned": answer_address(OpenLink(nonce=nonce)) if nonce else "",
        "address": short_address(OpenLink(nonce=nonce)) if nonce else "",
        "rather_online": words.rather_online(),
        "not_seen": words.not_seen(view),
        "times": _("Times a week"),
        "seconds": _("Seconds each"),
        "idea": words.idea_asked(view),
        "decisions": words.decisions(),
        "has_facts": width > 0,
        **shown_look(inputs, *LOGO_MM),
        "spare": COLUMNS - width,
        "rows": 1 + (width > 0),
        "afterwards": ending(inputs["organisation"]),
    }
