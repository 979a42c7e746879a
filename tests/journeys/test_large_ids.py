"""Ids and versions of a product in use have more than three digits, and pages write them as programs read them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from journeys.models import Comment, Journey, Moment, Scenario, Stage, Version
from journeys.states import state_of

PLACES = ("journey_map", "journey_table", "journey_history", "journey_what_if", "comment_list", "share_list")
LARGE = "1,234,567", "1.234.567", "1\u00a0234\u00a0567", "1,234"


@pytest.fixture
def old_hand(in_scope, manager) -> Journey:
    """A journey with parts of large ids, changed a thousand times."""
    pk = {"pk": 1_234_567}
    journey = Journey.objects.create(**pk, organisation=in_scope, title="T", version=1234, comments_version=1234)
    stage = Stage.objects.create(**pk, journey=journey, title="S", position=0)
    moment = Moment.objects.create(**pk, stage=stage, title="M", position=0, level=3, version=1234)
    Comment.objects.create(**pk, journey=journey, moment=moment, moment_title="M", text="Why?", author=manager)
    Scenario.objects.create(**pk, journey=journey, name="Better", targets={"1234567": 4})
    Version.objects.create(**pk, journey=journey, name="First", state=state_of(journey), journey_version=1234)
    return journey


@pytest.mark.parametrize("place", PLACES)
def test_page_writes_ids_without_marks(place, old_hand, manager_client):
    address = reverse(place, args=["northern-air", old_hand.pk])

    page = manager_client.get(address, {"moment": old_hand.pk}).content.decode()

    assert "1234567" in page
    assert [text for text in LARGE if text in page] == []


def test_open_moment_is_known_by_a_large_id_and_version(old_hand, manager_client):
    page = manager_client.get(old_hand.get_absolute_url(), {"moment": old_hand.pk}).content.decode()

    assert '<aside id="panel" class="panel" data-moment="1234567"' in page
    assert 'data-version="1234" data-comments="1234"' in page
    assert 'id="moment-version" value="1234"' in page
