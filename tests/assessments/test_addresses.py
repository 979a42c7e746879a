"""Addresses on paper and in mails are those that the product answers."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

from assessments.addresses import answer_address, kiosk_address, short_address
from assessments.tokens import code_of, token_of
from tests.assessments.rounds import link_for, make_open_round

pytestmark = pytest.mark.django_db


def test_written_addresses_are_those_of_the_pages(in_scope):
    link = link_for(make_open_round(in_scope))
    token, code = token_of(link.nonce), code_of(link.nonce)

    written = [answer_address(link), kiosk_address(link), f"http://{short_address(link)}/"]

    paths = [
        reverse("answer_open", args=[token]),
        reverse("answer_kiosk", args=[token]),
        reverse("answer_code", args=[code]),
    ]
    assert written == [settings.PUBLIC_URL + path for path in paths]
