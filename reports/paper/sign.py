"""What leads people to a round from a wall or a table: a QR poster on A4 or A3, a card on A6, four cards on an A4."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.template.loader import render_to_string

from assessments.addresses import answer_address, short_address
from assessments.choices import RIGHT_TO_LEFT
from assessments.models import OpenLink
from reports.look import logo_pictures, shown_look
from reports.paper import words
from reports.paper.text import clean, qr_picture
from reports.shapes import number

SHEETS_MM = {"A3": (297, 420), "A4": (210, 297), "A6": (105, 148)}
CARDS_A_SHEET, ONE = ((1, 2), (3, 4)), ((1,),)
LONG_TITLE = 60
WAYS = ("usual", "dense")
"""How closely a sign is set: closer only where long names would push the last lines off the sheet."""
LOGO_WIDTH, LOGO_HEIGHT = 46, 10
"""The room of the logo, in hundredths of a sign's width."""


def render_sign(inputs: dict[str, Any]) -> bytes:
    """The PDF of a QR poster, a card or a sheet of cards. inputs: as `reports.prints` freezes them, with a nonce."""
    from reports.pdf import write_paper

    sign = sign_of(clean(inputs))
    attempts = [render_to_string("reports/paper/sign.html", {"sign": sign, "density": way}) for way in WAYS]
    return write_paper(attempts, {"qr.svg": qr_picture(sign["scanned"]), **logo_pictures(inputs)})


def sign_of(inputs: dict[str, Any]) -> dict[str, Any]:
    """All that the template says. unit: the hundredth part of a sign's width in mm, by which all of it grows."""
    link = OpenLink(nonce=inputs["nonce"])
    width, height = SHEETS_MM[inputs["paper"]]
    is_sheet_of_cards = inputs["kind"] == "table_card" and inputs["paper"] == "A4"
    unit = (width / 2 if is_sheet_of_cards else width) / 100
    is_card = inputs["kind"] == "table_card"
    return {
        **inputs,
        "pairs": CARDS_A_SHEET if is_sheet_of_cards else ONE,
        "is_sheet_of_cards": is_sheet_of_cards,
        "is_card": is_card,
        "is_long": len(inputs["journey"]) > LONG_TITLE,
        "width": width,
        "height": height,
        "unit": number(unit),
        **shown_look(inputs, LOGO_WIDTH * unit, LOGO_HEIGHT * unit),
        "direction": "rtl" if inputs["language"] in RIGHT_TO_LEFT else "ltr",
        "question": words.question(inputs["view"]),
        "invitation": words.invitation(),
        "how_long": words.how_long(inputs["count"]),
        "no_account": words.no_account(),
        "privacy": words.privacy_of(inputs["minimum_group"], is_anonymous=inputs["is_anonymous"]),
        "closing": words.closing(date.fromisoformat(inputs["closes_on"])) if inputs["closes_on"] else "",
        "scanned": answer_address(link),
        "address": short_address(link).rpartition("/"),
        "or_type": words.or_type(),
    }
