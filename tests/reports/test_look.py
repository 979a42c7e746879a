"""An organisation's look, from its row to the paper."""

from __future__ import annotations

import base64

from reports.look import frozen_look, logo_pictures, look_of
from reports.models import Look

LOGO = b"\x89PNG of a test"
WHOLE = {"logo": base64.b64encode(LOGO).decode(), "logo_width": 300, "logo_height": 100, "accent": "#12508f"}


def test_look_of_an_organisation_is_what_it_has_chosen(in_scope, other_organisation):
    assert look_of(in_scope) == {}

    look = Look.objects.create(organisation=in_scope, accent="#12508f")
    assert look_of(in_scope) == {"accent": "#12508f"}

    look.logo, look.logo_width, look.logo_height = LOGO, 300, 100
    look.save()
    assert look_of(in_scope) == WHOLE


def test_frozen_look_is_ink_on_white_where_inputs_say_nothing():
    seen = [(look.accent, look.logo_ratio) for look in map(frozen_look, ({}, {"look": {}}, {"look": WHOLE}))]

    assert seen == [("", 0), ("", 0), ("#12508f", 3)]
    assert (logo_pictures({}), logo_pictures({"look": WHOLE})) == ({}, {"logo.png": LOGO})


def test_logo_keeps_its_shape_inside_its_room():
    look = frozen_look({"look": WHOLE})

    assert (look.logo_box(60, 40), look.logo_box(200, 40), frozen_look({}).logo_box(9, 9)) == (
        (60, 20),
        (120, 40),
        (0, 0),
    )
